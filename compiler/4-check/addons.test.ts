/** What the pages' examples leave out: targets of other packages, and the other ways in which a name can be taken. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { base } from "../../test/errors/base.ts";
import { diagnose } from "../../test/errors/example.ts";
import { validate } from "../2-validate/index.ts";
import { resolve } from "../5-emit/contribute.ts";
import type { ContributedAddon, Target } from "../5-emit/target.ts";
import { targets } from "../targets/registry.ts";
import imagePlace from "./addons/image-place.ts";
import type { CheckContext } from "./check.ts";

const test = suite("rules about add-ons");

const found = (config: string) =>
  diagnose({ config, images: "", tuning: "", lock: "" }).map(({ id, at }) => `${id} at ${at}`);
const STRIMZI = `chart: { repository: "https://strimzi.io/charts", name: "strimzi-kafka-operator" }, version: "0.46.0", images: []`;
const NONE = "network: {}";

const CASES: [what: string, config: string, findings: string[]][] = [
  [
    "two of one namespace",
    `a: { ${STRIMZI}, ${NONE}, namespace: "x" }, b: { ${STRIMZI}, ${NONE}, namespace: "x" }`,
    ["addons/namespace at addons.b"],
  ],
  ["a target's namespace", `a: { ${STRIMZI}, ${NONE}, namespace: "monitoring" }`, ["addons/namespace at addons.a"]],
  ["a team's namespace by its own name", `shop: { ${STRIMZI}, ${NONE} }`, ["addons/namespace at addons.shop"]],
  ["an Application of the platform's own", `root: { ${STRIMZI}, ${NONE} }`, ["addons/name-taken at addons.root"]],
  ["that of the Terraform objects", `terraform: { ${STRIMZI}, ${NONE} }`, ["addons/name-taken at addons.terraform"]],
  [
    "a name that Kubernetes refuses",
    `Strimzi: { ${STRIMZI}, ${NONE}, namespace: "a" }`,
    ["names/invalid at addons.Strimzi"],
  ],
  [
    "a name that Helm refuses",
    `${"a".repeat(54)}: { ${STRIMZI}, ${NONE}, namespace: "a" }`,
    [`names/too-long at addons.${"a".repeat(54)}`],
  ],
  [
    "pods that cannot be called so",
    `a: { ${STRIMZI}, network: { Pods: { pods: {} } } }`,
    ["names/invalid at addons.a.network.Pods"],
  ],
  [
    "ends of connections that are there",
    `a: { ${STRIMZI}, network: { p: { pods: {}, accepts: [{ from: { namespace: "shop" } }, { from: "prometheus" }], reaches: [{ to: { namespace: "kube-system" } }, { to: "anywhere" }] } } }`,
    [],
  ],
  [
    "the far end on another cluster",
    `a: { ${STRIMZI}, clusters: ["test"], network: { p: { pods: {}, reaches: [{ to: { namespace: "flux-system" } }] } } }`,
    ["addons/peer-namespace at addons.a.network.p.reaches[0].to.namespace"],
  ],
];
for (const [what, addons, findings] of CASES) test(what, () => assert.equal(found(`addons: { ${addons} },`), findings));

/** What the rule says of a target that brings an add-on, as one of ours or of another package. */
function judged(addon: Partial<ContributedAddon>, extension = true): string[] {
  const target: Target<never> = {
    name: "acme",
    summary: "",
    contribute: ({ clusters }) => ({
      addons: clusters.map((cluster) => ({ name: "dns", cluster, namespace: "dns", stage: "controllers", ...addon })),
    }),
  };
  const config = extension ? { ...base, extensions: { acme: { from: "acme" } } } : base;
  const { topology } = resolve(validate({ config, images: {}, tuning: undefined }), [...targets, target]);
  return [...imagePlace.run(topology, {} as CheckContext)].map(({ at, message }) => `${at}: ${message}`);
}
const requests = { cpu: "1m", memory: "1Mi" };

test("a target of another package is held to the allowed registries, and found once", () => {
  const images = ["quay.io/acme/dns", "ghcr.io/acme/dns"];
  assert.equal(judged({ images }), [
    "extensions.acme: the add-on dns runs images from quay.io/acme/dns, which is not an allowed registry",
  ]);
  assert.equal(judged({ images }, false), [], "the catalogue's is not");
});

test("what it puts into other pods is among its images", () => {
  const images = ["ghcr.io/acme/dns"];
  assert.equal(judged({ images, injects: { images: ["ghcr.io/acme/dns/agent"], requests } }), []);
  assert.match(
    judged({ images, injects: { images: ["ghcr.io/acme/agent"], requests } })[0]!,
    /puts ghcr\.io\/acme\/agent into other pods/,
  );
});

test.run();

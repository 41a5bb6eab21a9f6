import { suite } from "uvu";
import * as assert from "uvu/assert";
import { library } from "../../test/support/emit.ts";
import { loadInputs } from "../1-load/index.ts";
import { formatPath, parsePath, valueAt } from "../diagnostics/config-path.ts";
import { MODULE_ALIAS, PACKAGE_ROOT } from "../package-root.ts";
import { targets } from "../targets/registry.ts";
import { Ablation, differences, textOf } from "./ablation.ts";
import { causesOf } from "./causes.ts";
import { fieldOf } from "../2-validate/field-tree.ts";
import { ineffective } from "./fields.ts";
import { JUDGED, UNMEASURED, WITHOUT_EFFECT } from "./generated/effects.ts";

/** Each leaf of the reference ecosystem changes something that a consumer reads, or it is said what it is good for. */
const test = suite("every leaf");
const inputs = await loadInputs({ root: PACKAGE_ROOT, moduleAlias: MODULE_ALIAS });
const ablation = new Ablation(inputs, targets, library);
const changes = new Map(
  ablation.leaves.map((leaf) => [formatPath(leaf.path), { leaf, change: ablation.changeOf(leaf) }] as const),
);
const changedBy = new Map(
  [...changes].flatMap(([path, { change }]) => {
    const files = change === undefined ? undefined : ablation.changedFiles([change]);
    return files === undefined ? [] : [[path, files] as const];
  }),
);

/** Leaves that nothing else can stand at while the rest of the config is as it is. */
const FIXED: [fields: RegExp, reason: string][] = [
  [/(^|\.)kind$/, "another kind has other fields beside it"],
  [/^(clusters|runners)\.\*\.cloud$/, "another cloud has other machines, regions and accounts"],
  [/^clusters\.\*\.region$/, "it is the only region of its cloud"],
  [/^environments\.\*$/, "clusters are in the environment"],
  [/^environments\.\*\.after$/, "there is no other environment to come after, and one has to"],
  [/^services\.\*\.placement$/, "`all` is a word of its own beside lists"],
];

test("a tenth of them at most has no other valid value, each for a reason", () => {
  const fixed = [...changes].filter(([, { change }]) => change === undefined).map(([path]) => path);
  assert.ok(fixed.length <= ablation.leaves.length / 10, `${fixed.length} of ${ablation.leaves.length}`);
  const unexplained = fixed.filter((path) => !FIXED.some(([fields]) => fields.test(fieldOf(path))));
  assert.equal(unexplained, []);
  const idle = FIXED.filter(([fields]) => !fixed.some((path) => fields.test(fieldOf(path)))).map(
    ([, reason]) => reason,
  );
  assert.equal(idle, [], "reasons that nothing needs");
});

test("each of the others changes a file, or is judged, or is named in the summary", () => {
  const named = ineffective(inputs.config, WITHOUT_EFFECT, UNMEASURED);
  const isNamed = (field: string) =>
    named.some((name) => field === name || field.replace(/\[\*\]/g, "").startsWith(name));
  const silent = [...changedBy].filter(([path, files]) => {
    const field = fieldOf(path);
    return files.length === 0 && !JUDGED.has(field) && !isNamed(field);
  });
  // What one of them does in another config is no consolation here: each has its reason.
  const IDLE_HERE: Record<string, string> = {
    "secrets.assistant-api-key.path": "of secrets only what runners register with is read by its path yet",
    "services.claude-service.egress[0].host": "network rules know addresses: one name opens what another does",
    "services.context-store.scaling.max": "a stateful service has as many pods as `min` says",
  };
  assert.equal(
    silent.map(([path]) => path).filter((path) => IDLE_HERE[path] === undefined),
    [],
  );
});

/** A file of each target, and one of each kind of place. */
const FILES = [
  "generated/README.md",
  "generated/policies/data.json",
  "generated/terraform/gcp/foundation/main.tf",
  "generated/terraform/aws/cluster-paris/main.tf",
  "generated/clusters/cluster-paris/argocd/projects.yaml",
  "generated/clusters/cluster-paris/argocd/applications/storefront.yaml",
  "generated/clusters/cluster-paris/platform/namespaces/manifests/namespaces.yaml",
  "generated/clusters/cluster-paris/platform/gatekeeper-policies/manifests/constraints.yaml",
  "generated/clusters/cluster-paris/platform/prometheus/values.yaml",
  "generated/clusters/cluster-paris/platform/slo-gate/values.yaml",
  "generated/clusters/cluster-paris/services/checkout/manifests/chaos.yaml",
  "generated/clusters/cluster-paris/services/storefront/manifests/analysis.yaml",
  "generated/clusters/cluster-paris/services/storefront/values.yaml",
  "generated/clusters/cluster-ultimate/terraform/aws-cluster-paris.yaml",
];
for (const path of FILES) {
  test(`${path}: every leaf that changes it is among its causes, in 50 compilations`, () => {
    const look = ({ artifacts }: Pick<typeof ablation.emission, "artifacts">) => {
      const found = artifacts.find((artifact) => artifact.path === path);
      return found === undefined ? "" : textOf(found.body);
    };
    assert.ok(look(ablation.emission) !== "", "it is there");
    const before = ablation.runs;
    const { sure, within } = causesOf(ablation, look, { most: 50, near: [] });
    assert.ok(ablation.runs - before <= 50, String(ablation.runs - before));
    const covered = (leaf: string) =>
      sure.includes(leaf) ||
      within.some((part) => leaf === part || leaf.startsWith(`${part}.`) || leaf.startsWith(`${part}[`));
    const real = [...changedBy].filter(([, files]) => files.includes(path)).map(([leaf]) => leaf);
    assert.ok(real.length > 0);
    assert.equal(
      real.filter((leaf) => !covered(leaf)),
      [],
      "missed",
    );
    assert.equal(
      sure.filter((leaf) => changedBy.has(leaf) && !changedBy.get(leaf)!.includes(path)),
      [],
      "named as sure, and it changes nothing",
    );
  });
}

/** Edits by hand, with values of a person's choice. */
const EDITS: [path: string, value: unknown][] = [
  ["name", "final"],
  ["repository.url", "https://github.com/acme/other.git"],
  ["teams.shop.contact", "#shop"],
  ["services.storefront.team", "platform"],
  ["services.storefront.image", "ghcr.io/acme/front"],
  ["services.checkout.scaling.max", 9],
  ["services.checkout.ports.http.port", 81],
  ["slos.available.objective", "99.5%"],
  ["clusters.cluster-paris.nodePools.general.max", 9],
  ["security.allowedRegistries[0]", "ghcr.io/acme/shop"],
  ["resilience.experiments.kill-pods.duration", "7m"],
];
for (const [path, value] of EDITS) {
  test(`${path}: what explain names is what an edit changes`, () => {
    const segments = parsePath(path);
    assert.ok(valueAt(inputs.config, segments) !== undefined, "it is in the config");
    const edited = ablation.compile([{ path: segments, value }]);
    assert.equal(changedBy.get(path), differences(ablation.emission, edited!));
  });
}

test.run();

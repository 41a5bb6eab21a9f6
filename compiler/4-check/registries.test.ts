/** What the pages' examples leave out: other ways in which mirrors go wrong, and what the rules must put up with. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { base } from "../../test/errors/base.ts";
import { diagnose } from "../../test/errors/example.ts";
import { validate } from "../2-validate/index.ts";
import { resolve } from "../5-emit/contribute.ts";
import { registryAndRepository } from "../5-emit/chart-images.ts";
import type { ContributedAddon, Target } from "../5-emit/target.ts";
import { targets } from "../targets/registry.ts";
import type { CheckContext } from "./check.ts";
import unmirroredAddon from "./registries/unmirrored-addon.ts";

const test = suite("rules about mirrors");

const found = (config: string) =>
  diagnose({ config, images: "", tuning: "", lock: "" }).map(({ id, at }) => `${id} at ${at}`);

const STRIMZI = (images: string) =>
  `addons: { strimzi: { chart: { repository: "https://strimzi.io/charts", name: "strimzi-kafka-operator" }, version: "0.46.0", network: {}, images: ${images} } },`;
const ALLOWED = `security: { allowedRegistries: ["ghcr.io/acme", "quay.io/strimzi"] },`;

const CASES: [what: string, config: string, findings: string[]][] = [
  [
    "a registry of services, and one of add-ons",
    `registries: { mirror: { "ghcr.io": "m.example/a", "registry.k8s.io": "m.example/b" } },`,
    [],
  ],
  ["all of them", `registries: { mirror: { "*": "m.example" } },`, []],
  ["a part that is left where it is", `registries: { mirror: { "ghcr.io": "m.example", "ghcr.io/acme": false } },`, []],
  [
    "parts that nothing is of",
    `registries: { mirror: { "ghcr.io/acme-evil": "m.example/a", "quay.io/acme": false } },`,
    [
      'registries/unused-mirror at registries.mirror["ghcr.io/acme-evil"]',
      'registries/unused-mirror at registries.mirror["quay.io/acme"]',
    ],
  ],
  [
    "one that nothing is left for",
    `registries: { mirror: { "*": "m.example/a", "docker.io": "m.example/b", "ecr-public.aws.com": "m.example/c", "ghcr.io": "m.example/d", "quay.io": "m.example/e", "registry.k8s.io": "m.example/f" } },`,
    ["registries/unused-mirror at registries.mirror.*"],
  ],
  [
    "one that only a cluster has",
    `registries: { on: { test: { mirror: { "nowhere.example": "m.example" } } } },`,
    ['registries/unused-mirror at registries.on.test.mirror["nowhere.example"]'],
  ],
  [
    "one that is used on another cluster alone",
    `registries: { mirror: { "ghcr.io": "m.example" }, on: { test: { mirror: { "ghcr.io": "t.example" } } } },`,
    [],
  ],
  ["one for what is allowed", `${ALLOWED} registries: { mirror: { "quay.io/strimzi": "m.example" } },`, []],
  [
    "two registries, and the one within the other",
    `registries: { mirror: { "ghcr.io": "m.example/a", "quay.io": "m.example/a/acme" } },`,
    ['registries/mixed-mirror at registries.mirror["quay.io"]'],
  ],
  [
    "a registry, and a part of it that stays at its place",
    `registries: { mirror: { "ghcr.io": "m.example/a", "ghcr.io/acme": "m.example/a/acme" } },`,
    [],
  ],
  [
    "a part of a registry at another place of its mirror",
    `registries: { mirror: { "ghcr.io": "m.example/a", "ghcr.io/acme": "m.example/a/other" } },`,
    ['registries/mixed-mirror at registries.mirror["ghcr.io/acme"]'],
  ],
  [
    "all of them, and one at its top",
    `registries: { mirror: { "*": "m.example", "quay.io": "m.example/quay.io" } },`,
    [],
  ],
  [
    "an add-on on one cluster alone",
    `${ALLOWED} ${STRIMZI(`["quay.io/strimzi"]`)} registries: { on: { test: { mirror: { "quay.io": "m.example" } } } },`,
    ["registries/unmirrored-addon at addons.strimzi.images[0]"],
  ],
  [
    "an add-on that is left where it is",
    `${ALLOWED} ${STRIMZI(`["quay.io/strimzi"]`)} registries: { mirror: { "quay.io": "m.example", "quay.io/strimzi": false } },`,
    [],
  ],
  [
    "an add-on at the mirror of what is not allowed",
    `${STRIMZI(`["m.example/strimzi"]`)} registries: { mirror: { "quay.io": "m.example" } },`,
    ["addons/image-place at addons.strimzi.images[0]"],
  ],
  [
    "a service at the mirror of what is allowed, and of what is not",
    `registries: { mirror: { "ghcr.io": "m.example/ghcr" } }, services: { web: { image: "m.example/ghcr/acme/web" }, api: { image: "m.example/ghcr/other/api" } },`,
    ["images/allowed-registry at services.api.image"],
  ],
  [
    "a mirror of a public registry, allowed as a whole",
    `security: { allowedRegistries: ["ghcr.io/acme", "m.example/hub"] }, registries: { mirror: { "docker.io": "m.example/hub" } },`,
    ["security/open-registries at security.allowedRegistries[1]"],
  ],
  [
    "a mirror of everything, allowed above it and in a part that is a public registry",
    `security: { allowedRegistries: ["ghcr.io/acme", "m.example", "m.example/all/quay.io/", "m.example/all/quay.io/acme"] }, registries: { mirror: { "*": "m.example/all" } },`,
    [
      "security/open-registries at security.allowedRegistries[1]",
      "security/open-registries at security.allowedRegistries[2]",
    ],
  ],
  [
    "a mirror of an owner's images, allowed as a whole",
    `security: { allowedRegistries: ["ghcr.io/acme", "m.example/acme"] }, registries: { mirror: { "ghcr.io/acme": "m.example/acme" } },`,
    [],
  ],
  [
    "a mirror that is no place",
    `registries: { mirror: { "ghcr.io": "https://m.example/" } },`,
    ['schema/wrong-unit at registries.mirror["ghcr.io"]'],
  ],
  [
    "what is no registry",
    `registries: { mirror: { "acme/web": "m.example" } },`,
    ["schema/wrong-unit at registries.mirror.acme/web"],
  ],
];
for (const [what, config, findings] of CASES) test(what, () => assert.equal(found(config), findings));

/** What the rule says of an add-on that a target of another package brings, with a mirror of quay.io. */
function judged(addon: Partial<ContributedAddon>): string[] {
  const target: Target<never> = {
    name: "acme",
    summary: "",
    contribute: ({ clusters }) => ({
      addons: clusters.map((cluster) => ({ name: "dns", cluster, namespace: "dns", stage: "controllers", ...addon })),
    }),
  };
  const config = {
    ...base,
    extensions: { acme: { from: "acme" } },
    registries: { mirror: { "quay.io": "m.example" } },
  };
  const { topology } = resolve(validate({ config, images: {}, tuning: undefined }), [...targets, target]);
  return [...unmirroredAddon.run(topology, {} as CheckContext)].map(({ at, hint }) => `${at}: ${hint}`);
}

test("a target of another package is found once where it says no values, and not where it does", () => {
  assert.equal(judged({ images: ["quay.io/acme/dns", "ghcr.io/acme/dns"] }), [
    "extensions.acme: let the target say which values of its chart name them, in `images` of the add-on",
  ]);
  assert.equal(judged({ images: [{ name: "quay.io/acme/dns", values: [registryAndRepository("image")] }] }), []);
});

test.run();

/** What the charts take and no word of the config changes: each has its reason, so that no constant stays by accident. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { everywhere } from "../../../scripts/everything/everywhere.ts";
import { base } from "../../../test/errors/base.ts";
import { topologyOf } from "../../../test/support/topology.ts";
import { secret, text } from "../../config/define.ts";
import type { Ecosystem } from "../../config/model/ecosystem.ts";
import type { ScalingPace } from "../../config/model/scaling.ts";
import type { Service } from "../../config/model/services.ts";
import { PACKAGE_ROOT } from "../../package-root.ts";
import target from "./index.ts";

/** Value of the charts, with all below it → why no word changes it. A patch of the values still does. */
const REASONS: Readonly<Record<string, string>> = {
  version: "the image says it, and a label that changes is a new revision",
  labels: "what is selected and judged by labels is the platform's",
  podLabels: "as labels are",
  "services[].labels": "as labels are",
  "services[].annotations": "load balancers are the gateway's; these Services are inside of the cluster",
  "image.pullPolicy": "a digest never changes, and a tag is not allowed where that would matter",
  "initContainers[].image.pullPolicy": "as that of the service's own",
  "volumes[].medium": "memory that files take would be no longer the process's, which asked for it",
  "serviceAccount.annotations": "services have no identity in a cloud that an annotation could name",
  "tolerations[].operator": "a taint of a pool has a value, which is what a pod tolerates",
  "tolerations[].tolerationSeconds": "a pod stays on the nodes of its pool for as long as they are there",
  "networkPolicy.ingress[].from[].podSelector.matchExpressions": "callers have names",
  "networkPolicy.ingress[].from[].namespaceSelector.matchExpressions": "their namespaces have names",
  "networkPolicy.ingress[].from[].ipBlock": "who calls from outside does so through the gateway",
  "networkPolicy.ingress[].ports[].endPort": "ports are declared one by one",
  "networkPolicy.ingress[].ports[].protocol": "ports are TCP's",
  "networkPolicy.egress[].to[].podSelector.matchExpressions": "dependencies have names",
  "networkPolicy.egress[].to[].namespaceSelector.matchExpressions": "their namespaces have names",
  "networkPolicy.egress[].ports[].endPort": "ports are declared one by one",
  "networkPolicy.egress[].ports[].protocol": "ports are TCP's",
  revisionHistoryLimit: "who goes back does so by a commit; old revisions are for looking at",
  "probes.*.httpGet.scheme": "TLS is the mesh's, in front of the container",
  "probes.*.grpc.service": "a server has one health service for all that it serves",
  "probes.*.successThreshold": "Kubernetes takes nothing but 1 for two of the three probes",
  "podDisruptionBudget.minAvailable": "the other of the two is written, which fits any number of pods",
  "podDisruptionBudget.maxUnavailable": "one pod at a time lets every drain end, and keeps all others",
  "strategy.type": 'all pods at once are `rolling({ maxUnavailable: "100%" })`',
  "storage[].accessModes": "a volume is one pod's",
  podManagementPolicy: "it cannot be changed later, so that one order holds for all",
  "updateStrategy.partition": "the last pod first, each when the one before is ready",
  internalTrafficPolicy: "who may call the pod of any node is for a service",
  persistentVolumeClaimRetentionPolicy: "data stays until somebody deletes it by its name",
  publishNotReadyAddresses: "who is not ready is not called",
  suspend: "a job that shall not run is placed nowhere",
  successfulJobsHistoryLimit: "logs are kept elsewhere",
  failedJobsHistoryLimit: "logs are kept elsewhere",
  ttlSecondsAfterFinished: "as the histories",
  parallelism: "a run is one pod",
  completions: "a run is one pod",
  restartPolicy: "a pod that fails is replaced and stays to be looked at",
};

const KINDS = ["service", "job", "stateful", "daemon"] as const;
type Kind = (typeof KINDS)[number];

interface Schema {
  $ref?: string;
  allOf?: Schema[];
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  definitions?: Record<string, Schema>;
}

/** The paths of all single values that a chart takes: `ports[].port`, `env.*`. */
function leavesOf(chart: Kind): ReadonlySet<string> {
  const text = readFileSync(join(PACKAGE_ROOT, `helm-library/${chart}/values.schema.json`), "utf8");
  const { definitions, properties, ...rest } = JSON.parse(text) as Schema;
  const { global: _, "eco-library": __, ...own } = properties!; // Helm's own, for charts inside of charts
  const below = ({ $ref, ...schema }: Schema): [step: string, schema: Schema][] => [
    ...($ref === undefined ? [] : below(definitions![$ref.slice("#/definitions/".length)]!)),
    ...[...(schema.allOf ?? []), ...(schema.anyOf ?? [])].flatMap(below),
    ...Object.entries(schema.properties ?? {}).map(([key, child]): [string, Schema] => [`.${key}`, child]),
    ...(typeof schema.additionalProperties === "object"
      ? [[".*", schema.additionalProperties] as [string, Schema]]
      : []),
    ...(schema.items === undefined ? [] : [["[]", schema.items] as [string, Schema]]),
  ];
  const walk = (schema: Schema, path: string): string[] => {
    const inner = below(schema);
    return inner.length === 0 ? [path] : inner.flatMap(([step, child]) => walk(child, `${path}${step}`));
  };
  return new Set(walk({ ...rest, properties: own }, "").map(named));
}

/** Without the leading dot, and the three probes as one. */
const named = (path: string): string => path.replace(/^\./, "").replace(/^probes\.\w+/, "probes.*");

/** The values of a file at each path that is known. */
function valuesAt(data: unknown, known: ReadonlySet<string>): [path: string, value: string][] {
  const maps = [...known].flatMap((path) => (path.includes(".*") ? [path.slice(0, path.indexOf(".*"))] : []));
  const walk = (value: unknown, path: string): [string, string][] => {
    if (known.has(named(path))) return [[named(path), JSON.stringify(value)]];
    if (Array.isArray(value)) return value.flatMap((item) => walk(item, `${path}[]`));
    if (value === null || typeof value !== "object") return [];
    const step = (key: string) => (maps.includes(named(path)) ? ".*" : `.${key}`);
    return Object.entries(value).flatMap(([key, child]) => walk(child, `${path}${step(key)}`));
  };
  return walk(data, "");
}

const bare = (kind: Kind): Service => ({
  team: "shop",
  kind,
  image: "ghcr.io/acme/bare",
  placement: { clusters: ["main"] },
});
const digest = (digit: string) => ({
  live: `sha256:${digit.repeat(64)}`,
  production: `sha256:${digit.repeat(64)}`,
});
const images = { web: digest("1"), "scaled/step": digest("2"), "faster/step": digest("3") };

/** A service that is scaled at a pace, and has a step before it. */
const scaled = (pace: number): Service => {
  const speed: ScalingPace = {
    after: `${pace}s`,
    atMost: pace % 2 === 0 ? { pods: pace, every: `${pace}s` } : { share: `${pace}%`, every: `${pace}s` },
  };
  return {
    ...bare("service"),
    init: [{ name: "step", image: "ghcr.io/acme/step", args: [`--${pace}`] }],
    scaling: { min: 1, max: 3, memory: `${pace}%`, up: speed, down: speed },
  };
};

/** A service whose lists have other items than those of the configs that write everything. */
const other: Ecosystem = {
  ...base,
  clusters: {
    ...base.clusters,
    main: {
      ...base.clusters["main"]!,
      nodePools: {
        other: {
          machineType: "e2-standard-4",
          min: 1,
          max: 3,
          taints: [{ key: "other", value: "yes", effect: "NoExecute" }],
        },
      },
    },
  } as Ecosystem["clusters"],
  secrets: { ...base.secrets, pull: { path: "pull", keys: [".dockerconfigjson"] } },
  services: {
    ...base.services,
    scaled: scaled(60),
    faster: scaled(45),
    other: {
      ...bare("stateful"),
      command: ["/other"],
      args: ["--other"],
      pool: "other",
      pullSecrets: ["pull"],
      config: { files: { "other.ini": text`key=${secret("stripe-key")}` } },
      writable: [
        { path: "/other", size: "1Mi" },
        { path: "/another", size: "2Mi" },
      ],
      storage: [{ name: "other", path: "/volume", size: "1Gi", storageClass: "other" }],
      dependsOn: [{ service: "api", port: 80 }],
    },
  },
};

/** What is written of each chart, for configs that together use every word, and for services that use none. */
const files = [...everywhere, other, ...KINDS.map((kind) => ({ ...base, services: { bare: bare(kind) } }))]
  .flatMap((config) => target.emit(topologyOf(config, images)))
  .flatMap(({ body }) => (body.kind === "values" && body.chart !== undefined ? [body] : []));

/**
 * What the charts take, and which values it has: another one where it is left out, except in a list, where that says
 * nothing of what stands there otherwise.
 */
const said = new Map<string, Set<string>>();
const add = (path: string, value: string) => said.set(path, (said.get(path) ?? new Set()).add(value));
const charts = new Map(KINDS.map((kind) => [kind as string, leavesOf(kind)]));
for (const known of charts.values()) for (const path of known) said.set(path, new Set());
for (const { chart, data } of files) {
  const known = charts.get(chart!)!;
  const here = valuesAt(data, known);
  for (const [path, value] of here) add(path, value);
  for (const path of known) if (!path.includes("[]") && !here.some(([at]) => at === path)) add(path, "");
}
const constant = [...said].flatMap(([path, values]) => (values.size < 2 ? [path] : []));
const covers = (reason: string, path: string): boolean =>
  path === reason || [".", "["].some((next) => path.startsWith(`${reason}${next}`));

test("most of what the charts take follows from the config", () => {
  assert.ok(constant.length < said.size / 2, `${constant.length} of ${said.size}`);
});

test("what the charts take and no word of the config changes has a reason", () => {
  assert.equal(
    constant.filter((path) => !Object.keys(REASONS).some((reason) => covers(reason, path))),
    [],
  );
});

test("every reason is for something that no word changes", () => {
  const changed = [...said].flatMap(([path, values]) => (values.size > 1 ? [path] : []));
  assert.equal(
    Object.keys(REASONS).filter(
      (reason) => !constant.some((path) => covers(reason, path)) || changed.some((path) => covers(reason, path)),
    ),
    [],
  );
});

test.run();

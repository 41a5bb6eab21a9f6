import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { temporaryFolder } from "../../test/support/tree.ts";
import { validatedProject } from "../../test/support/topology.ts";
import { projectFacts } from "../commands/init/facts.ts";
import { projectFiles } from "../commands/init/templates.ts";
import { LAST_WAVE } from "../facts/waves.ts";
import type { Artifact } from "../5-emit/artifact.ts";
import { packageLibrary } from "../1-load/package-library.ts";
import { PACKAGE_ROOT } from "../package-root.ts";
import { resolve } from "../5-emit/contribute.ts";
import { emit } from "../5-emit/index.ts";
import { targets } from "./registry.ts";

/**
 * Images of our own components exist once somebody has pushed them. Until then everything else has to come up without
 * them.
 */
const test = suite("images of our own");

/**
 * Whatever the compiler names an image of by itself is found by its registry: no service of the ecosystems has an image
 * there.
 */
const REGISTRY = "own.example/components";
const WAVE = "argocd.argoproj.io/sync-wave";

/** The project that `init` writes, with experiments in it. */
function initiated(): string {
  const folder = temporaryFolder("own-images");
  for (const { path, content } of projectFiles(projectFacts(folder, "shop"))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    const experiments = `resilience: { environments: ["staging"], experiments: {
      kill: { kind: "pod-kill", schedule: "0 10 * * 2", duration: "5m", abortOn: ["available"] },
      fail: { kind: "http-fault", schedule: "0 12 * * 2", duration: "5m", requests: "5%", status: 503, abortOn: ["available"] },
    } },
    services: {`;
    writeFileSync(
      join(folder, path),
      path === "ecosystem.config.ts"
        ? content.replace("services: {", experiments)
        : content.replace("export const web = defineService({", '$&\n  chaos: ["kill", "fail"],'),
    );
  }
  return folder;
}

const PROJECTS = {
  reference: PACKAGE_ROOT,
  "init, with experiments": initiated(),
  "online-boutique": join(PACKAGE_ROOT, "examples/online-boutique"),
};

interface Application {
  name: string;
  wave: number;
  /** Folders that it reads of this tree. */
  reads: string[];
}

async function emitted(root: string): Promise<Artifact[]> {
  const validated = await validatedProject(root);
  const ecosystem = {
    ...validated.ecosystem,
    delivery: { ...validated.ecosystem.delivery, componentRegistry: REGISTRY },
  };
  const { topology, active } = resolve({ ...validated, ecosystem: ecosystem as typeof validated.ecosystem }, targets);
  return [...emit(topology, active, packageLibrary(PACKAGE_ROOT)).artifacts];
}

type Data = Record<string, any>;
const objectsOf = ({ body }: Artifact): Data[] =>
  body.kind === "kubernetes" ? [...(body.objects as readonly Data[])] : [];
const waveOf = ({ metadata }: Data): number => Number(metadata.annotations?.[WAVE] ?? 0);

function applicationsOf(artifacts: readonly Artifact[]): Application[] {
  return artifacts
    .flatMap(objectsOf)
    .filter(({ kind }) => kind === "Application")
    .map((object) => ({
      name: object.metadata.name,
      wave: waveOf(object),
      reads: object.spec.sources
        .flatMap(({ path, helm }: Data) => [path, ...(helm?.valueFiles ?? [])])
        .flatMap((path: string | undefined) => path?.replace(/^.*?(?=generated\/)/, "") ?? []),
    }));
}

/** What breaks the rule: who would wait for an image of ours, and where. */
function waiting(artifacts: readonly Artifact[]): string[] {
  const applications = applicationsOf(artifacts);
  const own = artifacts.filter(({ body }) => JSON.stringify(body).includes(`${REGISTRY}/`));
  return own.flatMap(({ path, body }) => {
    const readers = applications.filter(({ reads }) =>
      reads.some((read) => path === read || path.startsWith(`${read}/`)),
    );
    const early = readers
      .filter(({ wave }) => wave < LAST_WAVE)
      .map(({ name, wave }) => `${path}: ${name} is in wave ${wave}`);
    if (readers.length === 0) return [`${path}: no Application reads it`];
    if (body.kind !== "kubernetes") return early;
    const beside = artifacts.filter((other) => dirname(other.path) === dirname(path)).flatMap(objectsOf);
    const last = Math.max(...beside.map(waveOf), 0);
    const objects = objectsOf({ path, body, source: "" }).filter((object) =>
      JSON.stringify(object).includes(`${REGISTRY}/`),
    );
    return [
      ...early,
      ...objects.flatMap((object) => inService(object, last).map((why) => `${path}: ${object.kind} ${why}`)),
    ];
  });
}

/**
 * An object that is applied with a service: it may start nothing by being applied, and be no part of the service's
 * health.
 */
function inService(object: Data, last: number): string[] {
  const annotations = object.metadata.annotations ?? {};
  return [
    ...(object.kind === "CronJob" ? [] : ["starts pods as soon as it is applied"]),
    ...(waveOf(object) < last ? ["is in a wave that others wait for"] : []),
    ...(Object.keys(annotations).some(
      (name) => name.startsWith("argocd.argoproj.io/hook") || name.startsWith("helm.sh/hook"),
    )
      ? ["is a hook"]
      : []),
    ...(annotations["argocd.argoproj.io/ignore-healthcheck"] === "true"
      ? []
      : ["counts for the health of the service"]),
  ];
}

for (const [name, root] of Object.entries(PROJECTS)) {
  test(`${name}: nothing waits for one`, async () => {
    const artifacts = await emitted(root);
    const named = artifacts.flatMap(({ body }) =>
      [...JSON.stringify(body).matchAll(new RegExp(`${REGISTRY}/([a-z-]+)`, "g"))].map(([, component]) => component!),
    );
    assert.equal([...new Set(named)].sort(), ["http-fault", "slo-gate"]);
    assert.equal(waiting(artifacts), []);
    assert.equal(
      artifacts.flatMap(objectsOf).filter(({ kind }) => kind.endsWith("WebhookConfiguration")),
      [],
      "no request to an API server asks a component of ours",
    );
    assert.is(
      Math.max(...applicationsOf(artifacts).map(({ wave }) => wave)),
      LAST_WAVE,
      "and nothing waits for workloads",
    );
  });
}

/** Edits of the reference's objects after which something would wait. */
const MUTANTS: [what: string, isIt: (object: Data) => boolean, edit: (object: Data) => void, found: RegExp][] = [
  [
    "slo-gate before the workloads",
    ({ kind, metadata }) => kind === "Application" && metadata.name === "platform-slo-gate",
    ({ metadata }) => (metadata.annotations[WAVE] = "-10"),
    /platform-slo-gate is in wave -10/,
  ],
  [
    "a pod of ours in a service",
    ({ kind }) => kind === "CronJob",
    (object) => (object.kind = "Deployment"),
    /Deployment starts pods/,
  ],
  [
    "an init container of ours",
    ({ kind }) => kind === "Rollout",
    (object) => (object.spec.initContainers = [{ image: `${REGISTRY}/waits:1` }]),
    /Rollout starts pods/,
  ],
  [
    "a hook",
    ({ kind }) => kind === "CronJob",
    ({ metadata }) => (metadata.annotations["argocd.argoproj.io/hook"] = "PreSync"),
    /is a hook/,
  ],
  [
    "an earlier wave of a service",
    ({ kind }) => kind === "CronJob",
    ({ metadata }) => (metadata.annotations[WAVE] = "-2"),
    /others wait for/,
  ],
  [
    "the health of a service",
    ({ kind }) => kind === "CronJob",
    ({ metadata }) => delete metadata.annotations["argocd.argoproj.io/ignore-healthcheck"],
    /counts for the health/,
  ],
];
for (const [what, isIt, edit, found] of MUTANTS) {
  test(`caught: ${what}`, async () => {
    const artifacts = JSON.parse(JSON.stringify(await emitted(PACKAGE_ROOT))) as Artifact[];
    const objects = artifacts.flatMap(objectsOf).filter(isIt);
    assert.ok(objects.length > 0);
    objects.forEach(edit);
    assert.match(waiting(artifacts).join("\n"), found);
  });
}

test.run();

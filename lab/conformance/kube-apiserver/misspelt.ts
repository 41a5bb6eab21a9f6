/**
 * Every key that a template writes, misspelt in turn: a template that is broken in any one place writes what no server
 * knows.
 */
import type { Client, Data } from "../../cluster/client.ts";
import type { Delivered } from "../../delivery/index.ts";
import { applyOne } from "./judge.ts";

/**
 * Places whose keys are anybody's, and what another program reads: Gatekeeper its templates' content, Envoy its
 * filters, KEDA what each scaler takes. Written as `placeOf` does.
 */
const OPEN: readonly RegExp[] = [
  /\.(labels|annotations|matchLabels|sourceLabels|labelSelectors|nodeSelector|nodeSelectors)\./,
  /^Service\.spec\.selector\./,
  /^ConfigMap\.data\./,
  /^StorageClass\.parameters\./,
  /^(StatefulSet\.spec\.volumeClaimTemplates\[]|Terraform\.spec\.runnerPodTemplate)\.spec\.resources\.(requests|limits)\./,
  /^ConstraintTemplate\.spec\.(crd\.spec\.validation\.openAPIV3Schema|targets\[]\.code\[])\./,
  /^ScaledObject\.spec\.triggers\[]\.metadata\./,
  /^EnvoyFilter\.spec\.configPatches\[]\.patch\.value\./,
];

export interface Misspelling {
  /** `Rollout.spec.strategy.canary.steps[].pause.duration` */
  place: string;
  delivered: Delivered;
}

const MARK = "Misspelt";

/** One for every place that the objects have, whatever object has it first. */
export function misspellingsOf(objects: readonly Delivered[]): Misspelling[] {
  const found = new Map<string, Misspelling>();
  for (const delivered of objects) {
    for (const path of keysIn(delivered.object)) {
      const place = placeOf(delivered.object.kind, path);
      if (found.has(place) || IDENTITY.has(path.join(".")) || OPEN.some((open) => open.test(place))) continue;
      found.set(place, { place, delivered: { ...delivered, object: misspell(delivered.object, path) } });
    }
  }
  return [...found.values()];
}

/** What names an object cannot be misspelt: it would be another one. */
const IDENTITY = new Set(["apiVersion", "kind", "metadata", "metadata.name", "metadata.namespace"]);

type Path = readonly (string | number)[];

function* keysIn(value: Data, path: Path = []): Generator<Path> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    if (!Array.isArray(value)) yield here;
    yield* keysIn(child, here);
  }
}

const placeOf = (kind: string, path: Path): string =>
  path.reduce<string>((place, step) => `${place}${typeof step === "number" ? "[]" : `.${step}`}`, kind);

function misspell(object: Data, path: Path): Data {
  const copy = structuredClone(object);
  const key = path.at(-1)!;
  const owner = path.slice(0, -1).reduce((value, step) => value[step], copy);
  owner[`${key}${MARK}`] = owner[key];
  delete owner[key];
  return copy;
}

/**
 * The places where the server took a misspelt key without a word. By some keys it tells the elements of a list apart, and
 * says which of them it misses.
 */
export async function unnoticed(client: Client, misspellings: readonly Misspelling[]): Promise<string[]> {
  const judged = await Promise.all(
    misspellings.map(async ({ place, delivered }) => ({ place, findings: await applyOne(client, delivered, true) })),
  );
  const isNoticed = (place: string, text: string): boolean =>
    text.includes(MARK) || text.includes(`omits all key fields ["${place.split(".").at(-1)}"]`);
  return judged
    .filter(({ place, findings }) => !findings.some(({ text }) => isNoticed(place, text)))
    .map(({ place }) => place);
}

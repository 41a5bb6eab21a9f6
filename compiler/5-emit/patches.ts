import { isDeepStrictEqual } from "node:util";
import { applyPatch, Pointer } from "rfc6902";
import { nearest } from "../diagnostics/suggest.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { childPath } from "../diagnostics/config-path.ts";
import { mergeValues } from "../facts/merge-patch.ts";
import { SOURCE_ANNOTATION } from "../facts/names.ts";
import type { Patch } from "../topology/patches.ts";
import type { Topology } from "../topology/index.ts";
import type { KubernetesObject, TargetArtifact } from "./artifact.ts";
import { isPlainObject } from "./serialise/json-value.ts";

type Patched = { artifacts: TargetArtifact[]; diagnostics: Diagnostic[] };

/**
 * Applies the config's patches to what the targets made, before anything is verified. A patch that matches nothing is a
 * finding.
 */
export function applyPatches(
  artifacts: readonly TargetArtifact[],
  { patches, clusters, terraformRoots }: Topology,
): Patched {
  const result: Patched = { artifacts: [...artifacts], diagnostics: [] };
  for (const patch of patches) {
    const folder =
      patch.cluster === undefined ? undefined : `${clusters.find(({ name }) => name === patch.cluster)!.path}/`;
    if (patch.merge === undefined && patch.json === undefined)
      result.diagnostics.push(invalid(patch, "says neither `merge` nor `json`", "say what to change"));
    else if (patch.kind === "Terraform") patchTerraform(result, patch, terraformRoots);
    else patchObjects(result, patch, folder);
  }
  // What is wrong with a patch is said once, however many clusters it is meant for.
  return {
    ...result,
    diagnostics: [
      ...new Map(
        result.diagnostics.map((diagnostic) => [`${diagnostic.at}\0${diagnostic.message}`, diagnostic]),
      ).values(),
    ],
  };
}

/** Objects of a kind and a name, or the values of a chart (`kind: "Values"`), wherever the patch's target made them. */
function patchObjects(result: Patched, patch: Patch, folder: string | undefined): void {
  const seen: Seen = { targets: new Set(), kinds: new Set(), names: new Set() };
  let matches = 0;
  const matching = (kind: string, name: string): boolean => {
    seen.kinds.add(kind);
    if (kind === patch.kind) seen.names.add(name);
    const hit = kind === patch.kind && name === patch.name;
    if (hit) matches++;
    return hit;
  };
  result.artifacts = result.artifacts.map((artifact) => {
    seen.targets.add(artifact.target);
    if (artifact.target !== patch.target || (folder !== undefined && !artifact.path.startsWith(folder)))
      return artifact;
    const { body } = artifact;
    const patches = [...(artifact.patches ?? []), patch.source];
    if (body.kind === "values")
      return matching("Values", body.name)
        ? { ...artifact, patches, body: { ...body, data: apply(result, patch, body.data) } }
        : artifact;
    if (body.kind !== "kubernetes") return artifact;
    const objects = body.objects.map((object) =>
      matching(object.kind, object.metadata.name) ? tag(apply(result, patch, object, sameIdentity), patch) : object,
    );
    return objects.some((object, index) => object !== body.objects[index])
      ? { ...artifact, patches, body: { ...body, objects } }
      : artifact;
  });
  if (matches === 0) result.diagnostics.push(noMatch(patch, seen));
}

/** What there is to match, for the hint of a patch that matches nothing. */
type Seen = Record<"targets" | "kinds" | "names", Set<string>>;

function noMatch(patch: Patch, { targets, kinds, names }: Seen): Diagnostic {
  const close = !targets.has(patch.target)
    ? nearest(patch.target, targets)
    : names.size === 0
      ? nearest(patch.kind, kinds)
      : nearest(patch.name, names);
  return {
    id: "patch/no-match",
    severity: "error",
    at: patch.source,
    message: `${patch.target} makes no ${patch.kind} named "${patch.name}"${patch.cluster === undefined ? "" : ` in ${patch.cluster}`}`,
    hint:
      close === undefined
        ? "run `eco-compile explain <config path>` to see what is made from a part of the config"
        : `did you mean "${close}"?`,
  };
}

const invalid = (patch: Patch, problem: string, hint: string, at: string = patch.source): Diagnostic => ({
  id: "patch/invalid",
  severity: "error",
  at,
  message: `the patch of ${patch.kind} ${patch.name} ${problem}`,
  hint,
});

/** The annotation of a patched object also names the patch. */
function tag(object: KubernetesObject, patch: Patch): KubernetesObject {
  const written: unknown = object.metadata.annotations ?? {};
  if (!isPlainObject(written)) return object; // verify says what is wrong with it
  const annotations = {
    ...object.metadata.annotations,
    [SOURCE_ANNOTATION]: [written[SOURCE_ANNOTATION], patch.source].filter(Boolean).join(", "),
  };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/**
 * Terraform merges `*_override.tf.json` over the root itself:
 * https://developer.hashicorp.com/terraform/language/files/override
 */
function patchTerraform(result: Patched, patch: Patch, roots: Topology["terraformRoots"]): void {
  const root = roots.find(({ name }) => name === patch.name);
  if (patch.target !== "terraform" || root === undefined) {
    const close =
      patch.target !== "terraform"
        ? "terraform"
        : nearest(
            patch.name,
            roots.map(({ name }) => name),
          );
    const message =
      patch.target !== "terraform"
        ? `${patch.target} makes no Terraform roots`
        : `there is no Terraform root "${patch.name}"`;
    result.diagnostics.push({
      id: "patch/no-match",
      severity: "error",
      at: patch.source,
      message,
      hint: close === undefined ? `roots are ${roots.map(({ name }) => name).join(", ")}` : `did you mean "${close}"?`,
    });
    return;
  }
  if (patch.merge === undefined) {
    result.diagnostics.push(
      invalid(patch, "cannot be `json`", "write the blocks to override as Terraform's JSON syntax under `merge`"),
    );
    return;
  }
  const path = `${root.path}/patches_override.tf.json`;
  const index = result.artifacts.findIndex((artifact) => artifact.path === path);
  const before = index < 0 ? undefined : result.artifacts[index]!;
  const data = mergePatch(before?.body.kind === "json" ? before.body.data : {}, patch.merge);
  const artifact: TargetArtifact = {
    path,
    target: "terraform",
    source: before?.source ?? patch.source,
    patches: [...(before?.patches ?? []), patch.source],
    body: { kind: "json", data },
  };
  if (index < 0) result.artifacts.push(artifact);
  else result.artifacts[index] = artifact;
}

/** The patched value, or the value as it was with the reason why it stays. */
function apply<T extends object>(
  result: Patched,
  patch: Patch,
  value: T,
  allows: (before: T, after: unknown) => boolean = (_, after) => isPlainObject(after),
): T {
  let patched: unknown = patch.merge === undefined ? value : mergePatch(value, patch.merge);
  const hint = "a path is a JSON pointer into the object as it is generated, as /spec/replicas";
  for (const [index, operation] of (patch.json ?? []).entries()) {
    const problem = malformed(operation);
    const outcome = problem === undefined ? applied(patched, operation) : { problem };
    if ("problem" in outcome) {
      result.diagnostics.push(invalid(patch, outcome.problem, hint, childPath(childPath(patch.source, "json"), index)));
      return value;
    }
    patched = outcome.value;
  }
  if (allows(value, patched)) return patched as T;
  result.diagnostics.push(
    invalid(patch, "would make another object of it", "kind and name stay: others refer to them"),
  );
  return value;
}

const sameIdentity = (before: KubernetesObject, after: unknown): boolean =>
  isPlainObject(after) &&
  after["kind"] === before.kind &&
  isPlainObject(after["metadata"]) &&
  after["metadata"]["name"] === before.metadata.name;

type Operation = NonNullable<Patch["json"]>[number];

/** What an operation lacks, and names that lead out of the data (RFC 6902, section 4; RFC 6901, section 3). */
function malformed({ op, path, from, value }: Operation): string | undefined {
  const pointers = op === "move" || op === "copy" ? [path, from] : [path];
  for (const pointer of pointers) {
    if (pointer === undefined) return `lacks \`from\`, which ${op} needs`;
    if (pointer !== "" && !pointer.startsWith("/")) return `has a path that does not begin with "/": ${pointer}`;
    if (/~(?![01])/.test(pointer)) return `has a path with a "~" that is not written ~0: ${pointer}`;
    if (pointer.split("/").some((part) => part === "__proto__" || part === "constructor" || part === "prototype"))
      return `has a path that leads out of the data: ${pointer}`;
  }
  if (op === "remove" && path === "") return "removes the whole object";
  if (op === "move" && from === "") return "moves the whole object into itself";
  if (op === "move" && path.startsWith(`${from}/`)) return `moves ${from} into itself: ${path}`;
  return value === undefined && (op === "add" || op === "replace" || op === "test")
    ? `lacks \`value\`, which ${op} needs`
    : undefined;
}

function applied(value: unknown, operation: Operation): { value: unknown } | { problem: string } {
  const { op, path, from } = operation;
  const reads = op === "add" ? [] : op === "move" || op === "copy" ? [from!] : [path];
  const missing =
    reads.map((pointer) => missingAt(value, pointer, false)).find(Boolean) ??
    (op === "add" || op === "copy" ? missingAt(value, path, true) : undefined);
  if (missing !== undefined) return { problem: missing };
  // The library's own test throws where it cannot print what it finds, as an object with a key named toString.
  if (op === "test")
    return isDeepStrictEqual(Pointer.fromJSON(path).get(value), operation.value)
      ? { value }
      : { problem: `holds only where ${path || "the whole object"} is ${JSON.stringify(operation.value)}` };
  const copy: unknown = structuredClone(value);
  if (op === "move") {
    // What is moved is taken out first: an index of its target counts without it.
    const without = applied(value, { op: "remove", path: from! });
    const target = "value" in without ? missingAt(without.value, path, true) : without.problem;
    if (target !== undefined) return { problem: target };
  }
  const [error] = applyPatch(copy, [structuredClone(operation)] as Parameters<typeof applyPatch>[1]);
  return error ? { problem: `cannot be applied at ${path || "the whole object"}` } : { value: copy };
}

/**
 * Why there is nothing at a pointer, or, for a target, nothing that could be added there; undefined where all is well.
 * The library would take `length` of a list, or a letter of a text.
 */
function missingAt(root: unknown, pointer: string, isTarget: boolean): string | undefined {
  let value = root;
  const tokens = pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
  for (const [index, token] of tokens.entries()) {
    const isLast = index === tokens.length - 1;
    const above =
      pointer
        .split("/")
        .slice(0, index + 1)
        .join("/") || "the whole object";
    if (Array.isArray(value)) {
      const isIndex = /^(?:0|[1-9]\d{0,8})$/.test(token) && Number(token) < value.length + (isTarget && isLast ? 1 : 0);
      if (!isIndex && !(isTarget && isLast && token === "-"))
        return `finds nothing at ${pointer}: ${above} is a list of ${value.length}`;
      value = value[Number(token)];
    } else if (isPlainObject(value)) {
      if (!Object.hasOwn(value, token) && !(isTarget && isLast)) return `finds nothing at ${pointer}`;
      value = value[token];
    } else {
      return `finds nothing at ${pointer}: ${above} is ${value === null ? "null" : `a ${typeof value}`}, with nothing below it`;
    }
  }
  return undefined;
}

/** As the config's `merge` says it: every object merges. */
export const mergePatch = (value: unknown, patch: unknown): unknown => mergeValues(value, patch, isPlainObject);

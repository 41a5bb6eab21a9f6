import { applyPatch } from "rfc6902";
import { nearest } from "../diagnostics/suggest.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { childPath } from "../diagnostics/config-path.ts";
import type { Patch, Topology } from "../3-lower/topology.ts";
import type { KubernetesObject } from "./artifact.ts";
import type { TargetArtifact } from "./index.ts";
import { isPlainObject } from "./serialise/json-value.ts";

type Patched = { artifacts: TargetArtifact[]; diagnostics: Diagnostic[] };

/** Applies the config's patches to what the targets made, before anything is verified. A patch that matches nothing is a finding. */
export function applyPatches(artifacts: readonly TargetArtifact[], { patches, clusters, terraformRoots }: Topology): Patched {
  const result: Patched = { artifacts: [...artifacts], diagnostics: [] };
  for (const patch of patches) {
    const folder = patch.cluster === undefined ? undefined : `${clusters.find(({ name }) => name === patch.cluster)!.path}/`;
    if (patch.kind === "Terraform") patchTerraform(result, patch, terraformRoots);
    else patchObjects(result, patch, folder);
  }
  return result;
}

/** Objects of a kind and a name, or the values of a chart (`kind: "Values"`), wherever the patch's target made them. */
function patchObjects(result: Patched, patch: Patch, folder: string | undefined): void {
  let matches = 0;
  const candidates = new Set<string>();
  result.artifacts = result.artifacts.map((artifact) => {
    if (artifact.target !== patch.target || (folder !== undefined && !artifact.path.startsWith(folder))) return artifact;
    const { body } = artifact;
    if (body.kind === "values" && patch.kind === "Values") {
      candidates.add(body.name);
      if (body.name !== patch.name) return artifact;
      matches++;
      return { ...artifact, sources: [...artifact.sources, patch.source], body: { ...body, data: apply(result, patch, body.data) } };
    }
    if (body.kind !== "kubernetes") return artifact;
    let hit = false;
    const objects = body.objects.map((object) => {
      if (object.kind !== patch.kind) return object;
      candidates.add(object.metadata.name);
      if (object.metadata.name !== patch.name) return object;
      hit = true;
      matches++;
      return tag(apply(result, patch, object), patch);
    });
    return hit ? { ...artifact, sources: [...artifact.sources, patch.source], body: { ...body, objects } } : artifact;
  });
  if (matches > 0) return;
  const close = nearest(patch.name, candidates);
  result.diagnostics.push({
    id: "patch/no-match",
    severity: "error",
    at: patch.source,
    message: `${patch.target} makes no ${patch.kind} named "${patch.name}"${patch.cluster === undefined ? "" : ` in ${patch.cluster}`}`,
    hint: close === undefined ? "run `eco-compile explain <config path>` to see what is made from a part of the config" : `did you mean "${close}"?`,
  });
}

/** The annotation of a patched object also names the patch. */
function tag(object: KubernetesObject, patch: Patch): KubernetesObject {
  const annotations = { ...object.metadata?.annotations };
  annotations["eco-compile.dev/source"] = [annotations["eco-compile.dev/source"], patch.source].filter(Boolean).join(", ");
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** Terraform merges `*_override.tf.json` over the root itself: https://developer.hashicorp.com/terraform/language/files/override */
function patchTerraform(result: Patched, patch: Patch, roots: Topology["terraformRoots"]): void {
  const root = roots.find(({ name }) => name === patch.name);
  if (root === undefined || patch.target !== "terraform") {
    const close = nearest(patch.name, roots.map(({ name }) => name));
    result.diagnostics.push({ id: "patch/no-match", severity: "error", at: patch.source, message: `there is no Terraform root "${patch.name}"`, hint: close === undefined ? `roots are ${roots.map(({ name }) => name).join(", ")}` : `did you mean "${close}"?` });
    return;
  }
  if (patch.merge === undefined) {
    result.diagnostics.push({ id: "patch/invalid", severity: "error", at: patch.source, message: "a Terraform root takes `merge` alone", hint: "write the blocks to override as Terraform's JSON syntax under `merge`" });
    return;
  }
  const path = `${root.path}/patches_override.tf.json`;
  const index = result.artifacts.findIndex((artifact) => artifact.path === path);
  const before = index < 0 ? undefined : result.artifacts[index]!;
  const data = mergePatch(before?.body.kind === "json" ? before.body.data : {}, patch.merge);
  const artifact: TargetArtifact = { path, target: "terraform", sources: [...(before?.sources ?? []), patch.source], body: { kind: "json", data } };
  if (index < 0) result.artifacts.push(artifact);
  else result.artifacts[index] = artifact;
}

function apply<T extends object>(result: Patched, patch: Patch, value: T): T {
  let patched: unknown = value;
  if (patch.merge !== undefined) patched = mergePatch(patched, patch.merge);
  if (patch.json !== undefined) {
    patched = structuredClone(patched);
    applyPatch(patched, structuredClone(patch.json) as Parameters<typeof applyPatch>[1]).forEach((error, index) => {
      if (error) result.diagnostics.push({ id: "patch/invalid", severity: "error", at: childPath(childPath(patch.source, "json"), index), message: `${patch.kind} ${patch.name}: ${error.message || error.name}`, hint: "the path is a JSON pointer into the object as it is generated, as /spec/replicas" });
    });
  }
  return patched as T;
}

/** JSON merge patch (RFC 7396): null deletes, objects merge, everything else replaces. */
export function mergePatch(value: unknown, patch: unknown): unknown {
  if (!isPlainObject(patch)) return patch;
  const merged: Record<string, unknown> = isPlainObject(value) ? { ...value } : {};
  for (const [key, change] of Object.entries(patch)) {
    if (change === null) delete merged[key];
    else Object.defineProperty(merged, key, { value: mergePatch(merged[key], change), enumerable: true, configurable: true, writable: true });
  }
  return merged;
}

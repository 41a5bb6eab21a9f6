import { formatPath } from "../diagnostics/config-path.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Topology } from "../topology/index.ts";
import type { TargetArtifact } from "../5-emit/artifact.ts";
import type { Emission } from "../5-emit/index.ts";
import { leaksOfStructure, secretIn } from "../2-validate/secrets/index.ts";
import type { ExtraFolder } from "../1-load/index.ts";
import { appliedOnce } from "./applied.ts";
import { separateClouds } from "./clouds.ts";
import { duplicateObjects } from "./duplicates.ts";
import { extraArtifacts, secretsInExtra, withoutNamespace } from "./extra.ts";
import { fault, leak } from "./fault.ts";
import { kubernetesDiagnostics, schemasOf } from "./kubernetes-diagnostics.ts";
import { policyDiagnostics } from "./policy-diagnostics.ts";
import * as charts from "./values/generated/validators.js";

/** Looks at all artifacts together, as their consumers will. */
export async function verify(
  { artifacts, files }: Pick<Emission, "artifacts" | "files">,
  topology: Topology,
  folders: readonly ExtraFolder[] = [],
): Promise<{ diagnostics: Diagnostic[] }> {
  const extra = extraArtifacts(topology, folders);
  const schemas = schemasOf([...artifacts, ...extra]);
  return {
    diagnostics: [
      ...duplicateObjects([...artifacts, ...extra], topology),
      ...appliedOnce(artifacts, topology),
      ...separateClouds(artifacts, topology),
      ...(await kubernetesDiagnostics(artifacts, extra, schemas)),
      ...withoutNamespace(extra, schemas),
      ...valuesDiagnostics(artifacts),
      ...(await policyDiagnostics([...artifacts, ...extra], topology)),
      ...secretDiagnostics({ artifacts, files }),
      ...secretsInExtra(extra, folders),
    ],
  };
}

/**
 * Files of the library are reviewed as they are; what several clusters share is read once. The config was judged
 * before, by its names too; what only a patch and what it changes are together is judged again.
 */
export function secretDiagnostics({ artifacts, files }: Pick<Emission, "artifacts" | "files">): Diagnostic[] {
  const seen = new Set<Uint8Array>();
  return files.flatMap((file, index) => {
    const { content } = file;
    const { body } = artifacts[index]!;
    if (body.kind === "bytes" || seen.has(content)) return [];
    seen.add(content);
    // Latin-1, and no copy: shapes are ASCII.
    const what = secretIn(Buffer.from(content.buffer, content.byteOffset, content.length).toString("latin1"));
    if (what !== undefined) return [leak(file, `${file.path} holds what looks like ${what}`)];
    if (file.patches === undefined) return [];
    const leaks =
      body.kind === "kubernetes"
        ? body.objects.flatMap((object) => [...leaksOfStructure(object)])
        : "data" in body
          ? [...leaksOfStructure(body.data)]
          : [];
    return leaks.map(({ path, title }) =>
      leak(file, `${formatPath(path)} in ${file.path} holds what looks like ${title}`),
    );
  });
}

function valuesDiagnostics(artifacts: readonly TargetArtifact[]): Diagnostic[] {
  const seen = new Set<unknown>();
  return artifacts.flatMap((artifact) => {
    const { body } = artifact;
    if (body.kind !== "values" || body.chart === undefined || seen.has(body.data)) return [];
    seen.add(body.data);
    const validator = charts[body.chart as keyof typeof charts];
    if (validator(body.data)) return [];
    const [first] = validator.errors!; // what follows is mostly its consequence
    const what = `for the ${body.chart} chart: ${first!.instancePath || "/"} ${first!.message}`;
    return [{ ...fault("verify/chart-values", artifact, `values of ${body.name} ${what}`), idea: `values ${what}` }];
  });
}

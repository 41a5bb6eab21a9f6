import { posix } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Topology } from "../topology/index.ts";
import type { KubernetesObject, TargetArtifact } from "../5-emit/artifact.ts";
import { inProject, sourceFolders } from "../5-emit/read-folders.ts";
import { fault } from "./fault.ts";

/**
 * Every manifest and every values file is read by exactly one Application: one that none reads is never applied, one
 * that two read is fought over. Without Applications, while that target is off, somebody else applies what is there.
 */
export function appliedOnce(artifacts: readonly TargetArtifact[], topology: Topology): Diagnostic[] {
  const applications = artifacts.flatMap(({ path, body }) =>
    body.kind === "kubernetes"
      ? body.objects.filter(({ kind }) => kind === "Application").map((object) => ({ object, file: path }))
      : [],
  );
  if (applications.length === 0) return [];
  const readers = readersOf(applications, topology);
  return artifacts.flatMap((artifact) => {
    const { path, body, target } = artifact;
    if (body.kind !== "kubernetes" && body.kind !== "values") return [];
    const files = readers(path);
    if (files.size === 1) return [];
    return files.size === 0
      ? [fault("verify/not-applied", artifact, `no Application reads ${path}, which the ${target} target writes`)]
      : [fault("verify/applied-twice", artifact, `${path} is read by the Applications in ${[...files].join(" and ")}`)];
  });
}

/** An Application, and the file that it is in: one name is on several clusters. */
interface Placed {
  object: KubernetesObject;
  file: string;
}

/** The Applications that read a file, by the files that these are in. */
function readersOf(applications: readonly Placed[], topology: Topology): (path: string) => ReadonlySet<string> {
  const exact = new Map<string, Set<string>>(); // a file, or a folder that is read alone
  const deep = new Map<string, Set<string>>(); // a folder with all below it
  const add = (map: Map<string, Set<string>>, path: string, reader: string): void => {
    map.set(path, (map.get(path) ?? new Set()).add(reader));
  };
  for (const { object, file } of applications) {
    for (const { folder, recurse } of sourceFolders(object, topology)) add(recurse ? deep : exact, folder, file);
    for (const values of valueFiles(object, topology)) add(exact, values, file);
  }
  const ofFolder = new Map<string, ReadonlySet<string>>(); // its files are many
  const readersOfFolder = (folder: string): ReadonlySet<string> => {
    let found = ofFolder.get(folder);
    if (found === undefined) ofFolder.set(folder, (found = new Set([...(exact.get(folder) ?? []), ...below(folder)])));
    return found;
  };
  function* below(folder: string): Generator<string> {
    for (let above = folder; above !== "."; above = posix.dirname(above)) yield* deep.get(above) ?? [];
  }
  return (path) => {
    const [own, around] = [exact.get(path), readersOfFolder(posix.dirname(path))];
    return own === undefined ? around : new Set([...own, ...around]);
  };
}

/** Values files of this project, relative to it: `/path` of the source's own repository, `$ref/path` of another source. */
function valueFiles({ spec }: KubernetesObject, topology: Topology): string[] {
  const { sources = [] } = spec as { sources?: readonly { helm?: { valueFiles?: readonly string[] } }[] };
  return sources
    .flatMap(({ helm }) => helm?.valueFiles ?? [])
    .flatMap((file) => inProject(topology, file.replace(/^\$[^/]+\/|^\//, "")) ?? []);
}

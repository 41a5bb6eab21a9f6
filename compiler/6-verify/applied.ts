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
    if (files.length === 1) return [];
    return files.length === 0
      ? [fault("verify/not-applied", artifact, `no Application reads ${path}, which the ${target} target writes`)]
      : [fault("verify/applied-twice", artifact, `${path} is read by the Applications in ${files.join(" and ")}`)];
  });
}

/** An Application, and the file that it is in: one name is on several clusters. */
interface Placed {
  object: KubernetesObject;
  file: string;
}

/** The Applications that read a file, by the files that these are in. */
function readersOf(applications: readonly Placed[], topology: Topology): (path: string) => readonly string[] {
  const exact = new Map<string, string[]>(); // a file, or a folder that is read alone
  const deep = new Map<string, string[]>(); // a folder with all below it
  for (const { object, file } of applications) {
    for (const { folder, recurse } of sourceFolders(object, topology)) add(recurse ? deep : exact, folder, file);
    for (const values of valueFiles(object, topology)) add(exact, values, file);
  }
  // Each folder is looked at once: its files are many, and so are the folders below it.
  const around: (folder: string) => readonly string[] = once((folder) =>
    folder === "" ? [] : union(deep.get(folder), around(parentOf(folder))),
  );
  const ofFolder = once((folder) => union(exact.get(folder), around(folder)));
  return (path) => union(exact.get(path), ofFolder(parentOf(path)));
}

function once(find: (folder: string) => readonly string[]): (folder: string) => readonly string[] {
  const found = new Map<string, readonly string[]>();
  return (folder) => {
    let readers = found.get(folder);
    if (readers === undefined) found.set(folder, (readers = find(folder)));
    return readers;
  };
}

function add(map: Map<string, string[]>, path: string, reader: string): void {
  const readers = map.get(path);
  if (readers === undefined) map.set(path, [reader]);
  else if (readers.at(-1) !== reader) readers.push(reader); // a file's Applications come one after the other
}

const union = (some: readonly string[] | undefined, others: readonly string[]): readonly string[] =>
  some === undefined ? others : others.length === 0 ? some : [...new Set([...some, ...others])];

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** Values files of this project, relative to it: `/path` of the source's own repository, `$ref/path` of another source. */
function valueFiles({ spec }: KubernetesObject, topology: Topology): string[] {
  const { sources = [] } = spec as { sources?: readonly { helm?: { valueFiles?: readonly string[] } }[] };
  return sources
    .flatMap(({ helm }) => helm?.valueFiles ?? [])
    .flatMap((file) => inProject(topology, file.replace(/^\$[^/]+\/|^\//, "")) ?? []);
}

import type { ExtraFolder } from "../1-load/index.ts";
import { extraScope } from "../policy/data.ts";
import type { Topology } from "../topology/index.ts";
import type { KubernetesObject, TargetArtifact } from "../5-emit/artifact.ts";
import { formatPath } from "../diagnostics/config-path.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { leaksOfStructure, secretIn } from "../2-validate/secrets/index.ts";
import { fault, leak } from "./fault.ts";
import type { SchemaLookup } from "./kubernetes/index.ts";

/** Documents of somebody's own as artifacts: judged like what is compiled, and not written. */
export const extraArtifacts = (topology: Topology, folders: readonly ExtraFolder[]): TargetArtifact[] =>
  topology.extra.flatMap((declared, index) =>
    (folders[index]?.documents ?? []).map(({ path, content, position }): TargetArtifact => ({
      path,
      target: "extra",
      source: declared.source,
      body:
        declared.root === undefined
          ? { kind: "kubernetes", objects: [content as KubernetesObject] }
          : { kind: "json", data: content },
      foreign: { position, ...extraScope(topology, declared) },
    })),
  );

/**
 * What the compiler never gets wrong in its own objects: a namespace for each that has one, since the Application's is
 * nobody's choice.
 */
export const withoutNamespace = (artifacts: readonly TargetArtifact[], schemas: SchemaLookup): Diagnostic[] =>
  artifacts.flatMap((artifact) => {
    if (artifact.body.kind !== "kubernetes") return [];
    return artifact.body.objects
      .filter(
        (object) =>
          object?.metadata != null &&
          schemas(object.apiVersion, object.kind)?.["x-eco-scope"] === "Namespaced" &&
          object.metadata.namespace === undefined,
      )
      .map(({ kind, metadata }) =>
        fault(
          "verify/kubernetes-object",
          artifact,
          `${kind} ${metadata.name} in ${artifact.path}: metadata lacks the field "namespace"`,
        ),
      );
  });

/** Secrets in what they hold, by name and shape, and in what stands beside it as comments. */
export const secretsInExtra = (artifacts: readonly TargetArtifact[], folders: readonly ExtraFolder[]): Diagnostic[] => {
  const inContent = artifacts.flatMap((artifact) => {
    const content =
      artifact.body.kind === "kubernetes"
        ? artifact.body.objects[0]
        : artifact.body.kind === "json"
          ? artifact.body.data
          : undefined;
    return [...leaksOfStructure(content)].map(({ path, title, detail }) =>
      leak(
        artifact,
        `${[detail, formatPath(path)].filter(Boolean).join(" ")} in ${artifact.path} holds what looks like ${title}`,
      ),
    );
  });
  const said = new Set(inContent.map(({ position }) => position!.file));
  const beside = folders
    .flatMap(({ texts }) => [...texts])
    .flatMap(([path, text]) => {
      const [first] = artifacts.filter((artifact) => artifact.path === path);
      const what = first === undefined || said.has(first.foreign!.position.file) ? undefined : secretIn(text);
      return what === undefined ? [] : [leak(first!, `${path} holds what looks like ${what}`)];
    });
  return [...inContent, ...beside];
};

import { createHash } from "node:crypto";
import type { Config } from "../config/model/services.ts";
import type { Text, Value, Variable } from "../config/model/values.ts";
import type { PathSegment } from "../diagnostics/config-path.ts";
import * as names from "../facts/names.ts";
import { callsIn, FIELD_PATHS, partsOf, secretsIn, textOf, type PlaceOf } from "../facts/values.ts";
import type { Secret, SecretKey } from "../topology/secrets.ts";
import type { Rendered, Workload } from "../topology/workloads.ts";
import { sorted } from "./resolve.ts";
import { lowerSecretKey } from "./secrets.ts";

/** A text with keys of secrets in it, which stand beside it in their order. */
interface Template {
  text: Text;
  keys: readonly SecretKey[];
}

/**
 * A service's configuration, for where its addresses are: these depend on the cluster. Without any it is one and the same
 * everywhere.
 */
export function lowerConfig(
  service: string,
  { env, files, mountPath }: Config = {},
  at: (...path: PathSegment[]) => string,
  secrets: ReadonlyMap<string, Secret>,
): (placeOf: PlaceOf) => Workload["config"] {
  const fields: Record<string, string> = {};
  const keys: Record<string, SecretKey> = {};
  const templates: Record<"env" | "files", Record<string, Template>> = { env: {}, files: {} };
  const plain: Record<"env" | "files", Record<string, Value>> = { env: {}, files: {} };
  let hasAddresses = false;
  for (const [field, values] of [
    ["env", sorted(env)],
    ["files", sorted<Variable>(files)],
  ] as const)
    for (const [name, value] of Object.entries(values)) {
      hasAddresses ||= callsIn(value).length > 0;
      const read = secretsIn(value).map(({ key, path }) => lowerSecretKey(key, secrets, at(field, name, ...path)));
      if (isKind(value, "pod")) fields[name] = FIELD_PATHS[value.field];
      else if (isKind(value, "secret")) keys[name] = read[0]!;
      else if (isKind(value, "text") && read.length > 0) templates[field][name] = { text: value, keys: read };
      else plain[field][name] = value;
    }
  const on = (placeOf: PlaceOf): Workload["config"] => {
    const texts = (values: Readonly<Record<string, Value>>) =>
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, textOf(value, placeOf)]));
    const secretOf = (field: "env" | "files") =>
      Object.keys(templates[field]).length === 0
        ? {}
        : { [field]: rendered([service, field], templates[field], placeOf) };
    return {
      source: at(),
      fields,
      keys,
      mountPath: mountPath ?? `/etc/${service}`,
      env: texts(plain.env),
      files: texts(plain.files),
      rendered: { ...secretOf("env"), ...secretOf("files") },
    };
  };
  let everywhere: Workload["config"] | undefined;
  return (placeOf) => (hasAddresses ? on(placeOf) : (everywhere ??= on(placeOf)));
}

const isKind = <K extends string>(value: Variable, kind: K): value is Extract<Variable, { kind: K }> =>
  typeof value === "object" && value.kind === kind;

/**
 * Its name has a digest of what it is made from, as a ConfigMap's of its files: pods of before keep theirs, and a change
 * begins a rollout.
 */
function rendered(name: readonly string[], templates: Readonly<Record<string, Template>>, placeOf: PlaceOf): Rendered {
  const texts = Object.fromEntries(
    Object.entries(templates).map(([key, { text, keys }]) => {
      const left = [...keys];
      return [key, partsOf(text, placeOf).map((part) => (typeof part === "string" ? part : left.shift()!))];
    }),
  );
  const content = Object.entries(texts).map(([key, parts]) => [
    key,
    parts.map((part) => (typeof part === "string" ? part : [part.name, part.key])),
  ]);
  const digest = createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 8);
  return { name: names.compose([...name, digest]), texts };
}

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { PathSegment } from "../diagnostics/config-path.ts";
import type { PolicyData } from "./parameters.ts";
import { type PolicyDescription, readPolicies, shippedFolder, type ShippedPolicies } from "./shipped.ts";

/**
 * One document as the policies see it. Terraform is what its modules are given:
 * `{module: {<name>: {<input>: <value>}}}`.
 */
export interface PolicyInput {
  kind: "object" | "values" | "terraform" | "costs";
  object: unknown;
  /** The cluster that it is for; its parameters hold. */
  cluster?: string;
  /** For what belongs to a cloud and to no cluster. */
  cloud?: string;
  /** Where values will be installed; an object names its own. */
  namespace?: string;
}

export interface PolicyViolation {
  policy: string;
  message: string;
  /** Index of the document in what was passed to `evaluate`. */
  index: number;
  /** Where in the document, `[]` for all of it. */
  path: readonly PathSegment[];
}

export interface PolicyEvaluator {
  policies: readonly PolicyDescription[];
  evaluate: (inputs: readonly PolicyInput[]) => PolicyViolation[];
}

/**
 * Documents per call: the module keeps what it allocates until the call ends, so memory stays small however many there
 * are.
 */
const BATCH = 500;

/** Loads the shipped wasm; nothing of it is read before this call. */
export async function loadPolicies(
  data: PolicyData,
  folder: string = shippedFolder(),
  { policies, valuesFields }: ShippedPolicies = readPolicies(folder),
): Promise<PolicyEvaluator> {
  const read = new Set(policies.filter(({ applies }) => applies.includes("output")).flatMap(({ reads }) => reads));
  // The synchronous loader, since the other touches `Response`, for which Node loads its whole HTTP client (35 ms of
  // CPU); by require, since the package's ES module exports only the other.
  const { loadPolicySync } = createRequire(import.meta.url)(
    "@open-policy-agent/opa-wasm",
  ) as typeof import("@open-policy-agent/opa-wasm");
  const wasm = loadPolicySync(readFileSync(join(folder, "policy.wasm")));
  wasm.setData({ eco: data });

  function evaluateBatch(batch: readonly (readonly [index: number, input: PolicyInput])[]): PolicyViolation[] {
    const documents = batch.map(([, input]) =>
      input.kind === "values" ? { ...input, object: pick(input.object, valuesFields) } : input,
    );
    const [answer] = wasm.evaluate({ stage: "output", documents }) as [{ result: PolicyViolation[] }];
    return answer.result.map(({ policy, index, path, message }) => ({
      policy,
      message,
      index: batch[index]![0],
      path,
    }));
  }

  return {
    policies,
    evaluate(inputs) {
      const judged = [...inputs.entries()].filter(([, input]) => read.has(kindOf(input)));
      const violations: PolicyViolation[] = [];
      for (let start = 0; start < judged.length; start += BATCH) {
        violations.push(...evaluateBatch(judged.slice(start, start + BATCH)));
      }
      return violations.sort((a, b) => a.index - b.index);
    },
  };
}

/** In wasm, reading the input is most of the work: values carry much that no policy reads. */
function pick(object: unknown, fields: readonly string[]): Record<string, unknown> {
  const source = object as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    fields.filter((field) => source[field] !== undefined).map((field) => [field, source[field]]),
  );
}

/** The key that policies name in their metadata, as `lib.subject.group_kind` makes it. */
function kindOf({ kind, object }: PolicyInput): string {
  if (kind !== "object") return kind;
  const { apiVersion, kind: name } = object as { apiVersion?: string; kind?: string };
  const slash = apiVersion?.indexOf("/") ?? -1;
  return slash < 0 ? String(name) : `${apiVersion!.slice(0, slash)}/${name}`;
}

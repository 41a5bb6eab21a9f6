import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { KubernetesObject } from "../5-emit/artifact.ts";
import { PACKAGE_ROOT } from "../package-root.ts";
import type { Exemption } from "./parameters.ts";

/** Where a policy is asked: of what the compiler writes, of a pull request's tree, of what the API server is sent. */
export type Stage = "output" | "pull-request" | "admission";

/** One policy; made by `npm run gen` from the annotations of its Rego. */
export interface PolicyDescription {
  /** Name of its folder. */
  name: string;
  title: string;
  description: string;
  severity: "error" | "warning";
  applies: readonly Stage[];
  /** Kinds of document that it reads: `Service`, `apps/Deployment`, `values`, `terraform`, `costs`. */
  reads: readonly string[];
  /** JSON schemas of the parameters, by name; all of them are required. */
  parameters: Readonly<Record<string, object>>;
}

/** `policies/dist/policies.json`. */
export interface ShippedPolicies {
  /** The fields of a chart's values that any policy reads (`lib/values.rego`). */
  valuesFields: readonly string[];
  policies: readonly PolicyDescription[];
}

/** `policies/dist/constraint-templates.json`. */
export interface ShippedTemplates {
  /** One for each policy that speaks at admission. */
  templates: readonly ConstraintTemplateEntry[];
}

/** A Gatekeeper template and what its constraints need. */
export interface ConstraintTemplateEntry {
  policy: string;
  /** Kind of its constraints, in `constraints.gatekeeper.sh/v1beta1`. */
  kind: string;
  /** For `spec.match.kinds` of a constraint. */
  match: readonly { apiGroups: readonly string[]; kinds: readonly string[] }[];
  /** Names for `spec.parameters`. */
  parameters: readonly string[];
  template: KubernetesObject;
}

export const shippedFolder = (): string => join(PACKAGE_ROOT, "policies", "dist");

export function readPolicies(folder: string): ShippedPolicies {
  return JSON.parse(readFileSync(join(folder, "policies.json"), "utf8")) as ShippedPolicies;
}

/** Namespaces of the system that every policy, or the named ones, leaves alone. */
export function readExemptNamespaces(folder: string = shippedFolder()): readonly Exemption[] {
  return (
    JSON.parse(readFileSync(join(folder, "..", "exempt-namespaces.json"), "utf8")) as {
      exempt_namespaces: readonly Exemption[];
    }
  ).exempt_namespaces;
}

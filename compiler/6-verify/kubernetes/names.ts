import { shown } from "./wording.ts";

// The syntaxes of k8s.io/apimachinery/pkg/util/validation.
// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ and .../labels/#syntax-and-character-set
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const RFC_1035_LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const QUALIFIED_NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** What is wrong with a name, or undefined. */
export type NameRule = (name: string) => string | undefined;

const rule =
  (pattern: RegExp, limit: number, what: string): NameRule =>
  (name) => {
    if (name.length > limit) return `${shown(name)} has ${name.length} characters; ${what} may have ${limit}`;
    return pattern.test(name) ? undefined : `${shown(name)} is not ${what}`;
  };

const subdomain = (limit: number): NameRule =>
  rule(SUBDOMAIN, limit, 'a DNS name (a-z, 0-9, "-" and ".", starting and ending with a letter or digit)');
const label = rule(LABEL, 63, 'a DNS label (a-z, 0-9 and "-", starting and ending with a letter or digit)');
const rfc1035Label = rule(
  RFC_1035_LABEL,
  63,
  'a service name (a-z, 0-9 and "-", starting with a letter and ending with a letter or digit)',
);

/** RBAC takes any segment of a path: `system:node`. */
const pathSegment: NameRule = (name) =>
  name === "." || name === ".." || /[/%]/.test(name) ? `${shown(name)} is not a path segment` : undefined;

const anySubdomain = subdomain(253);

/** Kinds whose names are narrower, or wider, than a DNS subdomain. */
const NAME_RULES: Record<string, NameRule> = {
  Namespace: label,
  Service: rfc1035Label,
  Job: subdomain(63), // the name becomes the value of the pods' job-name label
  CronJob: subdomain(52), // the controller appends 11 characters for each Job
  Role: pathSegment,
  ClusterRole: pathSegment,
  RoleBinding: pathSegment,
  ClusterRoleBinding: pathSegment,
};

export function nameProblem(apiVersion: string, kind: string, name: string): string | undefined {
  if (apiVersion.startsWith("constraints.gatekeeper.sh/")) return subdomain(63)(name); // CreateSchema of the constraint framework
  const native = !apiVersion.includes("/") || NATIVE_GROUPS.has(apiVersion.split("/")[0]!);
  return ((native && NAME_RULES[kind]) || anySubdomain)(name);
}

/** Groups whose kinds share names with custom ones (Knative has a Service too). */
const NATIVE_GROUPS = new Set(["batch", "rbac.authorization.k8s.io"]);

export const namespaceProblem: NameRule = label;

function qualifiedNameProblem(key: string, what: string): string | undefined {
  const slash = key.lastIndexOf("/");
  const [prefix, name] = slash < 0 ? [undefined, key] : [key.slice(0, slash), key.slice(slash + 1)];
  if (name.length > 63) return `${what} ${shown(name)} has ${name.length} characters, may have 63`;
  if (!QUALIFIED_NAME.test(name))
    return `${shown(name)} is not ${what} (letters, digits, "-", "_" and ".", starting and ending with a letter or digit)`;
  if (prefix !== undefined && (prefix.length > 253 || !SUBDOMAIN.test(prefix)))
    return `the prefix ${shown(prefix)} of ${what} is not a DNS name`;
  return undefined;
}

/** Keys are few, and stand in every object. */
function remembered(rule: NameRule): NameRule {
  const known = new Map<string, string | undefined>();
  return (key) => {
    if (!known.has(key)) known.set(key, rule(key));
    return known.get(key);
  };
}

export const labelKeyProblem = remembered((key) => qualifiedNameProblem(key, "a label key"));

/** The API server lower-cases an annotation's key before it looks at it. */
export const annotationKeyProblem = remembered((key) => qualifiedNameProblem(key.toLowerCase(), "an annotation key"));

export const labelValueProblem: NameRule = (value) => {
  if (value === "") return undefined;
  if (value.length > 63) return `the label value ${shown(value)} has ${value.length} characters, may have 63`;
  if (QUALIFIED_NAME.test(value)) return undefined;
  return `${shown(value)} is not a label value (letters, digits, "-", "_" and ".", starting and ending with a letter or digit)`;
};

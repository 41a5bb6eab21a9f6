import { parsePath, type PathSegment } from "../diagnostics/config-path.ts";
import { fields } from "../2-validate/generated/fields.ts";
import type { Target } from "../5-emit/target.ts";

/**
 * What lower itself makes something of: where things go, what they are called, which add-ons there are and with which
 * values.
 */
const CORE = [
  "name",
  "repository",
  "library",
  "management",
  "environments",
  "teams",
  "clouds.*.regions",
  "clusters.*.cloud",
  "clusters.*.region",
  "clusters.*.environment",
  "services.*.team",
  "services.*.kind",
  "services.*.placement",
  "services.*.overrides",
  "resilience.enabled",
  "resilience.environments",
  "security",
  "targets",
  "patches",
  "services.*.tag",
  "services.*.chaos",
  "services.*.slos",
  "observability.metrics",
];

interface Node {
  /** The field as consumers name it: `services.*.ports.*.port`, `services.*.dependsOn[*]`. */
  pattern: string;
  children: Map<string, Node>;
}

/** All fields of the config as a tree, whose keys are field names, `*` for declared names and `[*]` for indexes. */
let tree: Node | undefined;

function fieldTree(): Node {
  if (tree !== undefined) return tree;
  tree = { pattern: "", children: new Map() };
  for (const field of fields) {
    let node = tree;
    for (const step of field.replaceAll("[*]", ".[*]").split(".")) {
      let child = node.children.get(step);
      const separator = step === "[*]" || node.pattern === "" ? "" : ".";
      if (child === undefined)
        node.children.set(step, (child = { pattern: `${node.pattern}${separator}${step}`, children: new Map() }));
      node = child;
    }
  }
  return tree;
}

const below = ({ children }: Node, segment: PathSegment): Node | undefined =>
  typeof segment === "number" ? children.get("[*]") : (children.get(segment) ?? children.get("*"));

/** A config path as the pattern of its nearest field: `services.web.ports.http.port` → `services.*.ports.*.port`. */
export function fieldOf(path: string | readonly PathSegment[]): string {
  let node = fieldTree();
  for (const segment of typeof path === "string" ? parsePath(path) : path) {
    const child = below(node, segment);
    if (child === undefined) break;
    node = child;
  }
  return node.pattern;
}

/**
 * Adds the field of every value: `node` is the nearest one, and `inside` says that the value lies deeper than fields
 * go.
 */
function collect(value: unknown, node: Node, inside: boolean, found: Set<string>): void {
  if (value === undefined) return;
  if (value === null || typeof value !== "object") return void found.add(node.pattern);
  const visit = (segment: PathSegment, child: unknown): void => {
    const next = inside ? undefined : below(node, segment);
    collect(child, next ?? node, next === undefined, found);
  };
  if (Array.isArray(value)) value.forEach((child, index) => visit(index, child));
  else for (const key of Object.keys(value)) visit(key, (value as Record<string, unknown>)[key]);
}

/** Whether one of the patterns is the field or contains it. */
export const covers = (patterns: readonly string[], field: string): boolean =>
  patterns.some(
    (pattern) => field === pattern || (field.startsWith(pattern) && /^[.[]/.test(field.slice(pattern.length))),
  );

/**
 * Fields that the config writes and no active target consumes, each as the shortest pattern under which nothing is
 * consumed.
 */
export function unconsumed(config: unknown, targets: readonly { target: Pick<Target<never>, "consumes"> }[]): string[] {
  const consumed = [...CORE, ...targets.flatMap(({ target }) => target.consumes)].map((pattern) =>
    pattern.replace(/\.\*$/, ""),
  );
  const written = new Set<string>();
  collect(config, fieldTree(), false, written);
  const left = [...written].filter((field) => !covers(consumed, field));
  const shortest = left.map((field) => {
    const steps = field.split(".");
    for (let length = 1; length < steps.length; length++) {
      const prefix = steps.slice(0, length).join(".");
      if (
        steps[length - 1] !== "*" &&
        ![...written].some((other) => covers([prefix], other) && covers(consumed, other)) &&
        !consumed.some((pattern) => covers([prefix], pattern))
      )
        return prefix;
    }
    return field;
  });
  return [...new Set(shortest.map((field) => field.replace(/\[\*\]$/, "")))].sort();
}

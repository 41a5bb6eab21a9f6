import { parsePath, type PathSegment } from "../diagnostics/config-path.ts";
import { fields } from "../2-validate/generated/fields.ts";
import type { Target } from "./target.ts";

/** What lower itself makes something of: where things go, what they are called, which add-ons there are and with which values. */
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
  children: Map<string, Node>;
}

/** All fields of the config as a tree, whose keys are field names, `*` for declared names and `[*]` for indexes. */
let tree: Node | undefined;

function fieldTree(): Node {
  if (tree !== undefined) return tree;
  tree = { children: new Map() };
  for (const field of fields) {
    let node = tree;
    for (const step of field.replaceAll("[*]", ".[*]").split(".")) {
      let child = node.children.get(step);
      if (child === undefined) node.children.set(step, (child = { children: new Map() }));
      node = child;
    }
  }
  return tree;
}

/** A config path as the pattern of its nearest field: `services.web.ports.http.port` → `services.*.ports.*.port`. */
export function fieldOf(path: string | readonly PathSegment[]): string {
  let node = fieldTree();
  let pattern = "";
  for (const segment of typeof path === "string" ? parsePath(path) : path) {
    const step = typeof segment === "number" ? "[*]" : node.children.has(segment) ? segment : "*";
    const child = node.children.get(step);
    if (child === undefined) break;
    pattern += step === "[*]" ? step : pattern === "" ? step : `.${step}`;
    node = child;
  }
  return pattern;
}

/** Whether one of the patterns is the field or contains it. */
export const covers = (patterns: readonly string[], field: string): boolean =>
  patterns.some((pattern) => field === pattern || (field.startsWith(pattern) && /^[.[]/.test(field.slice(pattern.length))));

/** Fields that the config writes and no active target consumes, each as the shortest pattern under which nothing is consumed. */
export function unconsumed(config: unknown, targets: readonly { target: Pick<Target<never>, "consumes"> }[]): string[] {
  const consumed = [...CORE, ...targets.flatMap(({ target }) => target.consumes)].map((pattern) => pattern.replace(/\.\*$/, ""));
  const written = new Set([...leaves(config, [])].map(fieldOf));
  const left = [...written].filter((field) => !covers(consumed, field));
  const shortest = left.map((field) => {
    const steps = field.split(".");
    for (let length = 1; length < steps.length; length++) {
      const prefix = steps.slice(0, length).join(".");
      if (steps[length - 1] !== "*" && ![...written].some((other) => covers([prefix], other) && covers(consumed, other)) && !consumed.some((pattern) => covers([prefix], pattern))) return prefix;
    }
    return field;
  });
  return [...new Set(shortest.map((field) => field.replace(/\[\*\]$/, "")))].sort();
}

function* leaves(value: unknown, path: PathSegment[]): Generator<PathSegment[]> {
  if (Array.isArray(value)) for (const [index, child] of value.entries()) yield* leaves(child, [...path, index]);
  else if (value !== null && typeof value === "object") for (const [key, child] of Object.entries(value)) yield* leaves(child, [...path, key]);
  else if (value !== undefined) yield path;
}

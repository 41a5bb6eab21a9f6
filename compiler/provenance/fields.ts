import { below, fieldTree, type FieldNode } from "../2-validate/field-tree.ts";
import type { PathSegment } from "../diagnostics/config-path.ts";

/** The fields of all values of a config. */
function fieldsIn(config: unknown): Set<string> {
  const found = new Set<string>();
  // `node` is the nearest field, and `inside` says that the value lies deeper than fields go.
  const collect = (value: unknown, node: FieldNode, inside: boolean): void => {
    if (value === undefined) return;
    if (value === null || typeof value !== "object") return void found.add(node.pattern);
    if (Array.isArray(value))
      for (let index = 0; index < value.length; index++) enter(index, value[index], node, inside);
    else for (const key of Object.keys(value)) enter(key, (value as Record<string, unknown>)[key], node, inside);
  };
  const enter = (segment: PathSegment, child: unknown, node: FieldNode, inside: boolean): void => {
    const next = inside ? undefined : below(node, segment);
    collect(child, next ?? node, next === undefined);
  };
  collect(config, fieldTree(), false);
  return found;
}

/** Whether a pattern is the field or contains it. */
const covers = (pattern: string, field: string): boolean =>
  field === pattern || (field.startsWith(pattern) && /^[.[]/.test(field.slice(pattern.length)));

/**
 * Fields that a config writes and that have no effect, each as the shortest pattern below which nothing that is written
 * is known to have one.
 */
export function ineffective(
  config: unknown,
  withoutEffect: ReadonlySet<string>,
  unmeasured: ReadonlySet<string>,
): string[] {
  const written = [...fieldsIn(config)];
  const shortest = written
    .filter((field) => withoutEffect.has(field))
    .map((field) => {
      const steps = field.split(".");
      for (let length = 1; length < steps.length; length++) {
        const prefix = steps.slice(0, length).join(".");
        if (steps[length - 1] === "*") continue;
        if (written.every((other) => !covers(prefix, other) || withoutEffect.has(other) || unmeasured.has(other)))
          return prefix;
      }
      return field;
    });
  return [...new Set(shortest.map((field) => field.replace(/\[\*\]$/, "")))].sort();
}

import { parsePath, type PathSegment } from "../diagnostics/config-path.ts";
import { differing, FIXED, isWhole } from "../facts/differences.ts";
import { fields } from "./generated/fields.ts";

/** A field of the config, and those below it by their names, `*` and `[*]`. */
export interface FieldNode {
  /** The field with `*` for declared names and `[*]` for indexes: `services.*.ports.*.port`, `services.*.args[*]`. */
  pattern: string;
  children: Map<string, FieldNode>;
}

/** All fields of the config as a tree, whose keys are field names, `*` and `[*]`. */
let tree: FieldNode | undefined;

export function fieldTree(): FieldNode {
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
  for (const section of Object.keys(FIXED)) {
    const declared = tree.children.get(section)!;
    const entry = isWhole(section) ? declared : declared.children.get("*")!;
    const fields = differing(entry.children);
    // What differs is a field of the entry, wherever it stands.
    for (const place of ["in", "on"])
      for (const [name, field] of fields) entry.children.get(place)!.children.get("*")!.children.set(name, field);
  }
  return tree;
}

/** The field of a step below another one. */
export const below = ({ children }: FieldNode, segment: PathSegment): FieldNode | undefined =>
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

import { JOIN_CALLS, type Layout } from "./joins.ts";

/** As much of Babel as the plugin needs; jiti brings Babel bundled, without types. */
interface Node {
  type: string;
  start?: number | null;
  [field: string]: unknown;
}

interface Property extends Node {
  key: Node;
  value: Node;
  argument: Node;
  computed: boolean;
}

interface Path {
  node: Node & { properties: Property[] };
  replaceWith(node: Node): void;
}

interface Babel {
  types: Record<"callExpression" | "identifier" | "stringLiteral" | "valueToNode", (...parts: unknown[]) => Node>;
}

/** Raise it when the plugin makes other code: transformed files are kept. */
export const PLUGIN_VERSION = 1;

/**
 * Puts calls to {@link Joins} around object literals in which one part may take the place of another: `{ ...a, b: {} }`
 * becomes `join(open(7), { ...part(7, 0, a), b: {} }, [0, ["b"]])`. Part of the transform that runs anyway and is kept,
 * so that a later load pays nothing for it.
 */
export function joinsPlugin({ types: t }: Babel): object {
  const done = new WeakSet<Node>();
  const call = (name: string, ...parts: Node[]): Node => t.callExpression(t.identifier(name), parts);
  return {
    visitor: {
      ObjectExpression: {
        exit(path: Path, { filename = "" }: { filename?: string }) {
          const { node } = path;
          if (done.has(node) || !mayOverride(node.properties)) return;
          done.add(node);
          const id = () => t.stringLiteral(`${filename}:${node.start ?? 0}`);
          const isReplaceable = replaceable(node.properties);
          let slots = 0;
          const slot = (value: Node): [number, Node] => [
            slots,
            call(JOIN_CALLS.part, id(), t.valueToNode(slots++), value),
          ];
          const layout = node.properties.map((property, index): Layout => {
            if (property.type === "SpreadElement") {
              const [number, argument] = slot(property.argument);
              property.argument = argument;
              return number;
            }
            let key: string | number | undefined = nameOf(property);
            if (key === undefined) [key, property.key] = slot(property.key);
            if (property.type !== "ObjectProperty" || !isReplaceable(key, index)) return [key];
            const [number, value] = slot(property.value);
            property.value = value;
            return [key, number];
          });
          path.replaceWith(call(JOIN_CALLS.join, call(JOIN_CALLS.open, id()), node, t.valueToNode(layout)));
        },
      },
    },
  };
}

const isOpen = (property: Property): boolean => property.type === "SpreadElement" || nameOf(property) === undefined;

/** A lone spread as well: the object that it copies may have lost definitions. */
function mayOverride(properties: readonly Property[]): boolean {
  return (
    properties.some(({ type }) => type === "SpreadElement") ||
    (properties.length > 1 && properties.some(isOpen)) ||
    new Set(properties.map(nameOf)).size < properties.length
  );
}

/** Whether a later part may take the place of a value. */
function replaceable(properties: readonly Property[]): (key: string | number, index: number) => boolean {
  const lastOpen = properties.findLastIndex(isOpen);
  const last = new Map(properties.map((property, index) => [nameOf(property), index]));
  return (key, index) =>
    index < lastOpen || (typeof key === "number" ? index < properties.length - 1 : last.get(key)! > index);
}

/** The name of a property, undefined for a spread and for a key that only running the code tells. */
function nameOf({ type, key, computed }: Property): string | undefined {
  if (type === "SpreadElement") return undefined;
  if (key.type === "Identifier" && !computed) return String(key["name"]);
  if (key.type === "StringLiteral" || key.type === "NumericLiteral") return String(key["value"]);
  return undefined;
}

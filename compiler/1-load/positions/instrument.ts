import MagicString from "magic-string";
import {
  parseSync,
  visitorKeys,
  type ArrayExpression,
  type AssignmentExpression,
  type CallExpression,
  type NewExpression,
  type Node,
  type ObjectExpression,
  type ObjectProperty,
} from "oxc-parser";
import type { SourceText, Span } from "../source-text.ts";
import { RECORDER, type Recorder } from "./recorder.ts";
import type { Part, Site } from "./sites.ts";

/** Type syntax is not run; of these nodes only the expression inside matters. */
const TYPED_EXPRESSIONS = new Set(["TSAsExpression", "TSSatisfiesExpression", "TSNonNullExpression", "TSTypeAssertion", "TSInstantiationExpression", "TSExportAssignment"]);

/**
 * The source with calls to the recorder around literals, calls, spreads, computed keys and assignments to members:
 * `{ a: 1, ...b }` becomes `R.e(R.b(7), { a: 1, ...R.s(7, 0, b) })`. Nothing else changes, and every value stays itself.
 */
export function instrument(source: SourceText, recorder: Recorder): string {
  const { program } = parseSync(source.file, source.text, { lang: /\.[cm]?ts$/.test(source.file) ? "ts" : "js" });
  const code = new MagicString(source.text);

  function span({ start, end }: { start: number; end: number }): Span {
    return source.span(start, end);
  }

  function wrap(node: { start: number; end: number }, before: string, inside: () => void): void {
    code.appendLeft(node.start, `${RECORDER}.${before}, `);
    inside();
    code.appendLeft(node.end, ")");
  }

  /** Wraps a value that is made by a site; one that begins before it ends may fill slots, or call functions. */
  function made(node: { start: number; end: number }, site: Site, begins: boolean, inside: (id: number) => void): void {
    const id = recorder.sites.push(site) - 1;
    wrap(node, begins ? `e(${RECORDER}.b(${id})` : `o(${id}`, () => inside(id));
  }

  function visit(node: Node | null | undefined): void {
    if (!node) return;
    switch (node.type) {
      case "ObjectExpression":
        return visitObject(node);
      case "ArrayExpression":
        return visitList(node);
      case "CallExpression":
      case "NewExpression":
        return visitCall(node);
      case "ChainExpression":
        return visitChain(node);
      case "AwaitExpression":
      case "TaggedTemplateExpression":
        return made(node, { kind: "call", span: span(node) }, false, () => visitChildren(node));
      case "AssignmentExpression":
        return visitAssignment(node);
      case "ImportExpression":
        return visit(node.source); // its options belong to the loader
      case "Decorator":
        return;
      default:
        if (TYPED_EXPRESSIONS.has(node.type)) visit((node as Extract<Node, { expression: unknown }>).expression as Node);
        else if (!node.type.startsWith("TS")) visitChildren(node);
    }
  }

  function visitChildren(node: Node): void {
    for (const key of visitorKeys[node.type] ?? []) {
      const child = (node as unknown as Record<string, Node | (Node | null)[] | null>)[key];
      if (Array.isArray(child)) child.forEach(visit);
      else visit(child);
    }
  }

  function visitObject(node: ObjectExpression): void {
    const members = new Map<string, { part: Part; order: number }>();
    const dynamic: { part: Part; order: number }[] = [];
    node.properties.forEach((property, order) => {
      if (property.type === "SpreadElement") {
        dynamic.push({ part: { kind: "spread", value: span(property), slot: dynamic.length }, order });
        return;
      }
      const name = keyName(property);
      const isWhole = property.method || property.kind !== "init"; // the value of `run() {}` begins at its parenthesis
      const spans = { key: span(property.key), value: span(isWhole ? property : property.value) };
      if (name !== undefined) members.set(name, { part: { kind: "member", ...spans }, order });
      else dynamic.push({ part: { kind: "computed", ...spans, slot: dynamic.length }, order });
    });
    made(node, { kind: "object", span: span(node), members, dynamic }, dynamic.length > 0, (id) => {
      let slot = 0;
      for (const property of node.properties) {
        if (property.type === "SpreadElement") {
          wrap(property.argument, `s(${id}, ${slot++}`, () => visit(property.argument));
          continue;
        }
        if (keyName(property) === undefined) wrap(property.key, `s(${id}, ${slot++}`, () => visit(property.key));
        visit(property.value);
      }
    });
  }

  function visitList(node: ArrayExpression): void {
    const items: Part[] = [];
    let slots = 0;
    for (const element of node.elements) {
      if (element?.type === "SpreadElement") items.push({ kind: "spread", value: span(element), slot: slots++ });
      else items.push({ kind: "item", value: element ? span(element) : span(node) });
    }
    made(node, { kind: "list", span: span(node), items, hasSpread: slots > 0 }, slots > 0, (id) => {
      let slot = 0;
      for (const element of node.elements) {
        if (element?.type === "SpreadElement") wrap(element.argument, `i(${id}, ${slot++}`, () => visit(element.argument));
        else visit(element);
      }
    });
  }

  function visitCall(node: CallExpression | NewExpression): void {
    if (node.callee.type === "Super") return visitArguments(node);
    made(node, { kind: "call", span: span(node) }, true, (id) => {
      visit(node.callee);
      visitArguments(node, id);
    });
  }

  function visitArguments(node: CallExpression | NewExpression, id?: number): void {
    node.arguments.forEach((argument, slot) => {
      if (id !== undefined && mayBeObject(argument)) wrap(argument, `s(${id}, ${slot}`, () => visit(argument));
      else visit(argument);
    });
  }

  /** `a?.b().c()`: a call inside would end the chain, so that `undefined` would no longer stop it. */
  function visitChain(node: Extract<Node, { type: "ChainExpression" }>): void {
    made(node, { kind: "call", span: span(node) }, false, () => visitLink(node.expression));
  }

  function visitLink(node: Node): void {
    if (node.type === "CallExpression") {
      visitLink(node.callee);
      visitArguments(node);
    } else if (node.type === "MemberExpression") {
      visitLink(node.object);
      if (node.computed) visit(node.property);
    } else if (node.type === "TSNonNullExpression") {
      visitLink(node.expression);
    } else {
      visit(node);
    }
  }

  /** `object.key = value` and `object[key] = value`, by which loops fill a literal. */
  function visitAssignment(node: AssignmentExpression): void {
    const { left, right } = node;
    if (node.operator !== "=" || left.type !== "MemberExpression" || left.object.type === "Super" || left.property.type === "PrivateIdentifier") {
      return visitChildren(node);
    }
    const id = recorder.targets.push(span(right)) - 1;
    code.appendLeft(node.start, `${RECORDER}.a(${id}, `);
    visit(left.object);
    // What stands between the object, the key and the value is `.`, `[`, `]`, `=`, parentheses and comments.
    if (left.computed) {
      code.overwrite(left.object.end, left.property.start, gap(left.object.end, left.property.start, ", "));
      visit(left.property);
    } else {
      code.overwrite(left.object.end, left.property.end, gap(left.object.end, left.property.end, `, ${JSON.stringify(left.property.name)}`));
    }
    code.overwrite(left.property.end, right.start, gap(left.property.end, right.start, ", "));
    visit(right);
    code.appendLeft(node.end, ")");
  }

  /** Text in the place of other text, with its line ends, so that errors keep their lines. */
  function gap(start: number, end: number, text: string): string {
    return text + source.text.slice(start, end).replace(/[^\r\n]/g, "");
  }

  visit(program);
  return code.toString();
}

/** The name of a property, undefined when only running the code tells. */
export function keyName({ key, computed }: ObjectProperty): string | undefined {
  if (key.type === "Identifier" && !computed) return key.name;
  if (key.type === "Literal") return String(key.value);
  return undefined;
}

/** Whether an argument may be an object that a helper puts into its result. */
function mayBeObject({ type }: Node): boolean {
  return !["Literal", "TemplateLiteral", "ArrowFunctionExpression", "FunctionExpression", "SpreadElement"].includes(type);
}

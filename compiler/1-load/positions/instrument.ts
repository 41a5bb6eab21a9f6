import MagicString from "magic-string";
import {
  parseSync,
  visitorKeys,
  type ArrayExpression,
  type AssignmentExpression,
  type CallExpression,
  type ChainExpression,
  type NewExpression,
  type Node,
  type ObjectExpression,
} from "oxc-parser";
import type { SourceText, Span } from "../source-text.ts";
import { exportsIn } from "./exports.ts";
import { keyName } from "./key-name.ts";
import { CALLS, type Recorder } from "./recorder.ts";
import type { ListSite, ObjectSite, Part, Site } from "./sites.ts";

interface Range {
  start: number;
  end: number;
}

type TypedExpression = Extract<Node, { type: "TSAsExpression" | "TSSatisfiesExpression" | "TSNonNullExpression" }>;

/** Type syntax is not run; of these nodes only the expression inside matters. */
const TYPED_EXPRESSIONS = new Set([
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSNonNullExpression",
  "TSTypeAssertion",
  "TSInstantiationExpression",
  "TSExportAssignment",
]);

/**
 * The source with calls to the recorder around literals, calls, spreads, computed keys and assignments to members:
 * `{ a: 1, ...b }` becomes `end(begin(7), { a: 1, ...slot(7, 0, b) })`. Nothing else changes; every value stays itself.
 */
export function instrument(source: SourceText, recorder: Recorder): string {
  const { program } = parseSync(source.file, source.text, { lang: /\.[cm]?ts$/.test(source.file) ? "ts" : "js" });
  recorder.written.set(source.file, exportsIn(program, source));
  const code = new MagicString(source.text);
  const { made, begin, end, slot, items, assign } = CALLS;
  /** The literals and calls around a place, as far as the function that it is in. */
  let around: Site[] = [];

  function span({ start, end }: Range): Span {
    return source.span(start, end);
  }

  function addSite(site: Site): number {
    return recorder.sites.push(site) - 1;
  }

  function wrap(node: Range, call: string, inside: () => void): void {
    code.appendLeft(node.start, `${call}, `);
    inside();
    code.appendLeft(node.end, ")");
  }

  /** What has a beginning and an end for the recorder. */
  function evaluate(node: Range, site: Site, id: number, inside: () => void): void {
    around.push(site);
    wrap(node, `${end}(${begin}(${id})`, inside);
    around.pop();
  }

  function visit(node: Node | null | undefined): void {
    if (!node) return;
    switch (node.type) {
      case "ObjectExpression":
      case "ArrayExpression":
        visitLiteral(node, false);
        return;
      case "CallExpression":
      case "NewExpression":
        return visitCall(node);
      case "ChainExpression":
        return visitChain(node);
      case "ArrowFunctionExpression":
      case "FunctionDeclaration":
      case "FunctionExpression":
        return visitFunction(node);
      case "YieldExpression":
        waitAround();
        return visitChildren(node);
      case "AwaitExpression":
        waitAround();
        return visitValueOf(node);
      case "TaggedTemplateExpression":
        return visitValueOf(node);
      case "AssignmentExpression":
        return visitAssignment(node);
      case "ImportExpression":
        return visit(node.source); // its options belong to the loader
      case "Decorator":
        return;
      default:
        if (isTyped(node)) visit(node.expression);
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

  /** An expression that makes a value in a way of its own. */
  function visitValueOf(node: Node): void {
    wrap(node, `${made}(${addSite({ kind: "call", span: span(node) })}`, () => visitChildren(node));
  }

  function visitFunction(node: Node): void {
    const outside = around;
    around = [];
    visitChildren(node);
    around = outside;
  }

  function waitAround(): void {
    for (const site of around) site.waits = true;
  }

  /**
   * The site of a literal. One inside of a literal whose keys are all written is recorded with that one, without a
   * call.
   */
  function visitLiteral(
    node: ObjectExpression | ArrayExpression,
    isReached: boolean,
    argumentOf?: Site["argumentOf"],
  ): number {
    const site: Site = node.type === "ObjectExpression" ? objectSite(node) : listSite(node);
    site.argumentOf = argumentOf;
    const hasSlots = site.kind === "object" ? site.dynamic.length > 0 : site.hasSpread;
    const id = addSite(site);
    const inside = () =>
      node.type === "ObjectExpression"
        ? visitMembers(node, site as ObjectSite, id)
        : visitItems(node, site as ListSite, id);
    if (hasSlots) evaluate(node, site, id, inside);
    else if (isReached) inside();
    else wrap(node, `${made}(${id}`, inside);
    return id;
  }

  function objectSite(node: ObjectExpression): ObjectSite {
    const site: ObjectSite = { kind: "object", span: span(node), members: new Map(), dynamic: [] };
    node.properties.forEach((property, order) => {
      const name = property.type === "Property" ? keyName(property) : undefined;
      const part = memberPart(property, site.dynamic.length);
      if (name === undefined) site.dynamic.push({ part, order });
      else site.members.set(name, { part, order });
    });
    return site;
  }

  function memberPart(property: ObjectExpression["properties"][number], slot: number): Part {
    if (property.type === "SpreadElement") return { kind: "spread", value: span(property), slot };
    const isWhole = property.method || property.kind !== "init"; // the value of `run() {}` begins at its parenthesis
    const spans = { key: span(property.key), value: span(isWhole ? property : property.value) };
    return keyName(property) === undefined
      ? { kind: "computed", ...spans, slot }
      : { kind: "member", ...spans, passed: isName(property.value) };
  }

  function visitMembers(node: ObjectExpression, { members, dynamic }: ObjectSite, id: number): void {
    let slots = 0;
    for (const [order, property] of node.properties.entries()) {
      if (property.type === "SpreadElement") {
        wrap(property.argument, `${slot}(${id}, ${slots++}`, () => visit(property.argument));
        continue;
      }
      const name = keyName(property);
      if (name === undefined) wrap(property.key, `${slot}(${id}, ${slots++}`, () => visit(property.key));
      const member = name === undefined ? undefined : members.get(name);
      visitValue(property.value, dynamic.length === 0, member?.order === order ? member.part : undefined); // of a key that is written twice, the last is reached
    }
  }

  function listSite(node: ArrayExpression): ListSite {
    let slots = 0;
    const items = node.elements.map((element): Part => {
      if (element?.type === "SpreadElement") return { kind: "spread", value: span(element), slot: slots++ };
      return { kind: "item", value: span(element ?? node), passed: element !== null && isName(element) };
    });
    return { kind: "list", span: span(node), items, hasSpread: slots > 0 };
  }

  function visitItems(node: ArrayExpression, site: ListSite, id: number): void {
    let slots = 0;
    node.elements.forEach((element, index) => {
      if (element?.type === "SpreadElement")
        wrap(element.argument, `${items}(${id}, ${slots++}`, () => visit(element.argument));
      else if (element) visitValue(element, !site.hasSpread, site.items[index]);
    });
  }

  /** A value inside of a literal; when it is a literal too, its part of the outer one leads to it. */
  function visitValue(node: Node, isReached: boolean, part: Part | undefined): void {
    const literal = withoutTypes(node);
    if (literal.type !== "ObjectExpression" && literal.type !== "ArrayExpression") return visit(node);
    const mayReach = isReached && (part?.kind === "member" || part?.kind === "item");
    const id = visitLiteral(literal, mayReach);
    if (mayReach) part.literal = id;
  }

  function visitCall(node: CallExpression | NewExpression): void {
    const passed = new Set(node.arguments.flatMap((argument, index) => (isName(argument) ? [index] : [])));
    const site: Site = { kind: "call", span: span(node), passed };
    const id = addSite(site);
    evaluate(node, site, id, () => {
      visit(node.callee);
      visitArguments(node, id);
    });
  }

  function visitArguments(node: CallExpression | NewExpression, call?: number): void {
    node.arguments.forEach((argument, index) => {
      if (call === undefined || !mayBeObject(argument)) return visit(argument);
      const literal = withoutTypes(argument);
      const isLiteral = literal.type === "ObjectExpression" || literal.type === "ArrayExpression";
      if (isLiteral) visitLiteral(literal, false, { call, slot: index });
      else wrap(argument, `${slot}(${call}, ${index}`, () => visit(argument));
    });
  }

  /** `a?.b().c()`: a call inside would end the chain, so that `undefined` would no longer stop it. */
  function visitChain(node: ChainExpression): void {
    wrap(node, `${made}(${addSite({ kind: "call", span: span(node) })}`, () => visitLink(node.expression));
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
    if (
      node.operator !== "=" ||
      left.type !== "MemberExpression" ||
      left.object.type === "Super" ||
      left.property.type === "PrivateIdentifier"
    ) {
      return visitChildren(node);
    }
    const id = recorder.targets.push(span(right)) - 1;
    code.appendLeft(node.start, `${assign}(${id}, `);
    visit(left.object);
    // What stands between the object, the key and the value is `.`, `[`, `]`, `=`, parentheses and comments.
    if (left.computed) {
      code.overwrite(left.object.end, left.property.start, gap(left.object.end, left.property.start, ", "));
      visit(left.property);
    } else {
      code.overwrite(
        left.object.end,
        left.property.end,
        gap(left.object.end, left.property.end, `, ${JSON.stringify(left.property.name)}`),
      );
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

function isTyped(node: Node): node is TypedExpression {
  return TYPED_EXPRESSIONS.has(node.type);
}

function withoutTypes(node: Node): Node {
  let current = node;
  while (isTyped(current) || current.type === "ParenthesizedExpression") current = current.expression;
  return current;
}

/** `name` and `object.name`: no value is written here. */
const isName = (node: Node): boolean => ["Identifier", "MemberExpression"].includes(withoutTypes(node).type);

/** Whether an argument may be an object that a helper puts into its result. */
function mayBeObject({ type }: Node): boolean {
  return !["Literal", "TemplateLiteral", "ArrowFunctionExpression", "FunctionExpression", "SpreadElement"].includes(
    type,
  );
}

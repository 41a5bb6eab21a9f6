import { parseSync, type Expression, type Node, type Program } from "oxc-parser";
import type { PathSegment } from "../../diagnostics/config-path.ts";
import type { SourceText } from "../source-text.ts";
import { keyName } from "./key-name.ts";
import type { Trace } from "./trace.ts";

/**
 * Positions without running anything: follows a path through the literals of one file. For when the second load fails.
 */
export class SyntaxTrace {
  readonly #source: SourceText;
  readonly #constants = new Map<string, Expression>();
  readonly #root: Expression | undefined;

  constructor(source: SourceText) {
    this.#source = source;
    const { program } = parseSync(source.file, source.text, { preserveParens: false });
    this.#declare(program);
    const exported = program.body.find((statement) => statement.type === "ExportDefaultDeclaration")?.declaration;
    this.#root = exported && isExpression(exported) ? this.#literalOf(exported) : undefined;
  }

  trace(path: readonly PathSegment[], key = false): Trace {
    let node = this.#root;
    if (!node) return { depth: 0 };
    let result: Trace = { span: this.#source.span(node.start, node.end), depth: 0 };
    for (const [index, segment] of path.entries()) {
      const member: { key?: Node; value: Expression } | undefined = node && memberOf(node, segment);
      if (!member) return result;
      node = this.#literalOf(member.value);
      const isAsked = index === path.length - 1;
      const { start, end } = isAsked && key && member.key ? member.key : member.value;
      result = { span: this.#source.span(start, end), depth: index + 1 };
    }
    return result;
  }

  #declare(program: Program): void {
    for (const statement of program.body) {
      const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
      if (declaration?.type !== "VariableDeclaration" || declaration.kind !== "const") continue;
      for (const { id, init } of declaration.declarations) {
        if (id.type === "Identifier" && init) this.#constants.set(id.name, init);
      }
    }
  }

  /** Through `as const`, `satisfies`, helpers such as defineEcosystem() and constants, to the literal behind. */
  #literalOf(node: Expression): Expression {
    const seen = new Set<Expression>();
    for (let current = node; !seen.has(current);) {
      seen.add(current);
      const inner = this.#inner(current);
      if (!inner) return current;
      current = inner;
    }
    return node; // constants that refer to each other
  }

  #inner(node: Expression): Expression | undefined {
    switch (node.type) {
      case "TSAsExpression":
      case "TSSatisfiesExpression":
      case "TSNonNullExpression":
      case "TSTypeAssertion":
        return node.expression;
      case "AwaitExpression":
        return node.argument;
      case "Identifier":
        return this.#constants.get(node.name);
      case "CallExpression": {
        const [argument] = node.arguments; // what defineEcosystem() and the like are given is what they return
        return argument && isExpression(argument) ? argument : undefined;
      }
      default:
        return undefined;
    }
  }
}

function memberOf(node: Expression, segment: PathSegment): { key?: Node; value: Expression } | undefined {
  if (node.type === "ObjectExpression") {
    return node.properties.findLast(
      (property) => property.type === "Property" && keyName(property) === String(segment),
    ) as { key: Node; value: Expression } | undefined;
  }
  if (node.type !== "ArrayExpression" || typeof segment !== "number") return undefined;
  const item = node.elements[segment];
  const isPlain = !node.elements.slice(0, segment + 1).some((element) => element?.type === "SpreadElement");
  return item && isPlain && isExpression(item) ? { value: item } : undefined;
}

function isExpression(node: Node): node is Expression {
  return !/Declaration$|^SpreadElement$/.test(node.type);
}

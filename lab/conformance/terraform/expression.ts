/** Expressions, parsed by HCL's own parser: the types they yield and the names they refer to. */
import hcl from "@cdktn/hcl2json";
import type { Type } from "./provider-schema.ts";
import { callType } from "./functions.ts";
import { common, converts, element, isPrimitive, object, show } from "./types.ts";

/** The part of hcl2json's syntax tree that is read here. */
export interface Ast {
  type: string;
  children: Ast[];
  range: { start: { byte: number } };
  meta?: {
    value: string;
    type?: string;
    name?: string;
    keyVar?: string;
    valVar?: string;
    returnType?: string;
    /** f(list...) */
    expandedFinalArgument?: boolean;
    traversal?: { type: "nameTraversal" | "indexTraversal"; segment: string }[];
  };
}

/** The names an expression can see, and where to say what is wrong with it. */
export interface Scope {
  /**
   * The type of a root name (var, local, each, a resource type, the variable of a `for`), or undefined when there is
   * none.
   */
  root: (name: string) => Type | undefined;
  /** Told of each reference's first two names, whether they exist or not. */
  used: (root: string, name: string) => void;
  report: (message: string) => void;
}

const parsed = new Map<string, Promise<Ast>>();

/** The syntax tree of an expression; modules repeat many, so trees are kept. */
export function parseExpression(text: string): Promise<Ast> {
  const known = parsed.get(text);
  if (known) return known;
  const tree = hcl.getExpressionAst("expression.tf", `${text}\n`).then((ast) => {
    const keyed = ast as unknown as Ast;
    nameKeys(keyed, Buffer.from(text));
    return keyed;
  });
  parsed.set(text, tree);
  return tree;
}

/** hcl2json leaves bare object keys without a name: read it from the text. */
function nameKeys(ast: Ast, text: Buffer): void {
  if (ast.type === "object") {
    for (const key of ast.children.filter((_, index) => index % 2 === 0)) {
      const bare = /^[\p{ID_Start}_][\p{ID_Continue}-]*/u.exec(text.subarray(key.range.start.byte).toString())?.[0];
      key.meta = { value: key.children.length === 0 ? (bare ?? "") : (stringLiteral(key.children[0]!) ?? "") };
    }
  }
  for (const child of ast.children) nameKeys(child, text);
}

const stringLiteral = (ast: Ast): string | undefined => {
  const [only, ...others] = ast.children;
  return ast.type === "template" && others.length === 0 && only?.type === "literalValue" ? only.meta!.value : undefined;
};

const muted = (scope: Scope): Scope => ({ ...scope, report: () => {} });

/** The type an expression yields ("dynamic" when unknown); reports every reference that leads nowhere. */
export function infer(ast: Ast, scope: Scope): Type {
  const inferAll = (children: Ast[]) => children.map((child) => infer(child, scope));
  switch (ast.type) {
    case "literalValue":
      return (ast.meta!.type ?? "dynamic") as Type;
    case "template":
      inferAll(ast.children);
      return "string";
    case "templateWrap":
      return infer(ast.children[0]!, scope);
    case "tuple":
      return ["tuple", inferAll(ast.children)];
    case "object":
      return inferObject(ast, scope);
    case "for":
      return inferFor(ast, scope);
    case "conditional": {
      const [, whenTrue, whenFalse] = inferAll(ast.children);
      return whenTrue === "dynamic"
        ? whenFalse!
        : whenFalse === "dynamic"
          ? whenTrue!
          : common([whenTrue!, whenFalse!]);
    }
    case "function": {
      const name = ast.meta!.name!;
      // Asking whether a name exists is what these are for.
      const quiet = name === "try" || name === "can";
      const args = ast.children.map((child) => infer(child, quiet ? muted(scope) : scope));
      return callType(name, ast.meta!.expandedFinalArgument ? [...args.slice(0, -1), element(args.at(-1)!)] : args);
    }
    case "binaryOp":
    case "unaryOp":
      inferAll(ast.children);
      return (ast.meta!.returnType ?? "dynamic") as Type;
    case "scopeTraversal":
    case "index":
    case "relativeTraversal":
    case "splat":
      return inferPath(ast, scope);
    default:
      // Parentheses.
      return inferAll(ast.children)[0] ?? "dynamic";
  }
}

function inferObject(ast: Ast, scope: Scope): Type {
  const fields: Record<string, Type> = {};
  let computedKey = false;
  for (let index = 0; index < ast.children.length; index += 2) {
    const key = ast.children[index]!;
    const value = infer(ast.children[index + 1]!, scope);
    for (const child of key.children) infer(child, scope);
    if (key.meta!.value === "") computedKey = true;
    else fields[key.meta!.value] = value;
  }
  return computedKey ? ["map", "dynamic"] : object(fields);
}

function inferFor(ast: Ast, scope: Scope): Type {
  const [collection, ...inner] = ast.children;
  const over = infer(collection!, scope);
  const item = element(over);
  const { keyVar, valVar } = ast.meta!;
  const isList = Array.isArray(over) && (over[0] === "list" || over[0] === "tuple");
  const types = inner.map((child) =>
    infer(child, {
      ...scope,
      root: (name) => (name === valVar ? item : name === keyVar ? (isList ? "number" : "string") : scope.root(name)),
    }),
  );
  // { for k, v in x : key => value } has two results; `...` after the value groups it.
  if (ast.meta!.value.startsWith("[")) return ["list", types[0]!];
  return ["map", ast.meta!.value.includes("...") ? "dynamic" : types[1]!];
}

type Step = { name: string } | { index: string } | { splat: true };

const ownSteps = ({ meta }: Ast): Step[] =>
  (meta?.traversal ?? []).map(({ type, segment }) =>
    type === "nameTraversal" ? { name: segment } : { index: segment },
  );

/** A traversal as one sequence of steps from its root, however the parser nested it. */
function steps(ast: Ast, scope: Scope): Step[] | undefined {
  const traversal = ownSteps(ast);
  if (ast.type === "scopeTraversal") return traversal;
  const [source, inner] = ast.children;
  const before =
    source && ["scopeTraversal", "index", "relativeTraversal", "splat"].includes(source.type)
      ? steps(source, scope)
      : undefined;
  if (!before) {
    for (const child of ast.children.filter(({ meta }) => meta)) infer(child, scope);
    return undefined;
  }
  if (ast.type === "index") {
    infer(inner!, scope);
    return [...before, { index: stringLiteral(inner!) ?? "" }];
  }
  if (ast.type === "splat") return [...before, { splat: true }, ...ownSteps(inner!)];
  return [...before, ...traversal];
}

function inferPath(ast: Ast, scope: Scope): Type {
  const path = steps(ast, scope);
  const [first, ...rest] = path ?? [];
  if (!first || !("name" in first)) return "dynamic";
  const second = rest[0] && "name" in rest[0] ? rest[0].name : "";
  scope.used(first.name, second);
  const root = scope.root(first.name);
  if (root === undefined) {
    scope.report(`${[first.name, second].filter(Boolean).join(".")} is not declared`);
    return "dynamic";
  }
  return follow(root, rest, first.name, scope);
}

function follow(type: Type, [step, ...rest]: Step[], path: string, scope: Scope): Type {
  if (!step || type === "dynamic") return type;
  if ("splat" in step) {
    const item = Array.isArray(type) && ["list", "set", "tuple"].includes(type[0]) ? element(type) : type;
    return ["list", follow(item, rest, `${path}[*]`, scope)];
  }
  const name = "name" in step ? step.name : step.index.replace(/^"|"$/g, "");
  const next = "name" in step ? `${path}.${name}` : `${path}[${step.index}]`;
  if (typeof type === "string") {
    scope.report(`${next}: ${path} is a ${type}`);
    return "dynamic";
  }
  if (type[0] === "object" && name !== "") {
    const field = type[1][name];
    if (field === undefined) scope.report(`${next} is not declared`);
    return field === undefined ? "dynamic" : follow(field, rest, next, scope);
  }
  if ("name" in step && type[0] !== "map" && type[0] !== "object") {
    scope.report(
      `${next}: ${path} is a ${type[0] === "tuple" ? "list" : type[0]}, which needs an index or a splat first`,
    );
    return "dynamic";
  }
  if ("index" in step && type[0] === "set") {
    scope.report(`${next}: elements of a set have no index`);
    return "dynamic";
  }
  return follow(element(type), rest, next, scope);
}

/** Why an expression cannot be assigned to a type, or nothing. References are reported by `infer` alone. */
export function mismatch(ast: Ast, type: Type, scope: Scope, at = ""): string[] {
  const where = at === "" ? "" : `${at}: `;
  if (type === "dynamic") return [];
  if (ast.type === "templateWrap") return mismatch(ast.children[0]!, type, scope, at);
  if (ast.type === "conditional") return ast.children.slice(1).flatMap((branch) => mismatch(branch, type, scope, at));
  if (ast.type === "tuple" && Array.isArray(type) && (type[0] === "list" || type[0] === "set")) {
    return ast.children.flatMap((child, index) => mismatch(child, type[1], scope, `${at}[${index}]`));
  }
  if (ast.type === "object" && Array.isArray(type) && (type[0] === "map" || type[0] === "object")) {
    return objectMismatch(ast, type, scope, at);
  }
  const literal = stringLiteral(ast);
  if (literal !== undefined && type === "number" && (literal.trim() === "" || Number.isNaN(Number(literal)))) {
    return [`${where}a number is wanted, found ${JSON.stringify(literal)}`];
  }
  if (literal !== undefined && type === "bool" && literal !== "true" && literal !== "false") {
    return [`${where}true or false is wanted, found ${JSON.stringify(literal)}`];
  }
  const found = infer(ast, muted(scope));
  if (converts(found, type)) return [];
  return [
    `${where}${show(type)} is wanted, found ${isPrimitive(found) ? `the ${found} ${ast.meta?.value ?? ""}` : show(found)}`,
  ];
}

function objectMismatch(ast: Ast, type: Exclude<Type, string>, scope: Scope, at: string): string[] {
  const problems: string[] = [];
  const given = new Set<string>();
  for (let index = 0; index < ast.children.length; index += 2) {
    const name = ast.children[index]!.meta!.value;
    const path = at === "" ? name : `${at}.${name}`;
    given.add(name);
    const wanted = type[0] === "object" ? type[1][name] : element(type);
    // Terraform drops an attribute that the type does not have, and with it what the author meant.
    if (wanted === undefined) problems.push(`${path} is not an attribute of ${show(type)}`);
    else problems.push(...mismatch(ast.children[index + 1]!, wanted, scope, path));
  }
  if (type[0] !== "object" || given.has("")) return problems;
  const missing = Object.keys(type[1]).filter((name) => !given.has(name) && !type[2]?.includes(name));
  return [...problems, ...missing.map((name) => `${at === "" ? name : `${at}.${name}`} is missing`)];
}

import semver from "semver";
import { JsonSyntaxError, parseJsonSource, type JsonNode } from "../../1-load/json-source.ts";
import type { Standing } from "./templates.ts";

type Members = Record<string, unknown>;

/** Where a package may name another one. */
const DEPENDENCIES = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];

/** A package that says one of these is meant for a registry. */
const PUBLISHED = ["publishConfig", "files", "bin", "exports"];

/**
 * TypeScript that knows every option of the project's tsconfig.json:
 * https://www.typescriptlang.org/docs/handbook/release-notes/typescript-5-8.html
 */
const TYPESCRIPT = ">=5.8";

/**
 * An existing package.json with what it lacks. No value that it has is changed, and its text stays as it is beside the
 * additions. `hasScripts`: whether there are `.js` files, which `"type": "module"` would turn into something else; the
 * project itself works with either type.
 */
export function completePackage(existing: string, wanted: string, hasScripts: () => boolean): Standing {
  let root: JsonNode;
  try {
    root = parseJsonSource(existing);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return { kind: "conflict", why: `is no JSON: ${error.message}` };
    throw error;
  }
  const has = JSON.parse(existing.replace(/^\ufeff/, "")) as unknown;
  if (!isObject(has)) return { kind: "conflict", why: "holds no object" };
  const template = JSON.parse(wanted) as Members;
  const broken = Object.keys(template).find(
    (key) => isObject(template[key]) && Object.hasOwn(has, key) && !isObject(has[key]),
  );
  if (broken !== undefined) return { kind: "conflict", why: `has a "${broken}" that is no object` };
  const typescript = namedPackages(has)["typescript"];
  if (
    typeof typescript === "string" &&
    semver.validRange(typescript) !== null &&
    !semver.intersects(typescript, TYPESCRIPT, { includePrerelease: true })
  ) {
    return {
      kind: "conflict",
      why: `names typescript ${typescript}, which does not know every option of tsconfig.json: make it ${TYPESCRIPT}`,
    };
  }

  const lacks = additions(has, template, hasScripts);
  if (lacks.length === 0) return { kind: "kept", why: "it has everything" };
  const added = lacks.flatMap(([key, value]) =>
    isObject(value) ? Object.keys(value).map((name) => `${key}.${name}`) : key,
  );
  return { kind: "completed", added, content: insert(existing, root, lacks) };
}

/** Members of the template that are not there; of an object those of its members. */
function additions(has: Members, template: Members, hasScripts: () => boolean): [key: string, value: unknown][] {
  const named = namedPackages(has);
  return Object.entries(template).flatMap(([key, value]): [string, unknown][] => {
    if (!isObject(value))
      return Object.hasOwn(has, key) ||
        (key === "type" && hasScripts()) ||
        (key === "private" && PUBLISHED.some((field) => Object.hasOwn(has, field)))
        ? []
        : [[key, value]];
    const there = key === "devDependencies" ? named : ((has[key] ?? {}) as Members);
    const missing = Object.entries(value).filter(([name]) => !Object.hasOwn(there, name));
    return missing.length === 0 ? [] : [[key, Object.fromEntries(missing)]];
  });
}

const namedPackages = (has: Members): Members =>
  Object.assign({}, ...DEPENDENCIES.map((key) => has[key]).filter(isObject)) as Members;

const isObject = (value: unknown): value is Members =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/**
 * Each at the end of the object that it belongs to, as that object is written. Last places first, so that the others
 * stay where they are.
 */
function insert(text: string, root: JsonNode, lacks: readonly [key: string, value: unknown][]): string {
  const step = lead(text, root);
  const inside = lacks
    .filter(([key]) => root.children.has(key))
    .map(([key, value]) => edit(text, root.children.get(key)!.node, Object.entries(value as Members), step, step));
  const beside = lacks.filter(([key]) => !root.children.has(key));
  const edits = beside.length === 0 ? inside : [...inside, edit(text, root, beside, "\n", step)];
  return edits
    .sort((a, b) => b.from - a.from)
    .reduce((done, { from, to, put }) => done.slice(0, from) + put + done.slice(to), text);
}

interface Edit {
  from: number;
  to: number;
  put: string;
}

/**
 * What stands before each member of an object: a line end and spaces, or nothing but spaces where all is on one line.
 */
function lead(text: string, { start, children }: JsonNode): string {
  const [first] = children.values();
  return first === undefined ? "\n  " : /(?:\r?\n)?[ \t]*$/.exec(text.slice(start + 1, first.key![0]))![0];
}

/**
 * `outer` stands before the object's own line, `step` before a member of the whole file: the one more is an
 * indentation.
 */
function edit(
  text: string,
  node: JsonNode,
  members: readonly (readonly [string, unknown])[],
  outer: string,
  step: string,
): Edit {
  const last = [...node.children.values()].at(-1);
  const isLines = step.includes("\n");
  const indent = step.replace(/^\r?\n/, "");
  const before = last === undefined ? (isLines ? outer + indent : " ") : lead(text, node);
  const print = (value: unknown): string =>
    before.includes("\n")
      ? JSON.stringify(value, null, indent || "  ").replaceAll("\n", before)
      : JSON.stringify(value, null, 1).replace(/\n */g, " ");
  const put = members.map(([key, value]) => `${before}${JSON.stringify(key)}: ${print(value)}`).join(",");
  return last === undefined
    ? { from: node.start + 1, to: node.end - 1, put: put + (isLines ? outer : " ") }
    : { from: last.node.end, to: last.node.end, put: `,${put}` };
}

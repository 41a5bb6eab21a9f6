/** What a source file imports, types included, and what is reached from it: for the fence, the tests and the lab. */
import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { parseSync, Visitor, type Node } from "oxc-parser";

export interface Import {
  /** As written: `./a.ts`, `node:fs`, `uvu/assert`. */
  specifier: string;
  /** 1-based. */
  line: number;
  /**
   * `type`: gone once compiled. `value`: static, dynamic with a literal, handed on by an export, or `require`. `file`: a
   * file named by `new URL("./a", import.meta.url)` or `require.resolve("./a")`, which the program reads or starts.
   */
  kind: "type" | "value" | "file";
}

/** The imports of a source text, in its order; `file` says by its ending which language it is. */
export function importsIn(file: string, text: string): Import[] {
  const parsed = parse(file, text);
  const { staticImports, staticExports } = parsed.module;
  const found: (Omit<Import, "line"> & { start: number })[] = [];
  for (const { start, entries, moduleRequest } of staticImports) {
    const types = entries.length > 0 && entries.every(({ isType }) => isType);
    found.push({ specifier: moduleRequest.value, start, kind: types ? "type" : "value" });
  }
  for (const { start, entries } of staticExports) {
    const handedOn = entries.filter(({ moduleRequest }) => moduleRequest !== null);
    if (handedOn.length === 0) continue;
    const types = handedOn.every(({ isType }) => isType);
    found.push({ specifier: handedOn[0]!.moduleRequest!.value, start, kind: types ? "type" : "value" });
  }
  const literal = (node: Node | undefined): string | undefined => {
    if (node?.type === "TemplateLiteral" && node.expressions.length === 0) return node.quasis[0]!.value.cooked!;
    return node?.type === "Literal" && typeof node.value === "string" ? node.value : undefined;
  };
  if (/\bimport\s*[(.]|\brequire\s*[(.]/.test(text)) {
    new Visitor({
      ImportExpression({ start, source }) {
        const specifier = literal(source);
        if (specifier !== undefined) found.push({ specifier, start, kind: "value" });
      },
      CallExpression({ start, callee, arguments: [path] }) {
        const specifier = literal(path);
        const of = callee.type === "MemberExpression" ? callee.object : callee;
        if (specifier === undefined || of.type !== "Identifier" || of.name !== "require") return;
        found.push({ specifier, start, kind: of === callee ? "value" : "file" });
      },
      TSImportType({ start, source }) {
        found.push({ specifier: source.value, start, kind: "type" });
      },
      NewExpression({ start, callee, arguments: [path, base] }) {
        const specifier = literal(path);
        if (specifier === undefined || callee.type !== "Identifier" || callee.name !== "URL") return;
        if (base?.type === "MemberExpression" && base.object.type === "MetaProperty") {
          found.push({ specifier: /^\.\.?\//.test(specifier) ? specifier : `./${specifier}`, start, kind: "file" });
        }
      },
    }).visit(parsed.program); // made when it is asked for, which most files need not
  }
  const lines = lineStarts(text);
  return found
    .sort((a, b) => a.start - b.start)
    .map(({ start, ...found }) => ({ ...found, line: lines.findLastIndex((begin) => begin <= start) + 1 }));
}

function parse(file: string, text: string) {
  const parsed = parseSync(file, text);
  const [error] = parsed.errors;
  if (error) throw new Error(`${file}: ${error.message}`);
  return parsed;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** The file that a relative specifier names, relative to the repository as `from` is; undefined for a package's. */
export const targetOf = (from: string, { specifier }: Import): string | undefined =>
  /^\.\.?(\/|$)/.test(specifier) ? join(dirname(from), specifier) : undefined;

/** Whether a file has imports at all. */
const isSource = (file: string): boolean => /\.(ts|mts|cts|js|mjs|cjs)$/.test(file);

export interface Reached {
  /** Files of the repository, the first ones included, relative to it. */
  files: Set<string>;
  /** Packages by name, Node's own modules left out. */
  packages: Set<string>;
}

/** Reads each file's imports once, however often it is reached. */
export class Imports {
  private readonly root: string;
  private readonly known = new Map<string, readonly Import[]>();

  /** Files are named relative to `root`. */
  constructor(root: string) {
    this.root = root;
  }

  /** A file's imports; none where it is no source file. */
  of(file: string): readonly Import[] {
    let imports = this.known.get(file);
    if (imports === undefined) {
      imports = isSource(file) ? importsIn(file, readFileSync(join(this.root, file), "utf8")) : [];
      this.known.set(file, imports);
    }
    return imports;
  }

  /**
   * Everything that running these files can load, and the files that they name. Types are left out, and `door` with
   * what is reached through it alone.
   */
  reachedFrom(first: Iterable<string>, door?: string): Reached {
    const [files, packages] = [new Set<string>(), new Set<string>()];
    const pending = [...first];
    for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
      if (file === door || files.has(file)) continue;
      files.add(file);
      for (const each of this.of(file)) {
        if (each.kind === "type") continue;
        const target = targetOf(file, each);
        if (target === undefined) {
          if (!each.specifier.startsWith("node:")) packages.add(packageIn(each.specifier));
        } else if (each.kind === "value" || isFile(join(this.root, target))) pending.push(target);
      }
    }
    return { files, packages };
  }
}

const packageIn = (specifier: string): string => /^(@[^/]+\/)?[^/]+/.exec(specifier)![0];

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

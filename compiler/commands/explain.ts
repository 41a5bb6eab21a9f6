import { readFileSync } from "node:fs";
import { join } from "node:path";
import { locate } from "../1-load/index.ts";
import { catalogue } from "./catalogue.ts";
import { formatPath, parsePath, type PathSegment } from "../diagnostics/config-path.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { Emission } from "../5-emit/index.ts";
import { SOURCE_ANNOTATION } from "../facts/names.ts";
import { PACKAGE_ROOT } from "../package-root.ts";
import { loading, type CompileOptions } from "../run.ts";
import { begin } from "./begin.ts";
import { show, type ProjectOptions } from "./show.ts";

/**
 * `eco-compile explain`: what a diagnostic means, where a generated thing comes from, what a part of the config
 * produces.
 */
export async function explainCommand(what: string, options: ProjectOptions): Promise<void> {
  const ids = catalogue().map(({ id }) => id);
  if (ids.includes(what)) return print(readFileSync(join(PACKAGE_ROOT, "docs/checks", `${what}.md`), "utf8"));

  const project = begin(options);
  const { compile } = await import("../compile.ts");
  const result = await compile({ ...project, mode: "emit" });
  if (result.emission === undefined) {
    await show(result.diagnostics, { lines: [] }, options);
    process.exitCode = 1;
    return;
  }
  const lines =
    explainFile(what, result.emission, project.root) ??
    explainObject(what, result.emission) ??
    explainPath(what, result.emission);
  if (lines === undefined) {
    const paths = result.emission.files.map(({ path }) => path);
    process.stderr.write(
      `${what} is no diagnostic id, generated file, object or config path that anything comes from; ${didYouMean(what, [...ids, ...paths]) ?? "objects are written as Kind/name"}\n`,
    );
    process.exitCode = 1;
    return;
  }
  const places = await positions(
    lines.flatMap(({ source }) => (source === undefined ? [] : [source])),
    project,
  );
  print(
    lines.map(({ text, source }) => (source === undefined ? text : `${text}${places.get(source) ?? ""}`)).join("\n"),
  );
}

/** One line of an answer; with a source, the place of that config path is added to it. */
interface Line {
  text: string;
  source?: string;
}

const from = (source: string): Line => ({ text: `  ${source || "the config as a whole"}`, source });

function explainFile(what: string, { files, artifacts }: Emission, root: string): Line[] | undefined {
  const wanted = what.startsWith("/") ? what.slice(root.length + 1) : what.replace(/^\.\//, "");
  const file = files.find(({ path }) => path === wanted);
  if (file === undefined) return undefined;
  const body = artifacts.find(({ path }) => path === wanted)!.body;
  const objects =
    body.kind === "kubernetes"
      ? body.objects.map(({ kind, metadata }) => ({ text: `  ${kind}/${metadata.name}` }))
      : [];
  return [
    { text: `${file.path} is made by the ${file.target} target from` },
    ...[...new Set(file.sources)].map(from),
    ...(objects.length === 0 ? [] : [{ text: "and holds" }, ...objects]),
  ];
}

/** `Kind/name` or `Kind/namespace/name`, in whichever clusters it is. */
function explainObject(what: string, { artifacts }: Emission): Line[] | undefined {
  const [kind, ...rest] = what.split("/");
  if (rest.length === 0 || rest.length > 2) return undefined;
  const [namespace, name] = rest.length === 2 ? rest : [undefined, rest[0]];
  const hits = artifacts.flatMap(({ body, path, target }) =>
    body.kind !== "kubernetes"
      ? []
      : body.objects
          .filter(
            ({ kind: found, metadata }) =>
              found.toLowerCase() === kind!.toLowerCase() &&
              metadata.name === name &&
              (namespace === undefined || metadata.namespace === namespace),
          )
          .map((object) => ({ object, path, target })),
  );
  if (hits.length === 0) return undefined;
  return hits.flatMap(({ object, path, target }) => [
    { text: `${object.kind}/${object.metadata.name} in ${path} is made by the ${target} target from` },
    ...(object.metadata.annotations?.[SOURCE_ANNOTATION] ?? "").split(", ").map(from),
  ]);
}

/** Everything whose sources lie at, below or above a config path. */
function explainPath(what: string, { files }: Emission): Line[] | undefined {
  const path = segments(what);
  if (path === undefined) return undefined;
  const hits = files.filter(({ sources }) => sources.some((source) => related(path, segments(source) ?? [])));
  if (hits.length === 0) return undefined;
  return [
    { text: `${formatPath(path)}`, source: formatPath(path) },
    { text: "goes into" },
    ...hits.map(({ path, target }) => ({ text: `  ${path}  (${target})` })),
  ];
}

/** A source that is more general than the path says nothing about it, unless it is its nearest node. */
const related = (path: readonly PathSegment[], source: readonly PathSegment[]): boolean =>
  source.length > 0 &&
  path.slice(0, source.length).every((segment, index) => segment === source[index]) === true &&
  source.length >= Math.min(path.length, 2)
    ? true
    : path.every((segment, index) => segment === source[index]);

function segments(text: string): PathSegment[] | undefined {
  try {
    return parsePath(text);
  } catch {
    return undefined;
  }
}

/** ` (file:line:col)` of config paths. */
async function positions(sources: readonly string[], project: CompileOptions): Promise<Map<string, string>> {
  const unique = [...new Set(sources)];
  const located = await locate(
    loading(project),
    unique.map((at) => ({ id: "explain", severity: "info", at, message: "" })),
  );
  return new Map(
    located.map(({ at, position }) => [
      at,
      position === undefined ? "" : `  ${position.file}:${position.line}:${position.column}`,
    ]),
  );
}

function print(text: string): void {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
}

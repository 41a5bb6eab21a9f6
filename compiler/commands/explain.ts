import { readFileSync } from "node:fs";
import { join } from "node:path";
import { filesIn } from "../1-load/files.ts";
import { locate } from "../1-load/index.ts";
import { packageLibrary } from "../1-load/package-library.ts";
import { catalogue } from "../judgement/catalogue.ts";
import { formatPath, isWithin, parsePath, valueAt, type PathSegment } from "../diagnostics/config-path.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { KubernetesObject, TargetArtifact } from "../5-emit/artifact.ts";
import { withExtensions } from "../5-emit/extensions.ts";
import type { Emission } from "../5-emit/index.ts";
import { SOURCE_ANNOTATION } from "../facts/names.ts";
import { PACKAGE_ROOT } from "../package-root.ts";
import { Ablation, differences, textOf, type Made } from "../provenance/ablation.ts";
import { causesOf } from "../provenance/causes.ts";
import type { Change } from "../provenance/changes.ts";
import { fieldOf } from "../2-validate/field-tree.ts";
import { JUDGED, WITHOUT_EFFECT } from "../provenance/generated/effects.ts";
import { loading, type CompileOptions } from "../run.ts";
import { targets } from "../targets/registry.ts";
import type { Topology } from "../topology/index.ts";
import type { Workload } from "../topology/workloads.ts";
import { begin } from "./begin.ts";
import { releaseLines } from "./explain-releases.ts";
import { show, type ProjectOptions } from "./show.ts";

/** So many compilations may find out what a file comes from: about two seconds for the reference ecosystem. */
const MOST_COMPILATIONS = 50;

/**
 * `eco-compile explain`: what a diagnostic means, what of the config a generated thing changes with, and what a part of
 * the config changes. Nothing of it is declared anywhere: parts of the config are changed, and what comes out is compared.
 */
export async function explainCommand(what: string, options: ProjectOptions): Promise<void> {
  const ids = catalogue().map(({ id }) => id);
  if (ids.includes(what)) return print(readFileSync(join(PACKAGE_ROOT, "docs/checks", `${what}.md`), "utf8"));

  const project = begin(options);
  const { compile } = await import("../compile.ts");
  const { emission, topology, diagnostics } = await compile({ ...project, mode: "emit" });
  if (emission === undefined || topology === undefined) {
    await show({ diagnostics, summary: { lines: [] } }, options);
    process.exitCode = 1;
    return;
  }
  const source = await project.inputs;
  const asked = { what, emission, topology, config: source.config, root: project.root };
  const ablation = () =>
    new Ablation(source, withExtensions(targets, source.modules).targets, packageLibrary(PACKAGE_ROOT));
  const lines =
    explainFile(asked, ablation) ??
    explainRead(asked, ablation) ??
    explainObject(asked, ablation) ??
    explainPath(asked, ablation);
  if (lines === undefined) {
    const paths = emission.files.map(({ path }) => path);
    process.stderr.write(
      `${what} is no diagnostic id, generated file, object or part of the config; ${didYouMean(what, [...ids, ...paths]) ?? "objects are written as Kind/name"}\n`,
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

/** What is asked for, and where it is looked for. */
interface Asked {
  what: string;
  emission: Emission;
  topology: Topology;
  config: unknown;
  root: string;
}

/** One line of an answer; with a source, the place of that config path is added to it. */
interface Line {
  text: string;
  source?: string;
}

const at = (source: string): Line => ({ text: `  ${source || "the config as a whole"}`, source });

/** A path from the project's folder. */
const fromRoot = ({ what, root }: Asked): string =>
  what.startsWith("/") ? what.slice(root.length + 1) : what.replace(/^\.\//, "");

function explainFile(asked: Asked, ablation: () => Ablation): Line[] | undefined {
  const { emission } = asked;
  const wanted = fromRoot(asked);
  const artifact = emission.artifacts.find(({ path }) => path === wanted);
  if (artifact === undefined) return undefined;
  const { body, path, target } = artifact;
  const objects =
    body.kind === "kubernetes"
      ? body.objects.map(({ kind, metadata }) => ({ text: `  ${kind}/${metadata.name}` }))
      : [];
  return [
    { text: `${path} is made by the ${target} target` },
    ...(body.kind === "bytes"
      ? [{ text: "and is a copy of the library's" }]
      : causes(ablation(), artifact.source, (artifacts) => {
          const found = artifacts.find((each) => each.path === wanted);
          return found === undefined ? "" : textOf(found.body);
        })),
    ...(objects.length === 0 ? [] : [{ text: "it holds" }, ...objects]),
  ];
}

/** A file that the config takes the text of: where, and what changes with it. */
function explainRead(asked: Asked, ablate: () => Ablation): Line[] | undefined {
  const wanted = fromRoot(asked);
  const reads = filesIn(asked.config).filter(({ file }) => file.path === wanted);
  if (reads.length === 0) return undefined;
  const ablation = ablate();
  const other = ablation.compile(
    reads.map(({ file, path }) => ({ path: [...path, "text"], value: `${file.text} with another text` })),
  );
  return [
    { text: `${wanted} is read at` },
    ...reads.map(({ path }) => at(formatPath(path))),
    ...(other === undefined ? [] : changesOf(asked, ablation, other, "another text in it")),
  ];
}

/** The files that are another in what a change makes. */
function changesOf({ emission }: Asked, ablation: Ablation, other: Made, how: string, why = ""): Line[] {
  const targetOf = new Map([...other.artifacts, ...emission.artifacts].map(({ path, target }) => [path, target]));
  const files = differences(ablation.emission, other);
  return [
    { text: files.length === 0 ? `${how} changes no file${why}` : `${how} changes` },
    ...files.map((file) => ({ text: `  ${file}  (${targetOf.get(file)})` })),
  ];
}

/** `Kind/name` or `Kind/namespace/name`, in whichever clusters it is. */
function explainObject({ what, emission, topology }: Asked, ablation: () => Ablation): Line[] | undefined {
  const [kind, ...rest] = what.split("/");
  if (rest.length === 0 || rest.length > 2) return undefined;
  const [namespace, name] = rest.length === 2 ? rest : [undefined, rest[0]];
  const isIt = (object: KubernetesObject) =>
    object.kind.toLowerCase() === kind!.toLowerCase() &&
    object.metadata.name === name &&
    (namespace === undefined || object.metadata.namespace === namespace);
  const objectsIn = (artifacts: readonly TargetArtifact[]) =>
    artifacts.flatMap(({ body, path, target }) =>
      body.kind === "kubernetes" ? body.objects.filter(isIt).map((object) => ({ object, path, target })) : [],
    );
  const hits = objectsIn(emission.artifacts);
  if (hits.length === 0) return undefined;
  return [
    ...hits.flatMap(({ object, path, target }) => [
      { text: `${object.kind}/${object.metadata.name} in ${path} is made by the ${target} target, and declared at` },
      ...(object.metadata.annotations?.[SOURCE_ANNOTATION] ?? "").split(", ").map(at),
    ]),
    ...releases(topology, ({ path }) =>
      hits.some((hit) => hit.object.kind === "Rollout" && hit.path.startsWith(`${path}/`)),
    ),
    ...causes(ablation(), hits[0]!.object.metadata.annotations?.[SOURCE_ANNOTATION] ?? "", (artifacts) =>
      JSON.stringify(objectsIn(artifacts)),
    ),
  ];
}

function causes(ablation: Ablation, declared: string, look: (artifacts: readonly TargetArtifact[]) => string): Line[] {
  const limits = { most: MOST_COMPILATIONS, near: segments(declared) ?? [] };
  const { sure, within } = causesOf(ablation, ({ artifacts }) => look(artifacts), limits);
  return [
    ...(sure.length === 0 ? [] : [{ text: "it changes with" }, ...sure.map(at)]),
    ...(within.length === 0 ? [] : [{ text: "and with something in" }, ...within.map(at)]),
  ];
}

/** What changes when a part of the config does. */
function explainPath(asked: Asked, ablate: () => Ablation): Line[] | undefined {
  const { what, config, topology } = asked;
  const path = segments(what);
  if (path === undefined || valueAt(config, path) === undefined) return undefined;
  const ablation = ablate();
  const inside = ablation.leaves.filter((leaf) => isWithin(leaf.path, path));
  const [only, ...others] = inside;
  const changes =
    only !== undefined && others.length === 0
      ? [ablation.changeOf(only) ?? []].flat()
      : inside.flatMap((leaf) => ablation.together.get(formatPath(leaf.path)) ?? []);
  const source = formatPath(path);
  const other = changes.length === 0 ? undefined : ablation.compile(changes);
  const isOf = ({ service, strategy }: Workload) => source === service.source || source === strategy.source;
  const told = [{ text: source, source }, ...releases(topology, isOf)];
  if (other === undefined)
    return [...told, { text: "nothing else can stand here while the rest of the config is as it is" }];
  const how = others.length === 0 ? instead(changes[0]!) : "with other values in it";
  return [...told, ...changesOf(asked, ablation, other, how, whyNone(source))];
}

/** What is promised of releases: of a service, by a strategy, of a Rollout. */
const releases = (topology: Topology, isOf: (workload: Workload) => boolean): Line[] =>
  releaseLines(topology.workloads.filter(isOf), topology).map((text) => ({ text }));

/** What the field is good for all the same, wherever it is. */
function whyNone(path: string): string {
  const field = fieldOf(path);
  if (WITHOUT_EFFECT.has(field)) return ": nothing reads it yet";
  return JUDGED.has(field) ? ": checks and proposals are held to it" : " here";
}

const instead = (change: Change): string =>
  "value" in change ? `with ${JSON.stringify(change.value)} instead` : "when it is left out";

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

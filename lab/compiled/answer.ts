/**
 * Asks the compiler. What lies behind this file is no input of a suite: its answers are. So nothing else of a suite may
 * hand on what the compiler makes.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join, resolve as resolvePath } from "node:path";
import { pathToFileURL } from "node:url";
import { loadInputs, type Inputs } from "../../compiler/1-load/index.ts";
import { packageLibrary } from "../../compiler/1-load/package-library.ts";
import { validate } from "../../compiler/2-validate/index.ts";
import { resolve } from "../../compiler/5-emit/contribute.ts";
import { emit } from "../../compiler/5-emit/index.ts";
import { compile } from "../../compiler/compile.ts";
import { hasErrors, type Diagnostic } from "../../compiler/diagnostics/diagnostic.ts";
import { MODULE_ALIAS, PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { targets } from "../../compiler/targets/registry.ts";
import type { Topology } from "../../compiler/topology/index.ts";
import { readTree, temporaryFolder } from "../../test/support/tree.ts";
import { LOCK, Project } from "./project.ts";
import type { Answer, EditedQuestion, Files, InitQuestion, OutputQuestion, Question } from "./questions.ts";
import type { RandomQuestion } from "./random-question.ts";
import { views } from "./views.ts";

/** Throws where the compiler finds an error. */
export async function answer(question: Question | RandomQuestion): Promise<Answer> {
  switch (question.ask) {
    case "output":
      return outputOf(question);
    case "edited":
      return { topology: {}, files: await editedOutput(question) };
    case "init":
      return { topology: {}, files: initOutput(question) };
    case "random":
      return { topology: {}, files: await randomOutput(question) };
  }
}

async function outputOf(question: OutputQuestion): Promise<Answer> {
  const { topology, files } = await (question.target === undefined ? allOf(question) : oneTarget(question));
  return {
    topology: Object.fromEntries(question.views.map((view) => [view, views[view](topology)])),
    files: new Map(
      [...files].filter(([path]) => question.files !== undefined && new RegExp(question.files).test(path)),
    ),
  };
}

interface Output {
  topology: Topology;
  files: Iterable<[string, Uint8Array]>;
}

async function allOf(question: OutputQuestion): Promise<Output> {
  const { ok, diagnostics, topology, emission } = await compile({
    root: rootOf(question),
    mode: question.files === undefined ? "check" : "emit",
    ...(question.variant === undefined ? {} : { inputs: await inputsOf(question) }),
  });
  if (!ok) throw new Error(said(diagnostics));
  return { topology: topology!, files: (emission?.files ?? []).map(({ path, content }) => [path, content]) };
}

/** Without checks: a variant may be what no check would let pass. */
async function oneTarget(question: OutputQuestion): Promise<Output> {
  const validated = validate(await inputsOf(question));
  if (hasErrors(validated.diagnostics)) throw new Error(said(validated.diagnostics));
  const { topology, active } = resolve(validated, targets);
  const wanted = active.filter(({ target }) => target.name === question.target);
  const { files } = emit(topology, wanted, packageLibrary(PACKAGE_ROOT));
  return { topology, files: files.map(({ path, content }) => [path, content]) };
}

async function inputsOf(question: OutputQuestion): Promise<Inputs> {
  const loaded = await loadInputs({ root: rootOf(question), moduleAlias: MODULE_ALIAS });
  if (question.variant === undefined) return loaded;
  const changed = structuredClone({ config: loaded.config, images: loaded.images });
  const module = (await import(pathToFileURL(join(PACKAGE_ROOT, question.variant)).href)) as Variant;
  module.default(changed.config as never, changed.images as never);
  return { ...loaded, ...changed };
}

/** A module that a question names. */
interface Variant {
  default(config: never, images: never): void;
}

const said = (diagnostics: readonly Diagnostic[]): string =>
  diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ id, at, message }) => `${id} at ${at}: ${message}`)
    .join("\n");

const rootOf = ({ project }: OutputQuestion): string => resolvePath(PACKAGE_ROOT, project);

/** What is the reference ecosystem's own in the repository that it shares with its compiler. */
const REFERENCE = [
  "ecosystem.config.ts",
  "ecosystem",
  "ecosystem.images.json",
  "ecosystem.lock.json",
  "ecosystem.tuning.json",
  "generated",
];

/** One for all questions, so that files which no edit changes are transformed once. */
let editedCopy: string | undefined;

async function editedOutput({ edits }: EditedQuestion): Promise<Files> {
  const folder = (editedCopy ??= newRepository());
  mkdirSync(join(folder, "node_modules"), { recursive: true }); // keeps what is transformed once
  for (const name of REFERENCE) {
    rmSync(join(folder, name), { recursive: true, force: true });
    cpSync(join(PACKAGE_ROOT, name), join(folder, name), { recursive: true });
  }
  const copy = new Project(folder);
  for (const edit of edits) copy.apply(edit);
  const { ok, diagnostics } = await compile({ root: folder, mode: "write" });
  if (!ok) throw new Error(said(diagnostics));
  return written(folder, (path) => path.startsWith("generated/") || path === LOCK);
}

/** Its folder has the same name every time: a project without another name takes it. */
function newRepository(): string {
  const folder = join(temporaryFolder("answer"), "repository");
  execFileSync("git", ["init", "--quiet", folder]);
  return folder;
}

function initOutput({ folders }: InitQuestion): Files {
  const top = newRepository();
  for (const folder of folders) {
    mkdirSync(join(top, folder), { recursive: true });
    init(join(top, folder));
  }
  return written(top, (path) => !path.startsWith(".git/"));
}

/** As a user runs it, from its sources. */
function init(folder: string): void {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", join(PACKAGE_ROOT, "compiler/cli.ts"), "init", folder],
    { cwd: PACKAGE_ROOT, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`eco-compile init ${folder} ended with ${status}\n${stdout}${stderr}`);
}

const written = (folder: string, isWanted: (path: string) => boolean): Files =>
  new Map([...readTree(folder)].filter(([path]) => isWanted(path)));

async function randomOutput({ ground, seed, configs, files }: RandomQuestion): Promise<Files> {
  // Only here: what it walks from are whole configs, which have to be compiled first.
  const { soundConfigs } = await import("../../test/fuzz/sound.ts");
  const wanted = new RegExp(files);
  const found = new Map<string, Uint8Array>();
  let count = 0;
  for await (const { emission } of soundConfigs(seed, { tried: 0, refused: new Map() }, ground)) {
    for (const { path, content } of emission.files) if (wanted.test(path)) found.set(`${count}/${path}`, content);
    if (++count === configs) break;
  }
  return found;
}

/**
 * The one door between the suites and the compiler. A suite's record holds what it has asked here, and the digest of
 * the answers is an input of the suite in place of the compiler's sources.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { noteAsked } from "../record/notes.ts";
import type { Asked, Reply } from "./answering.ts";
import type { Answer, Edit, Files, OutputQuestion, Question } from "./questions.ts";
import type { Seen, View } from "./views.ts";

/** Parts of a project's topology. `project`: its folder relative to the repository, or an absolute path. */
export const topologyOf = async <V extends View>(project: string, views: readonly V[]): Promise<Seen<V>> =>
  (await outputOf(project, { views })).topology;

export interface Output<V extends View> {
  topology: Seen<V>;
  /** Path relative to the project → text. */
  files: ReadonlyMap<string, string>;
}

interface Wanted<V extends View> extends Pick<OutputQuestion, "target"> {
  views: readonly V[];
  /** Which files, by their paths relative to the project. Default: none. */
  files?: RegExp;
  /** A module whose default export changes the config and the image digests before they are compiled. */
  variant?: URL;
}

/** What the compiler makes of a project, or of a variant of it. Throws where it finds an error. */
export async function outputOf<V extends View>(
  project: string,
  { views, files, variant, target }: Wanted<V>,
): Promise<Output<V>> {
  const answer = await ask({
    ask: "output",
    project: nameOf(project),
    views,
    ...(files === undefined ? {} : { files: files.source }),
    ...(variant === undefined ? {} : { variant: relative(PACKAGE_ROOT, fileURLToPath(variant)) }),
    ...(target === undefined ? {} : { target }),
  });
  const texts = [...answer.files].map(([path, bytes]): [string, string] => [path, Buffer.from(bytes).toString()]);
  return { topology: answer.topology as Seen<V>, files: new Map(texts) };
}

/** The same for the same folder, and on every machine where it is one of the repository's. */
function nameOf(project: string): string {
  const whole = resolve(PACKAGE_ROOT, project);
  const inside = relative(PACKAGE_ROOT, whole);
  return inside.startsWith("..") ? whole : inside;
}

/** What the compiler writes into a copy of the reference ecosystem after these edits: its files, and the lock. */
export const editedOutput = async (edits: readonly Edit[]): Promise<Files> =>
  (await ask({ ask: "edited", edits })).files;

/** What `eco-compile init` writes into folders of a new repository. */
export const initOutput = async (folders: readonly string[]): Promise<Files> =>
  (await ask({ ask: "init", folders })).files;

const asked = new Map<string, Promise<Answer>>();

function ask(question: Question): Promise<Answer> {
  const key = JSON.stringify(question);
  const known = asked.get(key) ?? askAnew(question);
  asked.set(key, known);
  return known;
}

async function askAnew(question: Question): Promise<Answer> {
  const [reply] = (await replies([question], false)) as [Reply];
  noteAsked(question, digestIn(reply));
  if ("failed" in reply) throw new Error(reply.failed);
  return reply.answer!;
}

const digestIn = (reply: Reply): string => ("failed" in reply ? `none: ${reply.failed}` : reply.digest);

/** The digests of the answers, or why there is none. All are asked by one process, so that they are of one compiler. */
export const digestsOf = async (questions: readonly Question[]): Promise<string[]> =>
  (await replies(questions, true)).map(digestIn);

async function replies(questions: readonly Question[], digestOnly: boolean): Promise<Reply[]> {
  if (questions.length === 0) return [];
  const child = fork(new URL("./answering.ts", import.meta.url), [], {
    cwd: PACKAGE_ROOT,
    execArgv: ["--import", "tsx"],
    serialization: "advanced",
  });
  const ended = new AbortController();
  child.once("exit", (code) => ended.abort(new Error(`the compiler's process ended with ${code}`)));
  const all: Reply[] = [];
  for (const question of questions) {
    const reply = once(child, "message", ended) as Promise<[Reply]>;
    child.send({ question, digestOnly } satisfies Asked);
    all.push((await reply)[0]);
  }
  child.disconnect();
  return all;
}

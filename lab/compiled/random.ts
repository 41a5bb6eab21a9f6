/**
 * What the compiler makes of random configs. It is asked by the same process as everything else; the question stands
 * here, since `index.ts` and `questions.ts` are sources of every suite, and few suites ask this one.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { noteAsked } from "../record/notes.ts";
import type { Reply } from "./answering.ts";
import type { RandomQuestion } from "./random-question.ts";

/** The files that the compiler writes, by their paths, below a folder with the number of the config. */
export async function randomOutput(wanted: Omit<RandomQuestion, "ask">): Promise<ReadonlyMap<string, string>> {
  const question: RandomQuestion = { ask: "random", ...wanted };
  const reply = await replyTo(question);
  if ("failed" in reply) throw new Error(reply.failed);
  noteAsked(question, reply.digest);
  return new Map([...reply.answer!.files].map(([path, bytes]) => [path, Buffer.from(bytes).toString()]));
}

async function replyTo(question: RandomQuestion): Promise<Reply> {
  const child = fork(new URL("./answering.ts", import.meta.url), [], {
    cwd: PACKAGE_ROOT,
    execArgv: ["--import", "tsx"],
    serialization: "advanced",
  });
  const ended = new AbortController();
  child.once("exit", (code) => ended.abort(new Error(`the compiler's process ended with ${code}`)));
  const reply = once(child, "message", ended) as Promise<[Reply]>;
  child.send({ question, digestOnly: false });
  const [said] = await reply;
  child.disconnect();
  return said;
}

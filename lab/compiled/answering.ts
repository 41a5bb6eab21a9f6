/**
 * A process that asks the compiler for another one, so that what it reads on the way is not taken for what the suite
 * reads, and what it keeps in memory is not the suite's.
 */
import { answer } from "./answer.ts";
import { digestOf } from "./digest.ts";
import type { Answer, Question } from "./questions.ts";

export interface Asked {
  question: Question;
  /** Only the digest is wanted. */
  digestOnly: boolean;
}

export type Reply = { digest: string; answer?: Answer } | { failed: string };

async function reply({ question, digestOnly }: Asked): Promise<Reply> {
  try {
    const found = await answer(question);
    return { digest: digestOf(found), ...(digestOnly ? {} : { answer: found }) };
  } catch (error) {
    return { failed: (error as Error).message };
  }
}

process.on("message", (asked: Asked) => void reply(asked).then((said) => process.send!(said)));
// Whoever asked has all answers, or is no more.
process.on("disconnect", () => process.exit());

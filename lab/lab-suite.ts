import { suite } from "uvu";
import { saySkipped } from "../test/support/run-files.ts";
import { missing } from "./cluster/tools.ts";

/**
 * A uvu suite that needs tools of the lab. Where one is missing its tests are skipped, and one line says why; in CI
 * that is a failure.
 */
export function labSuite(name: string, tools: readonly string[]): ReturnType<typeof suite> {
  const needed = suite(name);
  const absent = missing(tools);
  if (absent === undefined) return needed;
  saySkipped(name, absent);
  // A suite of the same form whose tests are only counted.
  return Object.assign((..._: Parameters<typeof needed>) => needed.skip(), needed, {
    before: ignored(),
    after: ignored(),
  }) as unknown as typeof needed;
}

/** A test of a suite that needs one tool more; skipped where that is missing. */
export function withTool(
  test: ReturnType<typeof suite>,
  name: string,
): (title: string, body: () => Promise<void>) => void {
  const absent = missing([name]);
  if (absent === undefined) return test;
  return (title) => {
    saySkipped(title, absent);
    test.skip();
  };
}

const ignored = () => Object.assign(() => undefined, { each: () => undefined });

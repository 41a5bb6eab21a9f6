import type { Readable } from "node:stream";
import { printable, withoutWorkflowCommands } from "../diagnostics/escape.ts";

/** A config that prints more than this prints in a loop. */
const MAX_PRINTED = 2 ** 20;

/** How V8 begins to speak of its own end; what follows are addresses and frames. */
const LAST_WORDS = /^(?:<--- Last few GCs --->|FATAL ERROR: |# Fatal |#$)/;

/**
 * Passes on what a config prints, line by line, as text that neither a terminal nor a runner of GitHub's obeys. All of
 * it goes to one place, which must not be standard output: that is for data.
 */
export function passOn(
  streams: readonly Readable[],
  say: (text: string) => void,
): { /** V8 gave up, as it does when memory is short. */ hasCollapsed(): boolean; end(): void } {
  let printed = 0;
  let hasCollapsed = false;
  const rests = new Map<Readable, string>();

  function line(text: string): void {
    if (LAST_WORDS.test(text)) hasCollapsed = true;
    if (hasCollapsed || printed > MAX_PRINTED) return;
    printed += text.length + 1;
    say(
      printed > MAX_PRINTED
        ? "(the config prints more than is shown here)\n"
        : `${withoutWorkflowCommands(text.split("\t").map(printable).join("\t"))}\n`,
    );
  }

  for (const stream of streams) {
    stream.setEncoding("utf8");
    rests.set(stream, "");
    stream.on("data", (chunk: string) => {
      const lines = (rests.get(stream)! + chunk).split(/\r\n|\n/);
      const rest = lines.pop()!;
      for (const text of lines) line(text);
      // A line without an end is passed on in parts.
      if (rest.length > MAX_PRINTED) line(rest);
      rests.set(stream, rest.length > MAX_PRINTED ? "" : rest);
    });
    stream.on("error", () => {}); // it ends with its process
  }
  return {
    hasCollapsed: () => hasCollapsed,
    end() {
      for (const rest of rests.values()) if (rest !== "") line(rest);
      rests.clear();
    },
  };
}

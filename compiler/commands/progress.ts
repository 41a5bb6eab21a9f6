import type { ProjectOptions } from "./show.ts";

/** A phase that takes this long is worth a line. */
const PATIENCE_MS = 500;

/** Says which phase runs, on a terminal and only when it takes long; the line is taken away at the end. */
export function showProgress({ quiet, reporter }: Pick<ProjectOptions, "quiet" | "reporter">): {
  phase: (name: string) => void;
  end: () => void;
} {
  if (quiet || reporter !== "pretty" || !process.stderr.isTTY) return { phase: () => {}, end: () => {} };
  const start = performance.now();
  let shown = false;
  return {
    phase(name) {
      if (performance.now() - start < PATIENCE_MS) return;
      shown = true;
      process.stderr.write(`\r\u001b[2K${name}...`);
    },
    end() {
      if (shown) process.stderr.write("\r\u001b[2K");
    },
  };
}

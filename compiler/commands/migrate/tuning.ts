import { locateJson, parseJsonSource } from "../../1-load/json-source.ts";
import type { SourceText, Span } from "../../1-load/source-text.ts";

/** `ecosystem.tuning.json`, as far as paths of the config stand in it; nothing has looked at its form yet. */
interface Tuning {
  proposals?: unknown;
}

/** The tunables of accepted proposals are config paths: the text with those that `newPath` calls otherwise. */
export function renewTuning(
  source: SourceText,
  tuning: Tuning,
  newPath: (path: string) => string | undefined,
): { text: string; changes: { change: string; span: Span }[]; kept: { change: string; span: Span }[] } {
  const root = parseJsonSource(source.text);
  const changes: { change: string; span: Span }[] = [];
  const kept: { change: string; span: Span }[] = [];
  let text = "";
  let end = 0;
  for (const { path, tunable } of tunablesIn(tuning)) {
    const renewed = newPath(tunable);
    if (renewed === tunable) continue;
    const { span } = locateJson(source, root, path);
    if (renewed === undefined) {
      kept.push({ change: `${tunable} is called otherwise now`, span });
      continue;
    }
    changes.push({ change: `${tunable} is called ${renewed} now`, span });
    text += source.text.slice(end, span.start) + JSON.stringify(renewed);
    end = span.end;
  }
  return { text: text + source.text.slice(end), changes, kept };
}

const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const tunablesIn = ({ proposals }: Tuning): { path: (string | number)[]; tunable: string }[] =>
  listed(proposals).flatMap((proposal, first) =>
    listed((proposal as { changes?: unknown } | null)?.changes).flatMap((change, second) => {
      const { tunable } = (change ?? {}) as { tunable?: unknown };
      const path = ["proposals", first, "changes", second, "tunable"];
      return typeof tunable === "string" ? [{ path, tunable }] : [];
    }),
  );

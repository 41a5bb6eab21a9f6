import { keyText, textOf, unwrapped } from "./syntax.ts";
import type { Migration, Word } from "./migration.ts";

/** Where analyses stand. */
const ANALYSES = ["rollouts.*", "services.*.rollout", "services.*.in.*.rollout", "services.*.on.*.rollout"].flatMap(
  (strategy) => ["analysis", "prePromotion", "postPromotion"].map((field) => `${strategy}.${field}`),
);

/** What the promise of a gate took the place of: key → what is said instead. */
const GONE: Readonly<Record<string, string>> = {
  window: "window is gone: a gate adds up the whole release",
  interval: "interval is gone: a gate looks once a minute, and more looks cost nothing",
  count: "count is gone: a gate looks until it is sure; hold says for how long",
  failureLimit:
    "failureLimit is gone: falseAbort says how many good releases may be aborted, and agree how many minutes have to agree",
  minimumRequests:
    "minimumRequests is gone: falsePass says how sure a gate has to be, and traffic of the service what it can see",
  noTraffic: "noTraffic is gone: without requests a gate holds the release, and after hold a person decides",
};

const gone: readonly Word[] = ANALYSES.flatMap((of) =>
  Object.entries(GONE).map(([key, change]): Word => ({
    of,
    key,
    change,
    isOld: () => true,
    isWrittenOld: () => true,
    renew: () => undefined,
    rewrite: () => [],
    renewSteps: () => [],
  })),
);

/** `good: "sum(increase(done_total{$selector}[$window]))"` becomes `good: { counter: "done_total" }`. */
const counters = ["good", "total"].map((key): Word => ({
  of: "slos.*.metric",
  key,
  newKey: key,
  change: `${key}: "sum(increase(name{…}[$window]))" is written ${key}: { counter: "name", matchers: { … } } now`,
  isOld: (value) => typeof value === "string",
  isWrittenOld: (value) => textOf(value) !== undefined,
  renew: (text) => counterIn(String(text)) ?? text,
  rewrite(value, { constant }) {
    const inner = unwrapped(value);
    const meant = inner.type === "Identifier" ? constant(inner.name) : inner;
    const text = meant && textOf(meant);
    if (text === undefined) return { node: value, why: "its value is no text that is written here" };
    const counter = counterIn(text);
    return counter === undefined
      ? { node: value, why: "it is more than the sum of one counter's increase: count it in the application" }
      : [{ start: value.start, end: value.end, text: written(counter) }];
  },
  renewSteps: (steps) => (steps.length === 0 ? [] : undefined),
}));

export const gates: Migration = { to: 3, words: [...gone, ...counters] };

interface Counter {
  counter: string;
  matchers?: Record<string, string | { matches: string } | { unlike: string }>;
}

const STRING = `"(?:[^"\\\\\\n]|\\\\.)*"`;
const MATCHER = `(?:\\$selector|[A-Za-z_]\\w*\\s*(?:=~|!~|!=|=)\\s*${STRING})`;
const SUM = new RegExp(
  `^\\s*sum\\s*\\(\\s*(?:increase|rate)\\s*\\(\\s*([A-Za-z_:][\\w:]*)\\s*\\{\\s*(${MATCHER}(?:\\s*,\\s*${MATCHER})*)\\s*,?\\s*\\}\\s*\\[\\s*\\$window\\s*\\]\\s*\\)\\s*\\)\\s*$`,
);

/** The counter whose increase an expression sums up; undefined where it is anything else. */
function counterIn(expression: string): Counter | undefined {
  const [, counter, matchers] = SUM.exec(expression) ?? [];
  if (counter === undefined || !/(^|,)\s*\$selector\s*(,|$)/.test(matchers!)) return undefined;
  const found: NonNullable<Counter["matchers"]> = {};
  for (const [, label, operator, text] of matchers!.matchAll(
    new RegExp(`(\\w+)\\s*(=~|!~|!=|=)\\s*(${STRING})`, "g"),
  )) {
    const value = textIn(text!);
    if (value === undefined || Object.hasOwn(found, label!)) return undefined;
    found[label!] =
      operator === "="
        ? value
        : operator === "=~"
          ? { matches: value }
          : { unlike: operator === "!~" ? value : value.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&") };
  }
  return { counter, ...(Object.keys(found).length === 0 ? {} : { matchers: found }) };
}

/** A string of PromQL whose escapes JSON has too. */
function textIn(literal: string): string | undefined {
  try {
    return JSON.parse(literal) as string;
  } catch {
    return undefined;
  }
}

/** As people lay it out in a line. */
function written(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, child]) => `${keyText(key)}: ${written(child)}`)
    .join(", ")} }`;
}

/**
 * `npm run simulate -- [--releases N] [--seed N]`: prints the tables of docs/releases.md, and
 * fails where a cell breaks what is promised.
 */
import { parseArgs } from "node:util";
import { PROMISE } from "./promise.ts";
import { broken, cell, HOLD, said, STRATEGIES, type Cell } from "./grid.ts";
import type { Release } from "./release.ts";

const { values } = parseArgs({
  options: { releases: { type: "string", default: "2000" }, seed: { type: "string", default: "20" } },
});
const draw = { count: Number(values.releases), seed: Number(values.seed) };

const TRAFFIC = [0.2, 1, 2, 5, 10, 50, 200, 1000];
const problems: string[] = [];
let cells = 0;

function run(release: Release): Cell {
  const outcome = cell(release, draw);
  cells += 1;
  for (const problem of broken(release, outcome)) problems.push(`${JSON.stringify(release)}: ${problem}`);
  return outcome;
}

const release = (perSecond: number, more: Partial<Release>): Release => ({
  perSecond,
  steps: STRATEGIES.careful,
  hold: HOLD,
  objective: 0.999,
  promise: PROMISE,
  latest: 0.001,
  stable: 0.001,
  bunches: { size: 1 },
  ...more,
});

function table(title: string, note: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const lines = [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`);
  console.log(`\n### ${title}\n\n${note}\n\n${lines.join("\n")}`);
}

const percent = (share: number): string => {
  const value = share * 100;
  return share === 0 || share === 1 ? String(value) : value < 10 || value > 90 ? value.toFixed(1) : value.toFixed(0);
};
const outcome = ({ aborted, passed, held }: Cell): string => [aborted, passed, held].map(percent).join(" / ");
const minutes = (value: number | undefined): string => (value === undefined ? "–" : String(Math.ceil(value)));
const objectiveOf = (objective: number): string => `${+(objective * 100).toFixed(2)} %`;

for (const [name, steps] of Object.entries(STRATEGIES)) {
  table(
    `${name[0]!.toUpperCase()}${name.slice(1)}`,
    `${steps.map(({ weight, minutes }) => `${weight * 100} % for ${minutes} min`).join(", ")}.`,
    [
      "objective",
      "requests/s",
      "passes from min",
      "10 × caught within min",
      "of them",
      "at 10 ×",
      "at the objective",
      "at half of it",
      "at a tenth",
    ],
    [0.99, 0.995, 0.999, 0.9995].flatMap((objective) =>
      TRAFFIC.map((perSecond) => {
        const allowed = 1 - objective;
        const at = (times: number): Release =>
          release(perSecond, { steps, objective, latest: times * allowed, stable: Math.min(times, 1) * allowed });
        const { earliest, caught } = said(at(10));
        const burnt = run(at(10));
        return [
          objectiveOf(objective),
          String(perSecond),
          minutes(earliest),
          minutes(caught.minutes),
          caught.minutes === undefined ? "" : percent(burnt.within(caught.minutes)),
          outcome(burnt),
          ...[1, 0.5, 0.1].map((times) => outcome(run(at(times)))),
        ];
      }),
    ),
  );
}

table(
  "What a version keeps",
  "Careful, objective 99.9 %; the stable version keeps 99.95 %.",
  ["requests/s", ...[0.9, 0.95, 0.98, 0.99, 0.995, 0.997, 0.999, 0.9995, 0.9999].map(objectiveOf)],
  TRAFFIC.map((perSecond) => [
    String(perSecond),
    ...[0.9, 0.95, 0.98, 0.99, 0.995, 0.997, 0.999, 0.9995, 0.9999].map((kept) =>
      outcome(run(release(perSecond, { latest: 1 - kept, stable: 0.0005 }))),
    ),
  ]),
);

table(
  "Bad events in bunches",
  "Careful, objective 99 %, `bunches` as large as they are. In the last two columns they are of that size on average and without a bound, which is not promised.",
  [
    "bunches",
    "requests/s",
    "10 × caught within min",
    "of them",
    "at 10 ×",
    "at the objective",
    "sizes around it: at 10 ×",
    "at the objective",
  ],
  [1, 2, 3, 10, 30].flatMap((size) =>
    [1, 10, 50, 200, 1000].map((perSecond) => {
      const at = (latest: number, geometric: boolean): Release =>
        release(perSecond, {
          objective: 0.99,
          latest,
          stable: 0.01,
          promise: { ...PROMISE, bunches: size },
          bunches: { size, geometric },
        });
      const { caught } = said(at(0.1, false));
      const burnt = run(at(0.1, false));
      return [
        String(size),
        String(perSecond),
        minutes(caught.minutes),
        caught.minutes === undefined ? "" : percent(burnt.within(caught.minutes)),
        outcome(burnt),
        outcome(run(at(0.01, false))),
        // Unbounded bunches are not promised: shown, not judged.
        ...[0.1, 0.01].map((latest) => outcome(cell(at(latest, true), draw))),
      ];
    }),
  ),
);

table(
  "Both versions",
  "Careful, objective 99.9 %: aborted, with `against` both, the objective, the stable version.",
  ["case", "requests/s", "both", "objective", "stable"],
  (
    [
      ["both at 3 ×", { latest: 0.003, stable: 0.003 }],
      ["both at 10 ×", { latest: 0.01, stable: 0.01 }],
      ["a dependency fails for ten minutes: half of all requests", { incident: { from: 8, minutes: 10, share: 0.5 } }],
      ["new 10 ×, stable 1 ×", { latest: 0.01, stable: 0.001 }],
      ["new 100 ×, stable 10 ×", { latest: 0.1, stable: 0.01 }],
      ["new 1 ×, stable 0.1 ×", { latest: 0.001, stable: 0.0001 }],
    ] as const
  ).flatMap(([name, rates]) =>
    [2, 10, 50, 200].map((perSecond) => [
      name,
      String(perSecond),
      ...(["both", "objective", "stable"] as const).map((against) => {
        const judged = release(perSecond, { ...rates, promise: { ...PROMISE, against } });
        // An incident breaks the objective, which the new version would otherwise keep.
        return percent((against === "both" ? run(judged) : cell(judged, draw)).aborted);
      }),
    ]),
  ),
);

table(
  "What begins late",
  "Careful, objective 99.9 %: both versions keep 99.99 %, until after 16 minutes the new one fails in a share of the requests. Aborted, and the median of the minutes from then on.",
  ["requests/s", ...[0.01, 0.03, 0.1, 1].map((share) => `${share * 100} %`)],
  TRAFFIC.map((perSecond) => [
    String(perSecond),
    ...[0.01, 0.03, 0.1, 1].map((share) => {
      const { aborted, median } = run(
        release(perSecond, { latest: 0.0001, stable: 0.0001, later: { from: 16, share } }),
      );
      return `${percent(aborted)}${median === undefined ? "" : ` (${median - 16} min)`}`;
    }),
  ]),
);

console.log(`\n${cells} cells of ${draw.count} releases, seed ${draw.seed}; ${problems.length} break a promise`);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;

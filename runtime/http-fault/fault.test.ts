import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { holdFault } from "./fault.ts";

const test = suite("holding a fault");

/**
 * Something watched, whose looks answer these statuses one after another, the last one from then on. `null` answers
 * nothing.
 */
async function watched(...statuses: (number | null)[]) {
  let looks = 0;
  const server = createServer((_request, response) => {
    const status = statuses[Math.min(looks++, statuses.length - 1)];
    if (status !== null) response.writeHead(status!, status === 302 ? { location: "/" } : {}).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const end = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, end };
}

interface Case {
  name: string;
  /** What each thing watched answers. */
  watched: (number | null)[][];
  duration?: number;
  outcome: string;
  opened: boolean;
  /** Which of them broke. */
  broken?: number[];
}

const CASES: Case[] = [
  { name: "is over when its time is", watched: [[200]], duration: 300, outcome: "over", opened: true },
  { name: "is not begun when the SLO is broken", watched: [[503]], outcome: "refused", opened: false, broken: [0] },
  {
    name: "is not begun when the second look is bad",
    watched: [[200, 503]],
    outcome: "refused",
    opened: false,
    broken: [0],
  },
  {
    name: "is not begun when one of several is broken",
    watched: [[200], [404]],
    outcome: "refused",
    opened: false,
    broken: [1],
  },
  { name: "is not begun when nothing answers", watched: [[null]], outcome: "refused", opened: false, broken: [0] },
  { name: "takes a redirect for no answer", watched: [[302, 200]], outcome: "refused", opened: false, broken: [0] },
  {
    name: "goes on after one bad look",
    watched: [[200, 200, 503, 200, 503, 200]],
    duration: 400,
    outcome: "over",
    opened: true,
  },
  {
    name: "ends after two bad looks in a row",
    watched: [[200], [200, 200, 200, 503]],
    duration: 5000,
    outcome: "aborted",
    opened: true,
    broken: [1],
  },
  {
    name: "ends when what is watched goes silent",
    watched: [[200, 200, null]],
    duration: 5000,
    outcome: "aborted",
    opened: true,
    broken: [0],
  },
];

for (const { name, watched: answers, duration = 5000, outcome, opened, broken = [] } of CASES) {
  test(name, async () => {
    const services = await Promise.all(answers.map((statuses) => watched(...statuses)));
    const watch = services.map(({ url }) => url);
    let open = 0;
    const start = performance.now();
    const result = await holdFault(
      { watch, duration, every: 30, patience: 500, signal: new AbortController().signal },
      async () => void open++,
    );
    for (const { end } of services) end();
    assert.equal(result, { outcome, broken: broken.map((index) => watch[index]) });
    assert.is(open, opened ? 1 : 0);
    assert.ok(performance.now() - start < 3000, "long before its time");
  });
}

test("lasts as long as it is told, and not longer", async () => {
  const { url, end } = await watched(200);
  let opened = 0;
  await holdFault(
    { watch: [url], duration: 200, every: 60, patience: 5000, signal: new AbortController().signal },
    async () => void (opened = performance.now()),
  );
  const lasted = performance.now() - opened;
  end();
  assert.ok(lasted >= 199 && lasted < 1500, String(lasted));
});

for (const moment of ["before", "while"] as const) {
  test(`stops at once when it is told to ${moment} it is on`, async () => {
    const { url, end } = await watched(200);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), moment === "before" ? 20 : 300);
    const { outcome } = await holdFault(
      { watch: [url], duration: 60_000, every: moment === "before" ? 60_000 : 50, patience: 5000, signal: stop.signal },
      async () => undefined,
    );
    end();
    assert.is(outcome, "stopped");
  });
}

test.run();

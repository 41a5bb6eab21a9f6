import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));
const slo = { query: "up", comparison: "gte", threshold: 1, window: "1m" };
// Port 9 is discard: nothing listens there.
const config = {
  prometheus: { url: "http://127.0.0.1:9", timeout: "1s", cacheFor: "1ms" },
  services: { "shop/cart": { slos: { up: slo } } },
};

const test = suite("slo-gate as a process");
const folder = mkdtempSync(join(tmpdir(), "slo-gate-"));
const path = join(folder, "config.json");
writeFileSync(path, JSON.stringify(config));

test.after(() => rmSync(folder, { recursive: true }));

function start(...flags: string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", MAIN, ...flags], {
    cwd: dirname(MAIN),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("exit", () => process.removeListener("exit", kill));
  return child;
}

test("answers, logs a change once, and keeps answering while it drains after SIGTERM", async () => {
  const child = start("--config", path, "--listen", "127.0.0.1:0", "--drain", "600ms");
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value);
  const listening = await next();
  assert.equal([listening.level, listening.message, listening.address.address], ["info", "listening", "127.0.0.1"]);

  const ask = () =>
    fetch(`http://127.0.0.1:${listening.address.port}/v1/slo/shop/cart`).then((response) => response.status);
  assert.equal([await ask(), await ask(), await ask()], [503, 503, 503]);
  const broken = await next();
  assert.equal(
    [broken.level, broken.service, broken.slo, broken.reason],
    ["warn", "shop/cart", "up", "prometheus-unreachable"],
  );

  const exited = once(child, "exit");
  child.kill("SIGTERM");
  assert.equal((await next()).message, "stopping", "three checks with one outcome are one line");
  assert.is(await ask(), 503);
  assert.is((await next()).message, "stopped");
  assert.equal(await exited, [0, null]);
});

const REFUSALS: [string, string[], RegExp][] = [
  ["no configuration", [], /^slo-gate: --config is missing\n\nslo-gate answers/],
  ["an unknown option", ["--port", "1"], /^slo-gate: Unknown option '--port'/],
  [
    "an address without a port",
    ["--config", path, "--listen", "localhost"],
    /^slo-gate: --listen "localhost" is not HOST:PORT\n$/,
  ],
  [
    "a drain without a unit",
    ["--config", path, "--drain", "5"],
    /^slo-gate: "5" is not a duration such as "500ms" or "3s"\n$/,
  ],
  [
    "an address that is not this machine's",
    ["--config", path, "--listen", "192.0.2.1:0"],
    /^slo-gate: cannot listen: .*EADDRNOTAVAIL.*\n$/,
  ],
  ["a broken configuration", ["--config", MAIN], /^slo-gate: .*main\.ts is not JSON: /],
];

for (const [name, flags, expected] of REFUSALS) {
  test(`refuses ${name}, in a sentence`, async () => {
    const child = start(...flags);
    const [[code], stderr] = await Promise.all([once(child, "exit"), text(child.stderr)]);
    assert.is(code, 1);
    assert.match(stderr, expected);
    assert.not.match(stderr, "    at ");
  });
}

test("--help", async () => {
  const child = start("--help");
  const [[code], stdout] = await Promise.all([once(child, "exit"), text(child.stdout)]);
  assert.is(code, 0);
  assert.match(stdout, "--config FILE");
});

test.run();

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));
const test = suite("http-fault as a process");

const children: ChildProcess[] = [];
let good = true;
const sloGate = createServer((_request, response) => response.writeHead(good ? 200 : 503).end()).listen(0, "127.0.0.1");
test.before(async () => void (sloGate.listening || (await once(sloGate, "listening"))));
test.before.each(() => void (good = true));
test.after(() => {
  for (const child of children) child.kill("SIGKILL");
  sloGate.close();
  sloGate.closeAllConnections();
});

function start(...flags: string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", MAIN, ...flags], {
    cwd: dirname(MAIN),
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  return child;
}

const hold = (time: string) =>
  start(
    "--name",
    "web-harm",
    "--watch",
    `http://127.0.0.1:${(sloGate.address() as AddressInfo).port}/`,
    "--for",
    time,
    "--every",
    "50ms",
    "--listen",
    "127.0.0.1:0",
  );

async function begun(time: string) {
  const child = hold(time);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () =>
    JSON.parse((await lines.next()).value as string) as { [field: string]: unknown; address: AddressInfo };
  const on = await next();
  assert.equal([on["message"], on["name"], on.address.address], ["the fault is on", "web-harm", "127.0.0.1"]);
  return { child, next, url: `http://127.0.0.1:${on.address.port}/` };
}

test("answers with its name while the fault is on, and ends well", async () => {
  const { child, next, url } = await begun("800ms");
  const answer = await fetch(url);
  assert.equal([answer.status, answer.headers.get("x-eco-fault")], [200, "web-harm"]);
  assert.is((await next())["outcome"], "over");
  assert.equal(await once(child, "exit"), [0, null]);
});

test("an SLO that breaks ends it, and the Job fails", async () => {
  const { child, next } = await begun("1m");
  good = false;
  const off = await next();
  assert.equal(
    [off["message"], off["outcome"], (off["broken"] as string[]).length],
    ["the fault is off", "aborted", 1],
  );
  assert.equal(await once(child, "exit"), [1, null]);
});

test("SIGTERM ends it at once, also where a connection is kept", async () => {
  const { child, url } = await begun("1m");
  await (await fetch(url)).text();
  child.kill("SIGTERM");
  assert.equal(await once(child, "exit"), [143, null]);
});

test("with a broken SLO it never listens", async () => {
  good = false;
  const child = hold("1m");
  const said = await text(child.stdout);
  assert.is(JSON.parse(said).outcome, "refused", "the first line is the last");
  assert.is(child.exitCode ?? (await once(child, "exit"))[0], 1);
});

const REFUSALS: [string, string[], RegExp][] = [
  ["no name", ["--watch", "http://a/", "--for", "5m"], /^http-fault: --name is missing or no DNS label\n$/],
  ["a name that is no DNS label", ["--name", "A b", "--watch", "http://a/", "--for", "5m"], /no DNS label/],
  ["nothing to watch", ["--name", "a", "--for", "5m"], /--watch is missing: a fault that nothing stops is an outage/],
  [
    "something that is no address",
    ["--name", "a", "--watch", "slo-gate", "--for", "5m"],
    /--watch "slo-gate" is no http address/,
  ],
  ["an address of a file", ["--name", "a", "--watch", "file:///etc/passwd", "--for", "5m"], /is no http address/],
  ["no end", ["--name", "a", "--watch", "http://a/"], /--for is missing: a fault without an end is an outage/],
  ["an end without a unit", ["--name", "a", "--watch", "http://a/", "--for", "5"], /--for "5" is not a duration/],
  ["an unknown option", ["--forever"], /^http-fault: Unknown option '--forever'/],
  [
    "an address without a port",
    ["--name", "a", "--watch", "http://a/", "--for", "5m", "--listen", "localhost"],
    /--listen "localhost" is not HOST:PORT/,
  ],
];
for (const [name, flags, message] of REFUSALS) {
  test(`refuses ${name}`, async () => {
    const child = start(...flags);
    assert.match(await text(child.stderr), message);
    assert.is(child.exitCode ?? (await once(child, "exit"))[0], 1);
  });
}

test("the README shows the options as they are", async () => {
  assert.ok(
    readFileSync(new URL("README.md", import.meta.url), "utf8").includes((await text(start("--help").stdout)).trim()),
  );
});

test.run();

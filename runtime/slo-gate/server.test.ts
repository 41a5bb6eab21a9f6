import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parseConfig } from "./config.ts";
import { gate } from "./gate.ts";
import type { Answer } from "./judge.ts";
import { metrics } from "./metrics.ts";
import { sloGateServer } from "./server.ts";

const slo = (query: string) => ({ query, comparison: "gte", threshold: 0.99, window: "1m" });
const { services } = parseConfig(
  JSON.stringify({
    prometheus: { url: "http://127.0.0.1:9", timeout: "1s" },
    services: {
      "shop/checkout": { slos: { availability: slo("good"), freshness: slo("bad") } },
      "shop/cart": { slos: { availability: slo("good") } },
    },
  }),
  "test",
);

const ANSWERS: { [query: string]: Answer } = {
  good: { kind: "values", values: [0.999] },
  bad: { kind: "values", values: [0.9] },
};

const test = suite("slo-gate/server");
const measured = metrics();
let ready = true;
let failing = false;
let server: Server;

test.before(async () => {
  const ask = async (query: string) => {
    if (failing) throw new Error("a defect");
    return ANSWERS[query] as Answer;
  };
  server = sloGateServer({
    gate: gate(services, ask, measured.judged),
    metrics: measured,
    log: () => {},
    ready: () => ready,
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});

test.after(() => {
  server.closeAllConnections();
  server.close();
});

async function get(
  path: string,
  method = "GET",
): Promise<{ status: number; headers: Headers; text: string; body: any }> {
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { method });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: text.startsWith("{") ? JSON.parse(text) : undefined,
  };
}

test("200 for an SLO that holds", async () => {
  const { status, headers, body, text } = await get("/v1/slo/shop/checkout/availability");
  assert.is(status, 200);
  assert.equal(body, {
    ok: true,
    service: "shop/checkout",
    slos: { availability: { ok: true, value: 0.999, comparison: "gte", threshold: 0.99, window: "1m" } },
  });
  assert.is(headers.get("content-type"), "application/json");
  assert.is(headers.get("content-length"), String(Buffer.byteLength(text)));
});

test("503 for an SLO that does not", async () => {
  const { status, body } = await get("/v1/slo/shop/checkout/freshness");
  assert.is(status, 503);
  assert.is(body.ok, false);
  assert.is(body.reason, "breached");
  assert.equal(Object.keys(body.slos), ["freshness"]);
});

test("a service holds only when all of its SLOs do", async () => {
  assert.is((await get("/v1/slo/shop/cart")).status, 200);
  const { status, body } = await get("/v1/slo/shop/checkout");
  assert.is(status, 503);
  assert.is(body.reason, "breached");
  assert.equal([body.slos.availability.ok, body.slos.freshness.ok], [true, false]);
});

for (const path of [
  "/v1/slo/shop/basket",
  "/v1/slo/bank/checkout",
  "/v1/slo/shop/checkout/latency",
  "/v1/slo/shop/constructor",
  "/v1/slo/shop/checkout/toString",
]) {
  test(`404 unknown-slo for ${path}`, async () => {
    const { status, body } = await get(path);
    assert.equal([status, body.ok, body.reason], [404, false, "unknown-slo"]);
  });
}

for (const path of [
  "/",
  "/v1/slo",
  "/v1/slo/shop",
  "/v1/slo/shop/checkout/availability/more",
  "/v1/slo//checkout",
  "//",
  "/%",
]) {
  test(`404 unknown-address for ${path}`, async () => {
    const { status, body } = await get(path);
    assert.equal([status, body.ok, body.reason], [404, false, "unknown-address"]);
  });
}

test("405 for what is not GET or HEAD", async () => {
  const { status, headers } = await get("/v1/slo/shop/cart", "POST");
  assert.equal([status, headers.get("allow")], [405, "GET, HEAD"]);
  assert.equal(
    [(await get("/v1/slo/shop/cart", "HEAD")).status, (await get("/v1/slo/shop/checkout", "HEAD")).status],
    [200, 503],
  );
});

test("a defect is 500, not 200", async () => {
  failing = true;
  assert.is((await get("/v1/slo/shop/cart")).status, 500);
  failing = false;
});

test("stopping: not ready, still healthy, still judging, connections closed", async () => {
  assert.equal([(await get("/readyz")).status, (await get("/healthz")).status], [200, 200]);
  ready = false;
  assert.equal([(await get("/readyz")).status, (await get("/healthz")).status], [503, 200]);
  const { status, headers } = await get("/v1/slo/shop/cart");
  assert.equal([status, headers.get("connection")], [200, "close"]);
  ready = true;
});

test("metrics tell outcomes and responses, and their labels cannot be made up from outside", async () => {
  const { status, headers, text } = await get("/metrics");
  assert.is(status, 200);
  assert.match(headers.get("content-type") ?? "", "text/plain; version=0.0.4");
  assert.match(text, /slo_gate_judgements_total\{service="shop\/checkout",slo="freshness",outcome="breached"\} [1-9]/);
  assert.match(text, /slo_gate_judgements_total\{service="shop\/cart",slo="availability",outcome="ok"\} [1-9]/);
  assert.match(text, /slo_gate_http_responses_total\{route="\/v1\/slo",code="503"\} [1-9]/);
  assert.match(text, "process_resident_memory_bytes");
  assert.not.match(text, "basket");
});

test.run();

import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { prometheus, readAnswer } from "./prometheus.ts";

const vector = (...values: string[]) =>
  JSON.stringify({
    status: "success",
    data: { resultType: "vector", result: values.map((value) => ({ metric: {}, value: [1, value] })) },
  });
const OPTIONS = { timeout: 1_000, concurrency: 8, cacheFor: 1_000 };

const reading = suite("slo-gate/prometheus: answers");

const ANSWERS: [string, number, string, number[] | string][] = [
  ["a vector", 200, vector("0.5"), [0.5]],
  ["an exponent", 200, vector("1.5e-07"), [1.5e-7]],
  ["no series", 200, vector(), []],
  ["several series", 200, vector("1", "2"), [1, 2]],
  ["NaN and both infinities", 200, vector("NaN", "+Inf", "-Inf"), [NaN, Infinity, -Infinity]],
  ["a scalar", 200, '{"status":"success","data":{"resultType":"scalar","result":[1,"3"]}}', [3]],
  ["a text", 200, '{"status":"success","data":{"resultType":"string","result":[1,"3"]}}', "prometheus-unreadable"],
  ["a range", 200, '{"status":"success","data":{"resultType":"matrix","result":[]}}', "prometheus-unreadable"],
  ["an empty value is not zero", 200, vector(""), "prometheus-unreadable"],
  [
    "a histogram instead of a value",
    200,
    '{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"histogram":[1,{}]}]}}',
    "prometheus-unreadable",
  ],
  ["a web page", 200, "<html>", "prometheus-unreadable"],
  ["a proxy's error", 502, "Bad Gateway", "prometheus-unreadable"],
  ["a success that is none", 500, vector("1"), "prometheus-unreadable"],
  ["null", 200, "null", "prometheus-unreadable"],
  [
    "a series of null",
    200,
    '{"status":"success","data":{"resultType":"vector","result":[null]}}',
    "prometheus-unreadable",
  ],
  ["a bad query", 400, '{"status":"error","errorType":"bad_data","error":"parse error"}', "query-failed"],
  [
    "a query that took too long",
    503,
    '{"status":"error","errorType":"timeout","error":"query timed out"}',
    "prometheus-timeout",
  ],
];

for (const [name, status, body, expected] of ANSWERS) {
  reading(name, () => {
    const answer = readAnswer(status, body);
    if (answer.kind === "failed") assert.is(answer.reason, expected);
    else assert.equal(answer.values, expected);
  });
}

reading.run();

const asking = suite("slo-gate/prometheus: asking");
let server: Server;
let handle: RequestListener;

asking.before(async () => {
  server = createServer((request, response) => handle(request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
});

asking.after(() => {
  server.closeAllConnections();
  server.close();
});

const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

asking("many askers are one query, also for a moment afterwards", async () => {
  let queries = 0;
  handle = (_, response) => void setTimeout(() => response.end(vector(String((queries += 1)))), 50);
  const ask = prometheus({ ...OPTIONS, url: url(), cacheFor: 200 });
  const answers = await Promise.all(Array.from({ length: 200 }, () => ask("up")));
  assert.equal(new Set(answers.map((answer) => JSON.stringify(answer))), new Set(['{"kind":"values","values":[1]}']));
  await ask("up");
  assert.is(queries, 1);
  await pause(250);
  assert.equal(await ask("up"), { kind: "values", values: [2] });
});

asking("no more queries at once than allowed, and all get their answer", async () => {
  let running = 0;
  let most = 0;
  handle = (_, response) => {
    most = Math.max(most, (running += 1));
    setTimeout(() => {
      running -= 1;
      response.end(vector("1"));
    }, 10);
  };
  const ask = prometheus({ ...OPTIONS, url: url(), concurrency: 3 });
  const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => ask(`up == ${index}`)));
  assert.is(most, 3);
  assert.ok(answers.every(({ kind }) => kind === "values"));
});

asking("waiting for a turn counts towards the timeout, and a late turn is not taken", async () => {
  let queries = 0;
  handle = () => void (queries += 1); // never answers
  const ask = prometheus({ ...OPTIONS, url: url(), timeout: 150, concurrency: 1 });
  const began = performance.now();
  const answers = await Promise.all([ask("a"), ask("b"), ask("c")]);
  assert.equal(
    answers.map((answer) => answer.kind === "failed" && answer.reason),
    Array(3).fill("prometheus-timeout"),
  );
  assert.ok(performance.now() - began < 400, "three timeouts one after the other would take 450 ms");
  assert.is(queries, 1);
});

asking("a body that never ends meets the timeout, one that is too large is dropped", async () => {
  handle = (_, response) => void response.write("{");
  assert.equal(await prometheus({ ...OPTIONS, url: url(), timeout: 100 })("a"), {
    kind: "failed",
    reason: "prometheus-timeout",
    detail: "no answer within 100 ms",
  });
  handle = (_, response) => void response.end(vector(...Array(20_000).fill("1")));
  assert.equal(await prometheus({ ...OPTIONS, url: url() })("a"), {
    kind: "failed",
    reason: "prometheus-unreadable",
    detail: "status 200 without an instant query's result",
  });
});

asking("a redirect is not followed", async () => {
  handle = (request, response) => {
    if (request.url === "/login") response.end(vector("1"));
    else response.writeHead(302, { location: "/login" }).end();
  };
  const answer = await prometheus({ ...OPTIONS, url: url() })("a");
  assert.is(answer.kind === "failed" && answer.detail, "status 302 without an instant query's result");
});

asking("the query arrives as it was written, with the timeout", async () => {
  let sent = "";
  handle = async (request, response) => {
    for await (const chunk of request) sent += chunk;
    response.end(vector("1"));
  };
  await prometheus({ ...OPTIONS, url: `${url()}/prefix` })('up{a="ü+&%"}');
  assert.equal(
    [...new URLSearchParams(sent)],
    [
      ["query", 'up{a="ü+&%"}'],
      ["timeout", "1000ms"],
    ],
  );
});

asking.run();

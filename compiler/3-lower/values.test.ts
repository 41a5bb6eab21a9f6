import { suite } from "uvu";
import * as assert from "uvu/assert";
import { everything } from "../../scripts/everything/everything.ts";
import { topologyOf } from "../../test/support/topology.ts";
import { address, host, pod, port, secret, text, url } from "../config/define.ts";
import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Service } from "../config/model/services.ts";

const test = suite("addresses of services");

const { web, ...others } = everything.services;

/** `web` with other fields, and other services; as it is on a cluster. */
const webOn = (
  cluster: string,
  fields: Partial<Service>,
  services: Record<string, Service> = {},
  externals: Ecosystem["externals"] = {},
) => {
  const topology = topologyOf({
    ...everything,
    patches: [],
    externals: { ...everything.externals, ...externals },
    services: { ...others, ...services, web: { ...web!, in: {}, ...fields } },
  });
  const on = (name: string) =>
    topology.workloads.find((workload) => workload.name === name && workload.cluster.name === cluster)!;
  return { web: on("web"), on };
};

test("an address is the service's host and port, a URL has a scheme and a path, and a text what stands around them", () => {
  const { web } = webOn("gke", {
    config: {
      env: {
        STORE: address("store"),
        INLINE: url("inline", "http", "/v1"),
        BOTH: text`${address("store")},${url("inline")} ${7}`,
        PLAIN: "as it is",
      },
      files: { "a.yaml": text`store: ${address("store", "redis")}\n` },
    },
  });
  assert.equal(web.config.env, {
    BOTH: "store.crew-apps:6379,http://inline.crew-apps:80 7",
    INLINE: "http://inline.crew-apps:80/v1",
    PLAIN: "as it is",
    STORE: "store.crew-apps:6379",
  });
  assert.equal(web.config.files, { "a.yaml": "store: store.crew-apps:6379\n" });
});

test("what is outside has its own host and port, on each cluster those that it has there", () => {
  const env = {
    ORDERS: address({ external: "orders" }),
    DSN: text`postgres://${address({ external: "orders" })}/orders`,
    QUEUE: url({ external: "queue" }),
    PAY: url({ external: "payments", path: "/v1" }),
  };
  const gke = webOn("gke", { dependsOn: [], config: { env } }).web;
  const eks = webOn("eks", { dependsOn: [], config: { env } }).web;
  assert.equal(gke.config.env, {
    DSN: "postgres://orders.example.com:5432/orders",
    ORDERS: "orders.example.com:5432",
    PAY: "https://api.payments.example:8443/v1",
    QUEUE: "http://10.79.0.5:5671",
  });
  assert.is(eks.config.env["ORDERS"], "orders.trial.example.com:5433");
  const calls = ({ externals }: typeof gke) =>
    externals.map(({ source, critical, external }) => [external.name, source, critical]);
  assert.equal(calls(gke), [
    ["orders", "services.web.config.env.DSN.parts[1]", true],
    ["payments", "services.web.config.env.PAY", true],
    ["queue", "services.web.config.env.QUEUE", true],
  ]);
});

test("an address of IPv6 stands in brackets", () => {
  const { web } = webOn(
    "gke",
    { config: { env: { A: address({ external: "six" }) } } },
    {},
    {
      six: { host: "fd12::1", port: 5432 },
    },
  );
  assert.is(web.config.env["A"], "[fd12::1]:5432");
});

test("what is said of something outside counts for more than its address", () => {
  const { web } = webOn("gke", {
    dependsOn: [{ external: "orders", critical: false }],
    config: { env: { A: address({ external: "orders" }) } },
  });
  assert.equal(
    web.externals.map(({ source, critical }) => [source, critical]),
    [["services.web.dependsOn[0]", false]],
  );
});

test("what stands in a file, and a text without an address, are texts like any other", () => {
  const { web } = webOn("gke", {
    config: {
      env: { A: text`just ${1} text`, B: { kind: "file", path: "conf/b.txt", text: "b\n" } },
      files: { c: { kind: "file", path: "conf/c", text: "" } },
    },
  });
  assert.equal([web.config.env, web.config.files], [{ A: "just 1 text", B: "b\n" }, { c: "" }]);
});

test("what only the pod knows is a field of the pod", () => {
  const { web } = webOn("gke", {
    config: {
      env: { NODE: pod("node"), POD: pod("name"), SPACE: pod("namespace"), IP: pod("ip"), HOST: pod("nodeIp"), A: "b" },
    },
  });
  assert.equal(web.config.env, { A: "b" });
  assert.equal(web.config.fields, {
    HOST: "status.hostIP",
    IP: "status.podIP",
    NODE: "spec.nodeName",
    POD: "metadata.name",
    SPACE: "metadata.namespace",
  });
});

test("host and port stand alone too, and who has one of them calls the service", () => {
  const { web } = webOn(
    "gke",
    {
      dependsOn: [],
      config: {
        env: {
          HOST: host("store"),
          PORT: port("store", "redis"),
          OUTSIDE: text`${host({ external: "orders" })} ${port({ external: "orders" })}`,
          SIX: host({ external: "six" }),
        },
      },
    },
    {},
    { six: { host: "fd12::1", port: 5432 } },
  );
  assert.equal(web.config.env, {
    HOST: "store.crew-apps",
    OUTSIDE: "orders.example.com 5432",
    PORT: "6379",
    SIX: "fd12::1",
  });
  assert.equal(
    web.dependsOn.map(({ service, port }) => [service, port]),
    [["store", 6379]],
  );
  assert.equal(
    web.externals.map(({ external }) => external.name),
    ["orders", "six"],
  );
});

test("a variable is a key of a secret, by its name or its only one", () => {
  const { config } = webOn("gke", {
    config: { env: { USER: secret("database", "user"), TOKEN: secret("aws"), PLAIN: "a" } },
  }).web;
  assert.equal(config.env, { PLAIN: "a" });
  assert.equal(
    Object.entries(config.keys).map(([variable, { source, name, key }]) => [variable, source, name, key]),
    [
      ["TOKEN", "services.web.config.env.TOKEN", "aws", "value"],
      ["USER", "services.web.config.env.USER", "database", "user"],
    ],
  );
  assert.equal(config.rendered, {});
});

test("a text with a secret is a template, with the addresses of its cluster, whose name follows what it is made of", () => {
  const dsn = (database: string) =>
    text`postgres://${secret("database", "user")}:${secret("database", "password")}@${address({ external: "orders" })}/${database}`;
  const on = (cluster: string, database = "shop") =>
    webOn(cluster, {
      dependsOn: [],
      config: {
        env: { DSN: dsn(database), A: "plain" },
        files: { "db.ini": text`user=${secret("database", "user")}` },
      },
    }).web;
  const read = (parts: readonly (string | { name: string; key?: string })[]) =>
    parts.map((part) => (typeof part === "string" ? part : `<${part.name} ${part.key}>`)).join("");
  const { env, files, rendered } = on("gke").config;
  assert.equal([env, files], [{ A: "plain" }, {}]);
  assert.is(
    read(rendered.env!.texts["DSN"]!),
    "postgres://<database user>:<database password>@orders.example.com:5432/shop",
  );
  assert.is(read(rendered.files!.texts["db.ini"]!), "user=<database user>");
  assert.match(rendered.env!.name, /^web-env-[0-9a-f]{8}$/);
  assert.match(rendered.files!.name, /^web-files-[0-9a-f]{8}$/);
  assert.is(on("gke").config.rendered.env!.name, rendered.env!.name);
  assert.is.not(on("gke", "other").config.rendered.env!.name, rendered.env!.name, "another text");
  assert.is.not(on("eks").config.rendered.env!.name, rendered.env!.name, "another address");
  assert.equal(
    on("gke").externals.map(({ source }) => source),
    ["services.web.config.env.DSN.parts[5]"],
    "what stands beside a secret is called as anywhere",
  );
});

test("whoever has an address depends on the service, and the service knows its caller", () => {
  const { web, on } = webOn("gke", { dependsOn: [], config: { env: { INLINE: url("inline") } } });
  assert.equal(
    web.dependsOn.map(({ source, service, port, critical, peer }) => [source, service, port, critical, peer?.ports]),
    [["services.web.config.env.INLINE", "inline", 80, true, [{ port: 80, transport: "TCP" }]]],
  );
  assert.ok(on("inline").calledBy.some(({ name, ports }) => name === "web" && ports[0]!.port === 80));
});

test("a dependency that is declared says more about the same call, and two addresses are one call", () => {
  const { web } = webOn("gke", {
    dependsOn: [{ service: "store", port: 6379, critical: false }],
    config: { env: { A: address("store"), B: text`redis://${address("store", "redis")}` } },
  });
  assert.equal(
    web.dependsOn.map(({ source, critical }) => [source, critical]),
    [["services.web.dependsOn[0]", false]],
  );
});

test("it follows the service: to another port on a cluster, and into another team's namespace", () => {
  const mirrored: Service = {
    ...others["mirrored"]!,
    team: "crew",
    on: { eks: { ports: { http: { port: 8080, targetPort: 9090 } } } },
    in: {},
  };
  const fields = { dependsOn: [], config: { env: { MIRRORED: address("mirrored") } } };
  for (const [cluster, port, target] of [
    ["gke", 80, 80],
    ["eks", 8080, 9090],
  ] as const) {
    const { web } = webOn(cluster, fields, { mirrored });
    assert.is(web.config.env["MIRRORED"], `mirrored.crew-apps:${port}`);
    assert.equal(
      web.dependsOn.map(({ port, peer }) => [port, peer!.ports]),
      [[port, [{ port: target, transport: "TCP" }]]],
    );
  }
});

test("a service may have its own address and reach its pods by it, and rests on nobody by that", () => {
  const store: Service = { ...others["store"]!, config: { env: { ADVERTISED: text`PLAIN://${address("store")}` } } };
  const { on } = webOn("gke", {}, { store });
  assert.is(on("store").config.env["ADVERTISED"], "PLAIN://store.crew-apps:6379");
  assert.equal(
    on("store").dependsOn.map(({ service, port, critical }) => [service, port, critical]),
    [["store", 6379, false]],
  );
});

test("an address that is taken away somewhere is no call there", () => {
  const fields: Partial<Service> = {
    dependsOn: [],
    config: { env: { INLINE: address("inline") } },
    on: { gke: { config: { env: { INLINE: null } } } },
  };
  assert.equal(webOn("gke", fields).web.dependsOn, []);
});

test.run();

import { suite } from "uvu";
import * as assert from "uvu/assert";
import { address, text, url } from "../config/define.ts";
import { changed, findings } from "./test/change.ts";

const test = suite("addresses in configuration");

/** What stands in a variable of `web`, with other changes → what is found. */
const CASES: Readonly<
  Record<string, readonly [value: unknown, changes: readonly (readonly [string, unknown])[], found: readonly string[]]>
> = {
  "the only port": [address("inline"), [], []],
  "a port by its name": [address("store", "redis"), [], []],
  "a port that is not there": [
    address("store", "reddis"),
    [],
    ['values/unknown-port services.web.config.env.X.port: store has no port called reddis (did you mean "redis"?)'],
  ],
  "within a text": [
    text`redis://${address("store", "http")}/0`,
    [],
    [
      "values/unknown-port services.web.config.env.X.parts[1].port: store has no port called http (its ports are redis)",
    ],
  ],
  "several ports": [
    url("inline-copies"),
    [["services.inline-copies.ports.admin", { port: 9000 }]],
    [
      'values/which-port services.web.config.env.X: inline-copies has the ports http and admin (say which: url("inline-copies", "http"))',
    ],
  ],
  "no port at all": [
    address("bare"),
    [],
    ["values/unknown-port services.web.config.env.X: bare has no ports (declare the port that it is called at)"],
  ],
  "a job, whose port is for its metrics": [
    address("nightly"),
    [],
    ["values/unknown-port services.web.config.env.X: nightly is a job, which nobody calls (take it out)"],
  ],
  "a URL of plain TCP": [
    url("store"),
    [],
    [
      'values/no-url services.web.config.env.X: store speaks plain TCP there, which has no URL of HTTP (write address("store"), within text for another scheme: text`redis://${address("store")}`)',
    ],
  ],
  "a URL of UDP": [
    url("store"),
    [["services.store.ports.redis.protocol", "udp"]],
    [
      'values/no-url services.web.config.env.X: store speaks plain UDP there, which has no URL of HTTP (write address("store"), within text for another scheme: text`redis://${address("store")}`)',
    ],
  ],
  "another port on one of the clusters": [
    address("mirrored", "http"),
    [["services.mirrored.on.eks.ports", { http: null, web: { port: 80 } }]],
    ["values/unknown-port services.web.config.env.X.port: mirrored has no port called http (its ports are web)"],
  ],
  "a service that is not there": [
    address("stor"),
    [],
    ['reference/unknown services.web.config.env.X.service: there is no service "stor" (did you mean "store"?)'],
  ],
  "something outside that is not there": [
    address({ external: "order" }),
    [],
    [
      'reference/unknown services.web.config.env.X.external: there is no external dependency "order" (did you mean "orders"?)',
    ],
  ],
  "the URL of something outside that speaks TCP": [
    url({ external: "orders" }),
    [],
    [
      'values/no-url services.web.config.env.X: orders speaks plain TCP, which has no URL of HTTP (write address({ external: "orders" }), within text for another scheme: text`redis://${address({ external: "orders" })}`)',
    ],
  ],
  "the address of something outside that speaks TCP": [address({ external: "orders" }), [], []],
  "a value of another kind": [
    { kind: "adress", service: "store" },
    [],
    [
      'schema/not-one-of services.web.config.env.X.kind: kind must be one of "file", "pod", "address", "address-part", "url", "external-address", "external-address-part", "external-url", "text", "secret", and is "adress" (did you mean "address"?)',
    ],
  ],
};

for (const [what, [value, changes, expected]] of Object.entries(CASES))
  test(what, () =>
    assert.equal(
      findings(changed(["services.web.config.env.X", value], ...changes)).map(
        ({ id, at, message, hint }) => `${id} ${at}: ${message} (${hint})`,
      ),
      expected,
    ),
  );

test("what differs is found where it is written, and where it runs alone", () => {
  const at = (path: string, value: unknown) => findings(changed([path, value])).map(({ id, at }) => `${id} ${at}`);
  assert.equal(at("services.web.in.first.config.env.X", address("store", "http")), [
    "values/unknown-port services.web.in.first.config.env.X.port",
  ]);
  assert.equal(at("services.bare.config", { env: { X: address("store", "http") } }), []); // it runs nowhere
});

test.run();

import { existsSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Experiment as ConfigExperiment } from "../../../config/model/resilience.ts";
import type { Ecosystem } from "../../../config/model/ecosystem.ts";
import { topologyOf } from "../../../../test/support/topology.ts";
import { UNASKED } from "../../../../test/support/unasked.ts";
import { BASE, ecosystemWith } from "../test/ecosystem.ts";
import { checks } from "./index.ts";

const test = suite("checks of the chaos-mesh target");

/** `id at: message` of every finding. */
const findings = (config: Ecosystem) =>
  checks.flatMap((check) => [
    ...new Set([...check.run(topologyOf(config), UNASKED)].map(({ at, message }) => `${check.id} ${at}: ${message}`)),
  ]);

const HARM = "resilience.experiments.harm";
const http = (fields: object): ConfigExperiment =>
  ({ ...BASE, kind: "http-fault", requests: "100%", status: 503, abortOn: ["own"], ...fields }) as ConfigExperiment;
const kill = (every: `${number}s`, duration: `${number}${"s" | "m"}` = "5m"): ConfigExperiment => ({
  ...BASE,
  kind: "pod-kill",
  every,
  duration,
});
const dns = (...patterns: string[]): ConfigExperiment => ({ ...BASE, kind: "dns-fault", patterns });
const lasting = (duration: `${number}s`): ConfigExperiment => ({ ...BASE, kind: "network-loss", loss: "1%", duration });
const withoutMesh = { mesh: false };
const onTcp = (config: Ecosystem): Ecosystem => ({
  ...config,
  services: {
    ...config.services,
    api: { ...config.services["api"]!, ports: { raw: { port: 70, protocol: "tcp" } } },
    shop: { ...config.services["shop"]!, dependsOn: [] },
  },
});

const CASES: [string, Ecosystem, string[]][] = [
  ["a * at the end", ecosystemWith(dns("a.example.com", "cdn.*", "h?st.example.com", "*")), []],
  [
    "a * before the end",
    ecosystemWith(dns("a.example.com", "*.example.com")),
    [`chaos-mesh/dns-wildcard ${HARM}.patterns[1]: *.example.com has a * before its end`],
  ],
  [
    "a * in the middle and one at the end",
    ecosystemWith(dns("a*.b*")),
    [`chaos-mesh/dns-wildcard ${HARM}.patterns[0]: a*.b* has a * before its end`],
  ],

  ["a share of the requests, in the mesh", ecosystemWith(http({ requests: "5%" })), []],
  ["all requests, outside the mesh", ecosystemWith(http({}), withoutMesh), []],
  [
    "a share of the requests, outside the mesh",
    ecosystemWith(http({ requests: "5%" }), withoutMesh),
    [
      `chaos-mesh/http-injector ${HARM}.requests: harm hits 5% of the requests, and for api, which is not in the mesh, it can only hit all`,
    ],
  ],
  [
    "the mesh, outside the mesh",
    ecosystemWith(http({ by: "mesh" }), withoutMesh),
    [`chaos-mesh/http-injector ${HARM}.by: harm is injected by the mesh, and api is not in it`],
  ],
  [
    "also where nothing is released",
    ecosystemWith(http({ by: "mesh" }), { ...withoutMesh, released: [] }),
    [`chaos-mesh/http-injector ${HARM}.by: harm is injected by the mesh, and api is not in it`],
  ],

  [
    "no port with requests",
    onTcp(ecosystemWith(http({}))),
    ["chaos-mesh/http-port services.api.chaos[0]: api has no HTTP or gRPC port for harm"],
  ],
  ["no port with requests, and another fault", onTcp(ecosystemWith(lasting("60s"))), []],

  ["as many kills as there may be", ecosystemWith(kill("3s")), []],
  [
    "one kill more",
    ecosystemWith(kill("3s", "303s")),
    [`chaos-mesh/kill-steps ${HARM}.every: harm kills 101 times in 303s`],
  ],
  ["one kill", ecosystemWith(kill("300s")), []],
  [
    "a kill after the end",
    ecosystemWith(kill("301s")),
    [`chaos-mesh/kill-steps ${HARM}.every: harm kills every 301s and lasts 5m`],
  ],

  ["long enough", ecosystemWith(lasting("30s")), []],
  ["too short", ecosystemWith(lasting("29s")), [`chaos-mesh/too-short ${HARM}.duration: harm lasts 29s`]],
];
for (const [name, config, expected] of CASES) test(name, () => assert.equal(findings(config), expected));

test("each has its case above, and its page", () => {
  for (const { id } of checks) {
    assert.ok(
      CASES.some(([, , expected]) => expected.some((finding) => finding.startsWith(`${id} `))),
      id,
    );
    assert.ok(existsSync(new URL(`${id.replace("chaos-mesh/", "")}.md`, import.meta.url)), id);
  }
});

test.run();

import { suite } from "uvu";
import * as assert from "uvu/assert";
import { everything } from "../../../scripts/everything/everything.ts";
import { topologyOf } from "../../../test/support/topology.ts";
import { canary, rolling } from "../../config/define.ts";
import type { Dependency } from "../../config/model/calls.ts";
import type { ExternalDependency } from "../../config/model/externals.ts";
import type { Service } from "../../config/model/services.ts";
import { createValidator, schemasBelow } from "../../6-verify/kubernetes/index.ts";
import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { PACKAGE_ROOT } from "../../package-root.ts";
import istio from "./index.ts";

const test = suite("destinations");
const { validate } = createValidator(schemasBelow(`${PACKAGE_ROOT}schemas/crds`));

const served = { ...everything.services["inline-swap"]!, slos: [], rollout: rolling() };

interface Rule {
  path: string;
  metadata: KubernetesObject["metadata"];
  spec: {
    host: string;
    workloadSelector: object;
    trafficPolicy: { portLevelSettings: { [field: string]: unknown; port: { number: number } }[] };
  };
}

/** The DestinationRules of services that call as they say, on one cluster, and of their files. */
function rulesOf(
  callers: Record<string, readonly (Dependency | ExternalDependency)[]>,
  { called = {}, mesh = true }: { called?: Partial<Service>; mesh?: boolean } = {},
): Rule[] {
  const services = Object.fromEntries(
    Object.entries(callers).map(([name, dependsOn]) => [name, { ...served, dependsOn } as Service]),
  );
  const topology = topologyOf({
    ...everything,
    security: { ...everything.security, mesh: { ...everything.security?.mesh, enabled: mesh } },
    services: { ...everything.services, ...services, called: { ...served, ...called } as Service },
  });
  const named = new RegExp(`/gke/services/(${Object.keys(callers).join("|")})/`);
  return istio
    .emit(topology)
    .filter(({ path }) => named.test(path))
    .flatMap(({ path, body }) =>
      (body.kind === "kubernetes" ? body.objects : [])
        .filter(({ kind }) => kind === "DestinationRule")
        .map((object) => {
          assert.equal(validate(object), []);
          return { path, ...(object as unknown as Omit<Rule, "path">) };
        }),
    );
}

const settingsOf = ({ spec }: Rule) => spec.trafficPolicy.portLevelSettings;
const OFF = { localityLbSetting: { enabled: false } };

test("each caller has a rule of its own for one host: in its namespace, for its pods, among its files", () => {
  const rules = rulesOf({
    one: [{ service: "called", port: 80, connectTimeout: "1500ms" }],
    other: [{ service: "called", port: 80, connectTimeout: "20ms", timeout: "2s" }],
    silent: [{ service: "called", port: 80, timeout: "2s" }],
  });
  assert.equal(
    rules.map(({ path, metadata: { name, namespace }, spec: { host, workloadSelector } }) => [
      path,
      name,
      namespace,
      host,
      workloadSelector,
    ]),
    ["one", "other"].map((caller) => [
      `generated/clusters/gke/services/${caller}/manifests/destinations.yaml`,
      `${caller}.called.service`,
      "crew-apps",
      "called.crew-apps.svc.cluster.local",
      { matchLabels: { "app.kubernetes.io/name": caller } },
    ]),
  );
  assert.equal(rules.map(settingsOf), [
    [{ port: { number: 80 }, connectionPool: { tcp: { connectTimeout: "1.5s" } } }],
    [{ port: { number: 80 }, connectionPool: { tcp: { connectTimeout: "0.02s" } } }],
  ]);
});

const BY_DEFAULT = { interval: "10s", baseEjectionTime: "30s", maxEjectionPercent: 50, minHealthPercent: 0 };
const OUTLIERS: [NonNullable<Dependency["outliers"]>, object][] = [
  [{}, { ...BY_DEFAULT, consecutive5xxErrors: 5 }],
  // Otherwise five of any kind would still eject.
  [
    { errors: 3, on: "gateway-error" },
    { ...BY_DEFAULT, consecutive5xxErrors: 0, consecutiveGatewayErrors: 3 },
  ],
  [
    { ejectionTime: "2s", maxEjected: "34%", minHealthy: "10%" },
    {
      consecutive5xxErrors: 5,
      interval: "2s", // or it would be back after 10
      baseEjectionTime: "2s",
      maxEjectionPercent: 34,
      minHealthPercent: 10,
    },
  ],
];
for (const [outliers, outlierDetection] of OUTLIERS) {
  test(`outliers ${JSON.stringify(outliers)}: zones are not preferred by that`, () => {
    const [rule] = rulesOf({ one: [{ service: "called", port: 80, outliers }] });
    assert.equal(settingsOf(rule!), [{ port: { number: 80 }, loadBalancer: OFF, outlierDetection }]);
  });
}

test("several ports of a host are one rule, which says of each its own", () => {
  const ports: Service["ports"] = { http: { port: 80 }, raw: { port: 82, protocol: "tcp" } };
  const rules = rulesOf(
    {
      one: [
        { service: "called", port: 82, connectTimeout: "1s" },
        { service: "called", port: 80, connectTimeout: "2s" },
      ],
    },
    { called: { ports } },
  );
  assert.is(rules.length, 1);
  assert.equal(settingsOf(rules[0]!), [
    { port: { number: 82 }, connectionPool: { tcp: { connectTimeout: "1s" } } },
    { port: { number: 80 }, connectionPool: { tcp: { connectTimeout: "2s" } } },
  ]);
});

test("while a Rollout moves weights, the new version's Service has the same rule", () => {
  const called = { rollout: canary({ steps: [{ weight: 20, pause: "1m" }] }) };
  const [stable, next, ...more] = rulesOf({ one: [{ service: "called", port: 80, outliers: {} }] }, { called });
  assert.equal(more, []);
  assert.equal(
    [stable, next].map((rule) => rule!.spec.host),
    ["called", "called-canary"].map((name) => `${name}.crew-apps.svc.cluster.local`),
  );
  assert.equal(settingsOf(stable!), settingsOf(next!));
  assert.is.not(stable!.metadata.name, next!.metadata.name);
});

test("something outside has the host that its ServiceEntry has", () => {
  const rules = rulesOf({
    one: [
      { external: "payments", connectTimeout: "3s" },
      { external: "queue", connectTimeout: "4s" }, // by its address
    ],
  });
  assert.equal(
    rules.map((rule) => [rule.metadata.name, rule.spec.host, settingsOf(rule)]),
    [
      [
        "one.payments.external",
        "api.payments.example",
        [{ port: { number: 8443 }, connectionPool: { tcp: { connectTimeout: "3s" } } }],
      ],
      [
        "one.queue.external",
        "queue.external",
        [{ port: { number: 5671 }, connectionPool: { tcp: { connectTimeout: "4s" } } }],
      ],
    ],
  );
});

test("without a mesh there is none", () =>
  assert.equal(rulesOf({ one: [{ service: "called", port: 80, connectTimeout: "1s" }] }, { mesh: false }), []));

test.run();

import type { ValidateFunction } from "ajv";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import * as validators from "../../6-verify/values/generated/validators.js";
import { canary, rolling, secret, text, tunable } from "../../config/define.ts";
import { everything } from "../../../scripts/everything/everything.ts";
import type { Ecosystem } from "../../config/model/ecosystem.ts";
import type { Service } from "../../config/model/services.ts";
import { projectTopology, topologyOf } from "../../../test/support/topology.ts";
import { Charts, helm } from "../../../lab/conformance/helm/charts.ts";
import { holdsAll } from "../../../lab/conformance/helm/rules.ts";
import type { Topology } from "../../topology/index.ts";
import target from "./index.ts";

interface ValuesFile {
  path: string;
  chart: "service" | "job" | "stateful" | "daemon";
  name: string;
  data: any;
}

const emit = (topology: Topology): ValuesFile[] =>
  target.emit(topology).map(({ path, body }) => ({ path, ...(body as unknown as Omit<ValuesFile, "path">) }));

const DIGEST = `sha256:${"ab12".repeat(16)}` as const;

/** The values of one more service on cluster `gke` of the ecosystem that writes everything. */
function valuesOf(service: Partial<Service>, images?: unknown, more: Partial<Ecosystem> = {}): any {
  const probes = {
    liveness: { kind: "http", port: "http", failures: 6 },
    readiness: { kind: "http", port: "http" },
    ...service.probes,
  };
  const added = {
    team: "crew",
    image: "registry.example/crew/added",
    tag: "v1",
    placement: { clusters: ["gke"] },
    ports: { http: { port: 80 } },
    ...service,
    probes,
  } as Service;
  const files = emit(
    topologyOf({ ...everything, ...more, services: { ...everything.services, ...more.services, added } }, images),
  );
  const [file, ...others] = files.filter(({ name }) => name === "added");
  assert.equal(others, []);
  holds(file!);
  return file!.data;
}

function holds({ chart, name, data }: ValuesFile): void {
  const validator: ValidateFunction = validators[chart];
  validator(data);
  assert.equal(
    (validator.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`),
    [],
    `${chart} values of ${name}`,
  );
}

const values = suite("values");

for (const [title, topology] of Object.entries({
  "the reference ecosystem": () => projectTopology(),
  "the Online Boutique": () => projectTopology("examples/online-boutique"),
  "the Astronomy Shop": () => projectTopology("examples/astronomy-shop"),
  "the ecosystem that writes everything": async () => topologyOf(everything, { web: { live: DIGEST } }),
})) {
  values(`${title}: every workload has one file, and its chart's schema takes it`, async () => {
    const resolved = await topology();
    const files = emit(resolved);
    assert.equal(
      files.map(({ path }) => path),
      resolved.workloads.map(({ path }) => `${path}/values.yaml`),
    );
    for (const file of files) holds(file);
  });
}

values("a chart for each kind", () => {
  const files = emit(topologyOf(everything)).filter(({ path }) => path.includes("/gke/"));
  assert.equal(
    ["web", "store", "nightly", "collector"].map((name) => files.find((file) => file.name === name)!.chart),
    ["service", "stateful", "job", "daemon"],
  );
});

values("an image by digest or by tag, and by the digest alone where both are known", () => {
  const image = (service: Partial<Service>, images?: unknown) => valuesOf(service, images).image;
  const shared = { repository: "registry.example/crew/added", pullPolicy: "IfNotPresent" };
  assert.equal(image({ tag: undefined }, { added: { live: DIGEST } }), { ...shared, digest: DIGEST });
  assert.equal(image({ tag: "v2" }, { added: { first: DIGEST } }), { ...shared, tag: "v2" });
  assert.equal(image({ tag: "v2" }, { added: { live: DIGEST } }), { ...shared, digest: DIGEST });
});

values("who counts the pods: the values, the autoscaler, or the Rollout", () => {
  const counted = ({ replicas, autoscaling, rollout }: any) => ({ replicas, autoscaling, rollout });
  const steps = canary({ steps: [{ weight: 20 }] });
  assert.equal(counted(valuesOf({ scaling: { min: 3, max: 3 } })), {
    replicas: 3,
    autoscaling: {},
    rollout: { enabled: false },
  });
  assert.equal(counted(valuesOf({ scaling: { min: 3, max: 9, cpu: "62.5%" } })), {
    replicas: 3,
    autoscaling: { minReplicas: 3, maxReplicas: 9, targetCPUUtilizationPercentage: 63 },
    rollout: { enabled: false },
  });
  assert.equal(
    counted(valuesOf({ scaling: { min: tunable({ default: 2, min: 2, max: 4 }), max: 4 }, rollout: steps })),
    {
      replicas: 2,
      autoscaling: { minReplicas: 2, maxReplicas: 4, targetCPUUtilizationPercentage: 70 },
      rollout: { enabled: true },
    },
  );
});

values("a rolling update says how many pods more and fewer", () => {
  assert.equal(valuesOf({ rollout: rolling({ maxSurge: "50%", maxUnavailable: "10%" }) }).strategy, {
    type: "RollingUpdate",
    maxSurge: "50%",
    maxUnavailable: "10%",
  });
});

const daemon = (service: Partial<Service> = {}) => valuesOf({ kind: "daemon", ...service });

values("a daemon's update: a pod less on a tenth of the nodes, or as the config says, by one of the two", () => {
  const update = (rollout?: Service["rollout"]) => {
    const { type, ...shares } = daemon(rollout === undefined ? {} : { rollout }).updateStrategy;
    assert.is(type, "RollingUpdate");
    return shares;
  };
  assert.equal(
    [undefined, rolling(), rolling({ maxUnavailable: "30%" }), rolling({ maxSurge: "100%" }), "plain"].map((rollout) =>
      update(rollout as Service["rollout"]),
    ),
    [
      { maxSurge: "0%", maxUnavailable: "10%" },
      { maxSurge: "0%", maxUnavailable: "10%" },
      { maxSurge: "0%", maxUnavailable: "30%" },
      { maxSurge: "100%", maxUnavailable: "0%" },
      { maxSurge: "50%", maxUnavailable: "10%" },
    ],
  );
});

values("a daemon on nodes: of those without taints, of its pool, or of all, whose taints it tolerates once", () => {
  const [first, second] = [
    { key: "dedicated", value: "batch", effect: "NoSchedule" },
    { key: "gpu", value: "", effect: "NoExecute" },
  ] as const;
  const pool = { machineType: "e2-standard-4", min: 1, max: 2 };
  const { gke } = everything.clusters;
  const nodePools = {
    ...gke!.nodePools,
    a: { ...pool, taints: [first] },
    b: { ...pool, taints: [first, second] },
  };
  const clusters = { ...everything.clusters, gke: { ...gke!, nodePools } } as Ecosystem["clusters"];
  const nodes = (service: Partial<Service>) => {
    const { nodeSelector, tolerations = [] } = valuesOf({ kind: "daemon", ...service }, undefined, { clusters });
    return [nodeSelector, tolerations.map(({ key, operator, effect }: any) => `${key} ${operator} ${effect}`)];
  };
  const own = (gke as { nodePools: Record<string, { taints?: { key: string; effect: string }[] }> }).nodePools;
  const others = Object.values(own).flatMap(({ taints = [] }) =>
    taints.map(({ key, effect }) => `${key} Equal ${effect}`),
  );
  assert.equal(nodes({}), [undefined, []]);
  assert.equal(nodes({ pool: "a" })[1], ["dedicated Equal NoSchedule"]);
  const [selector, tolerated] = nodes({ everyNode: true });
  assert.is(selector, undefined);
  assert.equal([...tolerated].sort(), [...others, "dedicated Equal NoSchedule", "gpu Equal NoExecute"].sort());
});

values("Services: one, with a second for the canary or the preview, and none without ports", () => {
  const names = (service: Partial<Service>) => valuesOf(service).services.map(({ name }: { name: string }) => name);
  assert.equal(
    [
      names({}),
      names({ rollout: "steps" }),
      names({ rollout: "swap" }),
      names({ ports: {} }),
      names({ kind: "stateful", storage: [{ name: "data", path: "/data", size: "1Gi" }] }),
      names({ kind: "daemon" }),
    ],
    [["added"], ["added", "added-canary"], ["added", "added-preview"], [], ["added"], ["added"]],
  );
});

values("declared secrets are files; environment variables where they are asked for, one for each key", () => {
  const { secrets, secretEnv } = valuesOf({
    secrets: [{ secret: "database", mountPath: "/db", env: true }, { secret: "aws" }],
  });
  assert.equal(secrets, [
    { name: "database", mountPath: "/db" },
    { name: "aws", mountPath: "/var/run/secrets/aws" },
  ]);
  assert.equal(secretEnv, { user: { name: "database", key: "user" }, password: { name: "database", key: "password" } });
});

values("variables and files with secrets in them are keys of Secrets, and what images are pulled with is one", () => {
  const { env, secretEnv, config, imagePullSecrets } = valuesOf({
    secrets: [],
    pullSecrets: ["registry"],
    config: {
      env: { A: "1", USER: secret("database", "user"), DSN: text`db://${secret("database", "user")}` },
      files: { "a.ini": "a=1", "db.ini": text`user=${secret("database", "user")}` },
    },
  });
  assert.equal(env, { A: "1" });
  assert.equal(secretEnv["USER"], { name: "database", key: "user" });
  assert.match(secretEnv["DSN"].name, /-env-[0-9a-f]{8}$/);
  assert.is(secretEnv["DSN"].key, "DSN");
  assert.equal([config.files, config.rendered.files], [{ "a.ini": "a=1" }, ["db.ini"]]);
  assert.match(config.rendered.name, /-files-[0-9a-f]{8}$/);
  assert.equal(imagePullSecrets, ["registry"]);
});

values("keys of a secret have the names that the service gives them, as files and as variables", () => {
  const { secrets, secretEnv } = valuesOf({
    secrets: [{ secret: "database", mountPath: "/db", env: true, keys: { password: "DB_PASSWORD" } }],
  });
  assert.equal(secrets, [
    {
      name: "database",
      mountPath: "/db",
      items: [
        { key: "user", path: "user" },
        { key: "password", path: "DB_PASSWORD" },
      ],
    },
  ]);
  assert.equal(secretEnv, {
    user: { name: "database", key: "user" },
    DB_PASSWORD: { name: "database", key: "password" },
  });
});

values("configuration: variables, files, and no folder without files", () => {
  const { env, config } = valuesOf({ config: { env: { B: "2", A: "yes" }, files: { "app.conf": "x: 1\n" } } });
  assert.equal(
    [Object.entries(env), config],
    [
      [
        ["A", "yes"],
        ["B", "2"],
      ],
      { mountPath: "/etc/added", files: { "app.conf": "x: 1\n" } },
    ],
  );
  assert.equal(valuesOf({ config: { mountPath: "/nothing" } }).config, {});
  const odd = { "-a": "1", ".b": "2", "c.d-e": "3" };
  assert.equal(valuesOf({ config: { env: odd } }).env, odd, "every name that Kubernetes takes");
});

values("a pod gets what it asks for and no more memory or disk than that", () => {
  assert.equal(valuesOf({ resources: { cpu: "300m", memory: "96Mi", ephemeralStorage: "1Gi" } }).resources, {
    requests: { cpu: "300m", memory: "96Mi", "ephemeral-storage": "1Gi" },
    limits: { cpu: "600m", memory: "96Mi", "ephemeral-storage": "1Gi" },
  });
});

values("each way to ask a pod how it is, with times in seconds", () => {
  const { liveness, readiness, startup } = valuesOf({
    probes: {
      liveness: {
        kind: "http",
        port: "http",
        headers: { B: "2", A: "1" },
        every: "0.5m",
        timeout: "2s",
        delay: "3000ms",
      },
      readiness: { kind: "grpc", port: "http", failures: 7 },
      startup: { kind: "exec", command: ["/bin/check", "--quick"] },
    },
  }).probes;
  assert.equal(liveness, {
    httpGet: {
      path: "/",
      port: "http",
      httpHeaders: [
        { name: "A", value: "1" },
        { name: "B", value: "2" },
      ],
    },
    initialDelaySeconds: 3,
    periodSeconds: 30,
    timeoutSeconds: 2,
    failureThreshold: 3,
  });
  assert.equal(readiness, {
    grpc: { port: "http" },
    initialDelaySeconds: 0,
    periodSeconds: 10,
    timeoutSeconds: 2,
    failureThreshold: 7,
  });
  assert.equal(startup.exec, { command: ["/bin/check", "--quick"] });
  assert.equal(valuesOf({ probes: { liveness: { kind: "tcp", port: "http" } } }).probes.liveness.tcpSocket, {
    port: "http",
  });
});

values("a pod drains for five seconds, for half of a short life, or as the config says", () => {
  const drain = (service: Partial<Service>) => valuesOf(service).preStopSleepSeconds ?? "the chart's";
  assert.equal(
    [
      drain({}),
      drain({ gracePeriod: "10s" }),
      drain({ gracePeriod: "9s" }),
      drain({ gracePeriod: "3s" }),
      drain({ gracePeriod: "1s" }),
      drain({ drain: "0s" }),
      drain({ gracePeriod: "2m", drain: "1m" }),
    ],
    ["the chart's", "the chart's", 4, 1, 0, 0, 60],
  );
});

values("zones and nodes are a wish, a demand, or nothing to the scheduler", () => {
  const spread = (given?: Service["spread"]) => valuesOf(given === undefined ? {} : { spread: given }).topologySpread;
  assert.equal(spread(), { zone: "ScheduleAnyway", host: "ScheduleAnyway" });
  assert.equal(spread({ zones: "must" }), { zone: "DoNotSchedule", host: "ScheduleAnyway" });
  assert.equal(spread({ zones: "off", nodes: "must" }), { zone: "", host: "DoNotSchedule" });
});

values("who gives way, by the name of a class; what is normal has none, and what says none that of its team", () => {
  const className = (priority?: Service["priority"]) =>
    valuesOf(priority === undefined ? {} : { priority }).priorityClassName;
  assert.equal(
    [className(), className("normal"), className("low"), className("high")],
    ["eco-compile-low", undefined, "eco-compile-low", "eco-compile-high"],
  );
});

values("a token of the service account only for who calls the API server", () => {
  const token = (service: Partial<Service>) => valuesOf(service).serviceAccount.automountServiceAccountToken;
  assert.equal([token({}), token({ apiAccess: false }), token({ apiAccess: true })], [false, false, true]);
});

const TAINT = { key: "dedicated", value: "batch", effect: "NoExecute" } as const;
const AKS_SPOT = {
  key: "kubernetes.azure.com/scalesetpriority",
  operator: "Equal",
  value: "spot",
  effect: "NoSchedule",
};
const POOLS: readonly (readonly [
  cluster: string,
  change: object,
  pool: object,
  selector: object,
  tolerations: unknown,
])[] = [
  ["gke", {}, {}, { "cloud.google.com/gke-nodepool": "batch" }, undefined],
  ["gke", {}, { spot: true }, { "cloud.google.com/gke-nodepool": "batch" }, undefined],
  ["gke", {}, { taints: [TAINT] }, { "cloud.google.com/gke-nodepool": "batch" }, [{ ...TAINT, operator: "Equal" }]],
  ["eks", {}, { taints: [TAINT] }, { "eco-compile.dev/pool": "batch" }, [{ ...TAINT, operator: "Equal" }]],
  ["eks", { existing: true }, {}, { "eks.amazonaws.com/nodegroup": "batch" }, undefined],
  ["aks", { existing: true }, {}, { "kubernetes.azure.com/agentpool": "batch" }, undefined],
  [
    "aks",
    {},
    { spot: true, taints: [TAINT] },
    { "kubernetes.azure.com/agentpool": "batch" },
    [{ ...TAINT, operator: "Equal" }, AKS_SPOT],
  ],
];
for (const [name, change, more, nodeSelector, tolerations] of POOLS)
  values(
    `a pool of ${name}${JSON.stringify({ ...change, ...more })}: its nodes alone, whatever keeps others away`,
    () => {
      const cluster = everything.clusters[name]!;
      const pool = { ...Object.values(cluster.nodePools)[0]!, spot: false, taints: [], ...more };
      const clusters = {
        ...everything.clusters,
        [name]: { ...cluster, ...change, nodePools: { ...cluster.nodePools, batch: pool } },
      };
      const data = valuesOf({ pool: "batch", placement: { clusters: [name] } }, undefined, {
        clusters,
      } as Partial<Ecosystem>);
      assert.equal([data.nodeSelector, data.tolerations], [nodeSelector, tolerations]);
    },
  );

values("one form on clusters of two clouds has the nodes of each", () => {
  const files = emit(topologyOf(everything)).filter(({ name }) => name === "store");
  assert.equal(
    files.map(({ path, data }) => [path.split("/")[2], Object.keys(data.nodeSelector)[0]]),
    [
      ["eks", "eco-compile.dev/pool"],
      ["gke", "cloud.google.com/gke-nodepool"],
    ],
  );
});

values("without a pool nothing is said of nodes", () => {
  const data = valuesOf({});
  assert.equal(["nodeSelector" in data, "tolerations" in data], [false, false]);
});

const tenMinutes = { kind: "http", port: "http", path: "/up", every: "10s", failures: 60 } as const;
const ROLLOUT_TIMES: readonly (readonly [service: Partial<Service>, ready: unknown, deadline: unknown])[] = [
  [{}, undefined, undefined],
  [{ minReady: "0s" }, 0, undefined],
  [{ minReady: "1m" }, 60, undefined],
  [{ minReady: "10m" }, 600, 910],
  [{ progressDeadline: "30s" }, undefined, 30],
  [{ probes: { startup: tenMinutes } }, undefined, 915],
  [{ probes: { startup: { ...tenMinutes, delay: "2m" } } }, undefined, 1035],
  [{ probes: { startup: tenMinutes }, progressDeadline: "1h" }, undefined, 3600],
  [{ probes: { startup: { ...tenMinutes, every: "1d", failures: 2_147_483_647 } } }, undefined, 2_147_483_647],
  [{ rollout: "steps" }, undefined, undefined],
];
for (const [service, ready, deadline] of ROLLOUT_TIMES)
  values(`how long a rollout waits where the config says ${JSON.stringify(service)}`, () => {
    const { minReadySeconds, progressDeadlineSeconds } = valuesOf(service);
    assert.equal([minReadySeconds, progressDeadlineSeconds], [ready, deadline]);
  });

values("a job runs on its schedule, or once per version, and serves nothing", () => {
  const data = valuesOf({ kind: "job", ports: undefined, schedule: "15 4 * * *" });
  assert.equal(
    [data.schedule, data.services, data.ports, data.mesh],
    ["15 4 * * *", undefined, undefined, { enabled: false }],
  );
  assert.is(valuesOf({ kind: "job", ports: undefined }).schedule, "");
});

values("a stateful workload claims its volumes", () => {
  const { storage, replicas } = valuesOf({
    kind: "stateful",
    scaling: { min: 3, max: 3 },
    storage: [
      { name: "data", path: "/data", size: "10Gi" },
      { name: "log", path: "/log", size: "1.5Gi", storageClass: "cold" },
    ],
  });
  assert.equal(storage, [
    { name: "data", mountPath: "/data", size: "10Gi", accessModes: ["ReadWriteOnce"] },
    { name: "log", mountPath: "/log", size: "1.5Gi", accessModes: ["ReadWriteOnce"], storageClassName: "cold" },
  ]);
  assert.is(replicas, 3);
});

const tcp = (port: number) => [{ port, protocol: "TCP" }];
const pods = (namespace: string, name: string) => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
  podSelector: { matchLabels: { "app.kubernetes.io/name": name } },
});

values("the network is closed but for declared calls, named hosts and scraping", () => {
  const { egress } = valuesOf({
    dependsOn: [{ service: "store", port: 6379 }],
    egress: [{ host: "a.example", port: 8443 }, { host: "b.example" }, { host: "c.example" }],
  }).networkPolicy;
  assert.equal(
    egress[0],
    { to: [pods("crew-apps", "store")], ports: tcp(6380) },
    "the container's port, behind the Service's",
  );
  assert.equal(egress[1].ports, [...tcp(443), ...tcp(8443)]);
  assert.equal(egress[1].to[0].ipBlock.except, [
    "10.0.0.0/8",
    "100.64.0.0/10",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.168.0.0/16",
  ]);
  assert.is(egress.length, 2);
  assert.equal(valuesOf({}).networkPolicy.egress, []);
});

values(
  "callers get in by the container's port, scrapers by the agent's in the mesh and else by that of the metrics",
  () => {
    const calling: Service = {
      team: "crew",
      image: "registry.example/crew/caller",
      placement: { clusters: ["gke"] },
      ports: { http: { port: 80 } },
      dependsOn: [{ service: "added", port: 80 }],
    };
    const told: Partial<Service> = {
      ports: { http: { port: 80, targetPort: 8080 }, stats: { port: 9100, targetPort: 9101 } },
      telemetry: { metrics: { port: "stats" } },
    };
    const ingress = (service: Partial<Service>, security: Ecosystem["security"] = everything.security) =>
      valuesOf(service, undefined, { security, services: { ...everything.services, caller: calling } }).networkPolicy
        .ingress;
    const expected = (port: number) => [
      { from: [pods("crew-apps", "caller")], ports: tcp(8080) },
      {
        from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "monitoring" } } }],
        ports: tcp(port),
      },
    ];
    assert.equal(ingress(told), expected(15_020));
    const outside = { ...everything.security, mesh: { enabled: false } };
    assert.equal(ingress(told, outside), expected(9101));
    assert.equal(ingress({ ports: told.ports! }, outside), expected(9101).slice(0, 1));
  },
);

values("in the mesh the pod says where its metrics are, and else nobody would read it", () => {
  const told: Partial<Service> = {
    ports: { http: { port: 80 }, stats: { port: 9100, targetPort: 9101 } },
    telemetry: { metrics: { port: "stats", path: "/stats" } },
  };
  const said = { "prometheus.io/path": "/stats", "prometheus.io/port": "9101", "prometheus.io/scrape": "true" };
  assert.equal(valuesOf(told).podAnnotations, said);
  assert.equal(valuesOf({ ...told, kind: "daemon" }).podAnnotations, said);
  assert.is(valuesOf({ ports: told.ports! }).podAnnotations, undefined);
  const storage: Service["storage"] = [{ name: "data", path: "/data", size: "1Gi" }];
  assert.is(valuesOf({ ...told, kind: "stateful", storage }).podAnnotations, undefined);
});

values("a job opens the port of its metrics on its pods alone", () => {
  const { ports, networkPolicy } = valuesOf({
    kind: "job",
    ports: { http: { port: 9100, targetPort: 9101 } },
    telemetry: { metrics: { port: "http" } },
  });
  assert.equal(ports, [{ name: "http", targetPort: 9101, protocol: "http" }]);
  assert.equal(networkPolicy.ingress[0].ports, tcp(9101));
  assert.is(valuesOf({ kind: "job", ports: {} }).ports, undefined);
});

values.run();

const rendered = suite("values rendered by helm");
const test = helm ? rendered : rendered.skip;
let charts: Charts;
rendered.before(() => {
  if (helm) charts = new Charts();
});
rendered.after(() => charts?.remove());

for (const { path, chart, name, data } of emit(topologyOf(everything, { web: { live: DIGEST } })).filter(({ path }) =>
  path.includes("/gke/"),
)) {
  test(`${path.split("/").at(-2)}: the ${chart} chart makes objects of them that hold every rule`, () => {
    const result = charts.render(chart, data);
    holdsAll(result);
    const kinds = result.objects.map(({ kind }) => kind as string);
    assert.ok(
      kinds.includes(
        {
          service: "Deployment",
          stateful: "StatefulSet",
          daemon: "DaemonSet",
          job: data.schedule === "" ? "Job" : "CronJob",
        }[chart],
      ),
      kinds.join(", "),
    );
    assert.ok(
      result.objects.every(({ metadata }) => metadata.annotations?.["eco-compile.dev/source"] === `services.${name}`),
      "every object says where it comes from",
    );
  });
}
test("containers before the service's own: sidecars first, each with its image, and what it inherits", () => {
  const data = valuesOf(
    {
      image: "registry.example/crew/added",
      tag: "v1",
      config: { env: { A: "1", B: "2" } },
      secrets: [{ secret: "database", env: true }],
      writable: [{ path: "/tmp" }],
      probes: { readiness: { kind: "http", port: "http", path: "/ready" } },
      init: [
        { name: "migrate", command: ["/migrate", "$$"], inherits: true, env: { B: "" } },
        { name: "older", tag: "v0", command: ["/check"] },
      ],
      sidecars: [{ name: "proxy", image: "registry.example/proxy", tag: "v9", resources: { cpu: "15m" } }],
    },
    { added: { live: DIGEST }, "added/proxy": { live: DIGEST } },
  );
  const result = charts.render("service", data);
  holdsAll(result);
  const { initContainers } = result.objects.find(({ kind }) => kind === "Deployment")!.spec.template.spec;
  assert.equal(
    initContainers.map(({ name, image, restartPolicy }: Record<string, unknown>) => [name, image, restartPolicy]),
    [
      ["proxy", `registry.example/proxy@${DIGEST}`, "Always"],
      ["migrate", `registry.example/crew/added@${DIGEST}`, undefined],
      ["older", "registry.example/crew/added:v0", undefined],
    ],
  );
  const [proxy, migrate] = initContainers;
  assert.equal(proxy.resources, {
    requests: { cpu: "15m", memory: "64Mi", "ephemeral-storage": "64Mi" },
    limits: { cpu: "30m", memory: "64Mi", "ephemeral-storage": "64Mi" },
  });
  const mounts = (container: { volumeMounts: { mountPath: string }[] }) =>
    container.volumeMounts.map(({ mountPath }) => mountPath);
  assert.equal([mounts(proxy), proxy.env], [["/tmp"], undefined], "no secret without being asked");
  assert.equal(mounts(migrate), ["/var/run/secrets/database", "/tmp"]);
  assert.equal(
    migrate.env.map(({ name, value }: Record<string, unknown>) => [name, value]),
    [
      ["A", "1"],
      ["B", ""],
      ["password", undefined],
      ["user", undefined],
    ],
  );
  assert.equal(migrate.command, ["/migrate", "$$$$"]);
});

test("a number for TCP and for UDP: on the container, in the Services, and in the rules of who calls it", () => {
  const caller: Service = {
    team: "crew",
    kind: "job",
    image: "registry.example/crew/caller",
    tag: "v1",
    placement: { clusters: ["gke"] },
    dependsOn: [{ service: "added", port: 53 }],
  };
  const data = valuesOf(
    {
      ports: {
        dns: { port: 53, targetPort: 5353, protocol: "udp" },
        "dns-tcp": { port: 53, targetPort: 5353, protocol: "tcp" },
      },
      probes: { liveness: { kind: "tcp", port: "dns-tcp" }, readiness: { kind: "exec", command: ["/bin/ready"] } },
    },
    undefined,
    { services: { ...everything.services, caller } },
  );
  const result = charts.render("service", data);
  holdsAll(result);
  const of = (wanted: string) => result.objects.find(({ kind }) => kind === wanted)!.spec;
  const both = [
    { port: 5353, protocol: "UDP" },
    { port: 5353, protocol: "TCP" },
  ];
  assert.equal(of("Deployment").template.spec.containers[0].ports, [
    { name: "dns", containerPort: 5353, protocol: "UDP" },
    { name: "dns-tcp", containerPort: 5353, protocol: "TCP" },
  ]);
  assert.equal(of("Service").ports, [
    { name: "udp-dns", port: 53, targetPort: "dns", protocol: "UDP", appProtocol: "udp" },
    { name: "tcp-dns-tcp", port: 53, targetPort: "dns-tcp", protocol: "TCP", appProtocol: "tcp" },
  ]);
  assert.equal(of("NetworkPolicy").ingress[0].ports, both);
});

test("commands arrive as they are written, though Kubernetes expands them", () => {
  const words = ["$$", "$$5", "$(POD_NAME)", "$$(POD_NAME)", "$", "a$b", "$$$"];
  const expanded = (word: string) => word.replace(/\$\$|\$\(POD_NAME\)/g, (found) => (found === "$$" ? "$" : "web-0"));
  const data = valuesOf({
    command: words,
    args: words,
    probes: { startup: { kind: "exec", command: words }, readiness: { kind: "http", port: "http", path: "/ready" } },
    config: { env: { POD_NAME: "web-0" } },
  });
  const deployment = charts.render("service", data).objects.find(({ kind }) => kind === "Deployment")!;
  const { command, args, startupProbe } = deployment.spec.template.spec.containers[0];
  for (const given of [command, args, startupProbe.exec.command]) assert.equal(given.map(expanded), words);
});
for (const [title, service, sleep] of [
  ["a grace period of three seconds", { gracePeriod: "3s" }, { sleep: { seconds: 1 } }],
  ["a drain", { drain: "20s" }, { sleep: { seconds: 20 } }],
  ["nothing", {}, { sleep: { seconds: 5 } }],
] as const)
  test(`the sleep before the end of a pod whose config says ${title}`, () => {
    const probes = { readiness: { kind: "http", port: "http", path: "/ready" } } as const;
    const { objects } = charts.render("service", valuesOf({ probes, ...service }));
    const { spec } = objects.find(({ kind }) => kind === "Deployment")!;
    assert.equal(spec.template.spec.containers[0].lifecycle.preStop, sleep);
  });

for (const apiAccess of [false, true])
  test(`the network to the API server of pods ${apiAccess ? "with" : "without"} a token`, () => {
    const probes = { readiness: { kind: "http", port: "http", path: "/ready" } } as const;
    const { objects } = charts.render("service", valuesOf({ probes, apiAccess }));
    const one = (kind: string) => objects.find((object) => object.kind === kind)!;
    const open = one("NetworkPolicy").spec.egress.filter(({ to }: { to?: unknown }) => to === undefined);
    assert.equal(open, apiAccess ? [{ ports: [{ port: 443, protocol: "TCP" }] }] : []);
    assert.is(one("ServiceAccount").automountServiceAccountToken, apiAccess);
    assert.is(one("Deployment").spec.template.spec.automountServiceAccountToken, apiAccess);
  });

const RUNS: readonly (readonly [runs: Service["runs"], spec: object, job: object])[] = [
  [
    undefined,
    { timeZone: "UTC", concurrencyPolicy: "Forbid", startingDeadlineSeconds: 600 },
    { activeDeadlineSeconds: 3600, backoffLimit: 3 },
  ],
  [
    { timeZone: "America/St_Johns", deadline: "90m", retries: 0, overlap: "together", startWithin: "30s" },
    { timeZone: "America/St_Johns", concurrencyPolicy: "Allow", startingDeadlineSeconds: 30 },
    { activeDeadlineSeconds: 5400, backoffLimit: 0 },
  ],
  [
    { overlap: "replace" },
    { timeZone: "UTC", concurrencyPolicy: "Replace", startingDeadlineSeconds: 600 },
    { activeDeadlineSeconds: 3600, backoffLimit: 3 },
  ],
];
for (const [runs, spec, job] of RUNS)
  test(`a job's runs, as the CronJob has them: ${JSON.stringify(runs ?? {})}`, () => {
    const nightly: Service = {
      team: "crew",
      kind: "job",
      image: "registry.example/crew/nightly",
      tag: "v1",
      placement: { clusters: ["gke"] },
      schedule: "30 2 * * *",
      ...(runs === undefined ? {} : { runs }),
    };
    const config = { ...everything, services: { ...everything.services, nightly } };
    const { chart, data } = emit(topologyOf(config)).find(({ path }) => path.includes("/gke/services/nightly/"))!;
    const { spec: made } = charts.render(chart, data).objects.find(({ kind }) => kind === "CronJob")!;
    const pick = (from: object, like: object) =>
      Object.fromEntries(Object.keys(like).map((key) => [key, (from as Record<string, unknown>)[key]]));
    assert.equal([pick(made, spec), pick(made.jobTemplate.spec, job)], [spec, job]);
  });

rendered.run();

/** What the pages' examples leave out: the other ways in which a rule can be broken, and what it must put up with. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { diagnose } from "../../test/errors/example.ts";

const found = (config: string, images = "") =>
  diagnose({ config, images, tuning: "", lock: "" }).map(({ id, at }) => `${id} at ${at}`);

const STORE = `team: "shop", kind: "stateful", image: "ghcr.io/acme/store", placement: "all", storage: [{ name: "data", path: "/data", size: "10Gi" }]`;
const JOB = `team: "shop", kind: "job", image: "ghcr.io/acme/report", placement: "all"`;
const DAEMON = `team: "shop", kind: "daemon", image: "ghcr.io/acme/agent", placement: "all"`;
const OTLP = `ports: { otlp: { port: 4317, protocol: "grpc" } }, probes: { liveness: { kind: "grpc", port: "otlp", failures: 6 }, readiness: { kind: "grpc", port: "otlp" } }`;
const BATCH_POOLS = ["test", "main"]
  .map(
    (cluster) =>
      `${cluster}: { nodePools: { general: { machineType: "e2-standard-4", min: 3, max: 6 }, batch: { machineType: "e2-standard-4", min: 1, max: 3, taints: [{ key: "dedicated", value: "batch", effect: "NoSchedule" }] } } }`,
  )
  .join(", ");
const RABBIT = `kind: "rabbitmq", broker: "rabbit.acme.example:5671", queue: "orders", perPod: 20, login: { username: { secret: "rabbit", key: "user" }, password: { secret: "rabbit", key: "password" } }`;
const WORKER = `team: "shop", image: "ghcr.io/acme/worker", placement: "all", scaling: { min: 2, max: 2 }`;
const AWS = (cidr: string, rest = "") =>
  `clouds: { aws: { account: "111122223333", network: { name: "acme-aws", cidr: "10.1.0.0/16" }, regions: { "eu-west-3": { subnet: { cidr: "${cidr}" ${rest} } }, "eu-west-1": { subnet: { cidr: "10.1.128.0/18", services: "172.30.0.0/20" } } } } },`;
const AWS_REGIONS = (regions: string, network = "") =>
  `clouds: { aws: { account: "111122223333", network: { name: "acme-aws", cidr: "10.1.0.0/16" ${network} }, regions: { ${regions} } } },`;
const AZURE_REGIONS = (regions: string) =>
  `clouds: { azure: { subscription: "00000000-0000-0000-0000-000000000001", tenant: "00000000-0000-0000-0000-000000000002", network: { name: "acme-azure", cidr: "10.2.0.0/16" }, regions: { ${regions} } } },`;
const AZURE_CLUSTER = (region: string, rest = "") =>
  `clusters: { west: { cloud: "azure", region: "${region}", environment: "staging", version: "1.35", admins: ["00000000-0000-0000-0000-000000000003"], ${rest} nodePools: { general: { machineType: "Standard_D4s_v5", min: 3, max: 6 } } } },`;
const AZURE_SUBNET = `subnet: { cidr: "10.2.0.0/20" }`;
const TAINT = `taints: [{ key: "dedicated", value: "batch", effect: "NoSchedule" }]`;
const SUBNET = "clouds.gcp.regions.europe-west1.subnet";
const AZURE = `subscription: "00000000-0000-0000-0000-000000000001", tenant: "00000000-0000-0000-0000-000000000002", network: { name: "acme-azure", cidr: "10.2.0.0/16" }, regions: { westeurope: { subnet: { cidr: "10.2.0.0/20" } } }`;
const VAULT =
  "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/secrets/providers/Microsoft.KeyVault/vaults/acme";
const AZURE_POOL = `machineType: "Standard_D4s_v5", min: 3, max: 6`;
const AZURE_POOLS = (pools: string) =>
  `clouds: { azure: { ${AZURE} } }, clusters: { west: { cloud: "azure", region: "westeurope", environment: "staging", version: "1.35", admins: ["00000000-0000-0000-0000-000000000003"], nodePools: { ${pools} } } },`;
const AWS_NETWORK = (name: string, subnet = "", network = "") =>
  `clouds: { aws: { account: "111122223333", network: { name: "${name}", cidr: "10.1.0.0/16", ${network} }, regions: { "eu-west-3": { subnet: { ${subnet} cidr: "10.1.0.0/18" } } } } },`;
const EXPERIMENT = `schedule: "0 10 * * 2", duration: "5m", abortOn: ["available"]`;
const SHOP_QUERY = `slos: { available: { metric: { kind: "query", good: { counter: "a" }, total: { counter: "b" } } } },`;
const SCRAPED = `telemetry: { metrics: { port: "http" } }`;
const DONE = `slos: { done: { objective: "99%", metric: { kind: "query", good: { counter: "a" }, total: { counter: "b" } } } },`;

/** Config fragment → what it must be told, as `id at path`; nothing where the list is empty. */
const cases: Record<string, [config: string, findings: string[]]> = {
  "host bits of a range of pods": [
    `clouds: { gcp: { regions: { "europe-west1": { subnet: { pods: "100.64.1.0/17" } } } } },`,
    [`networks/host-bits at ${SUBNET}.pods`],
  ],
  "host bits of an authorised network": [
    `clusters: { main: { endpoint: { public: true, authorizedNetworks: ["192.0.2.1/24"] } } },`,
    ["networks/host-bits at clusters.main.endpoint.authorizedNetworks[0]"],
  ],
  "host bits of a network outside": [
    `services: { web: { egress: [{ host: "10.1.2.3/24" }, { host: "2001:db8::1/32" }, { host: "10.1.2.3" }] } },`,
    ["networks/host-bits at services.web.egress[0].host", "networks/host-bits at services.web.egress[1].host"],
  ],
  "networks that hold what stays closed": [
    `services: { web: { egress: [{ host: "0.0.0.0/0" }, { host: "::/0" }, { host: "168.0.0.0/7" }, { host: "170.0.0.0/8" }] } },`,
    [0, 1, 2].map((index) => `dependencies/closed-address at services.web.egress[${index}].host`),
  ],
  "private hosts where only an environment names them": [
    `services: { web: { in: { staging: { egress: [{ host: "web.shop.svc.cluster.local" }, { host: "a.b.eu-west-1.rds.amazonaws.com" }] } } } },`,
    [
      "dependencies/private-host at services.web.in.staging.egress[0].host",
      "dependencies/likely-private-host at services.web.in.staging.egress[1].host",
    ],
  ],
  "addresses of something outside": [
    `externals: { a: { host: "a.internal", addresses: ["10.1.2.3/24", "169.254.169.254", "10.1.2.0/24"], port: 1 }, b: { host: "10.1.2.3", port: 1 } },`,
    [
      "networks/host-bits at externals.a.addresses[0]",
      "dependencies/closed-address at externals.a.addresses[1]",
      "dependencies/unused-external at externals.a",
      "dependencies/unused-external at externals.b",
    ],
  ],
  "hosts outside without addresses": [
    `externals: { a: { host: "a.internal", port: 1 }, b: { host: "a.b.eu-west-1.rds.amazonaws.com", port: 1 }, c: { host: "169.254.169.254", port: 1 }, d: { host: "a.example", port: 1, in: { staging: { host: "d.local" } } } },`,
    [
      "dependencies/private-host at externals.a.host",
      "dependencies/likely-private-host at externals.b.host",
      "dependencies/closed-address at externals.c.host",
      "dependencies/private-host at externals.d.in.staging.host",
      ...["a", "b", "c", "d"].map((name) => `dependencies/unused-external at externals.${name}`),
    ],
  ],
  "a name outside that no object could have": [
    `externals: { "Orders_DB": { host: "a.example", port: 1 } },`,
    ["names/invalid at externals.Orders_DB", "dependencies/unused-external at externals.Orders_DB"],
  ],
  "what something outside promises, where the service cannot do without it": [
    `externals: { orders: { host: "a.example", port: 1, availability: "99%" } }, services: { api: { dependsOn: [{ external: "orders" }] } },`,
    ["slos/stricter-than-dependencies at services.api.slos[0]"],
  ],
  "what is outside and services together": [
    `externals: { orders: { host: "a.example", port: 1, availability: "99.9%" }, queue: { host: "b.example", port: 1, availability: "99.9%" } }, services: { api: { config: { env: { A: address({ external: "orders" }), B: address({ external: "queue" }) } } } },`,
    ["slos/stricter-than-dependencies at services.api.slos[0]"],
  ],
  "what something outside promises, where the service answers without it": [
    `externals: { orders: { host: "a.example", port: 1, availability: "99%" } }, services: { api: { dependsOn: [{ external: "orders", critical: false }], config: { env: { A: address({ external: "orders" }) } } } },`,
    [],
  ],
  "something outside that promises nothing": [
    `externals: { orders: { host: "a.example", port: 1 } }, services: { api: { dependsOn: [{ external: "orders" }] } },`,
    [],
  ],
  "a promise that differs in an environment": [
    `externals: { orders: { host: "a.example", port: 1, availability: "99.999%", in: { staging: { availability: "99%" } } } }, services: { api: { dependsOn: [{ external: "orders" }] } },`,
    ["slos/stricter-than-dependencies at services.api.slos[0]"],
  ],
  "the address of what somebody else runs in the cluster": [
    `services: { web: { config: { env: { A: "http://legacy.tools.svc:80", B: "legacy.tools.svc.cluster.local", C: "legacy.tools:80", D: "conf.d" } } } },`,
    [
      "dependencies/undeclared-address at services.web.config.env.A",
      "dependencies/undeclared-address at services.web.config.env.B",
    ],
  ],
  "the address of the API server": [
    `services: { web: { config: { env: { A: "https://kubernetes.default.svc" } } }, api: { apiAccess: true, config: { env: { A: "https://kubernetes.default.svc" } } } },`,
    ["dependencies/undeclared-address at services.web.config.env.A"],
  ],
  "the host of something outside in a text": [
    `externals: { orders: { host: "orders.example", port: 5432 } }, services: { web: { config: { env: { A: "postgres://orders.example:5432/", B: "xorders.example", C: "orders.example.com" } } } },`,
    [
      "dependencies/undeclared-address at services.web.config.env.A",
      "dependencies/unused-external at externals.orders",
    ],
  ],
  "something outside that is called by its address alone": [
    `externals: { orders: { host: "orders.example", port: 5432 } }, services: { web: { config: { env: { A: address({ external: "orders" }) } } } },`,
    [],
  ],
  "times that are over before an answer can be there": [
    `externals: { orders: { host: "orders.example", port: 443, protocol: "https" } }, services: { web: { dependsOn: [{ service: "api", port: 80, timeout: "5ms", retries: { attempts: 1, perTry: "2ms" } }, { external: "orders", connectTimeout: "4ms" }] } },`,
    [
      "dependencies/timeout-too-short at services.web.dependsOn[0].retries.perTry",
      "dependencies/timeout-too-short at services.web.dependsOn[1].connectTimeout",
    ],
  ],
  "the host of something outside that is declared": [
    `externals: { orders: { host: "orders.example", port: 5432 } }, services: { web: { dependsOn: [{ external: "orders" }], config: { env: { A: "postgres://orders.example:5432/" } } }, api: { egress: [{ host: "orders.example", port: 5432 }], config: { env: { A: "orders.example" } } } },`,
    [],
  ],
  "a timeout of a job's call": [
    `services: { report: { ${JOB}, schedule: "0 4 * * *", dependsOn: [{ service: "api", port: 80, timeout: "2s" }] } }, security: { mesh: { mtls: "permissive" } },`,
    ["dependencies/call-without-effect at services.report.dependsOn[0].timeout"],
  ],
  "retries where there is no mesh": [
    `services: { web: { rollout: rolling(), dependsOn: [{ service: "api", port: 80, retries: { attempts: 1 } }] }, api: { rollout: rolling(), slos: [] } }, security: { mesh: { enabled: false } },`,
    [
      "dependencies/call-without-effect at services.web.dependsOn[0].retries",
      "rollouts/needs-mesh at security.mesh.enabled",
    ],
  ],
  "a timeout of what goes by UDP": [
    `services: { web: { dependsOn: [{ service: "api", port: 5353, timeout: "2s" }] }, api: { ports: { dns: { port: 5353, protocol: "udp" } } } },`,
    ["dependencies/call-without-effect at services.web.dependsOn[0].timeout"],
  ],
  "a connection, and outliers, of what goes by UDP": [
    `services: { web: { dependsOn: [{ service: "api", port: 5353, connectTimeout: "1s", outliers: {} }] }, api: { ports: { dns: { port: 5353, protocol: "udp" } } } },`,
    [
      "dependencies/call-without-effect at services.web.dependsOn[0].connectTimeout",
      "dependencies/call-without-effect at services.web.dependsOn[0].outliers",
    ],
  ],
  "a connection, and outliers, of plain TCP": [
    `services: { web: { dependsOn: [{ service: "api", port: 5672, connectTimeout: "1s", outliers: {} }] }, api: { scaling: { min: 2, max: 2 }, ports: { http: { port: 80, targetPort: 8080 }, amqp: { port: 5672, protocol: "tcp" } } } },`,
    [],
  ],
  "a job's connection to something outside": [
    `externals: { orders: { host: "orders.example", port: 443, protocol: "https" } }, services: { report: { ${JOB}, schedule: "0 4 * * *", dependsOn: [{ external: "orders", connectTimeout: "1s" }] } },`,
    ["dependencies/call-without-effect at services.report.dependsOn[0].connectTimeout"],
  ],
  "a connection to what the mesh is not told of": [
    `externals: { orders: { host: "orders.example", port: 5432 } }, services: { web: { dependsOn: [{ external: "orders", connectTimeout: "1s" }] } },`,
    ["dependencies/call-without-effect at services.web.dependsOn[0].connectTimeout"],
  ],
  "outliers of what the caller looks up itself": [
    `externals: { orders: { host: "orders.example", addresses: ["10.9.8.0/24"], port: 5432 } }, services: { web: { dependsOn: [{ external: "orders", connectTimeout: "1s", outliers: {} }] } },`,
    ["dependencies/call-without-effect at services.web.dependsOn[0].outliers"],
  ],
  "a connection and outliers of what the sidecar looks up": [
    `externals: { orders: { host: "orders.example", port: 443, protocol: "https" } }, services: { web: { dependsOn: [{ external: "orders", connectTimeout: "1s", outliers: { errors: 3 } }] } },`,
    [],
  ],
  "a connection that takes as long as a try": [
    `services: { web: { dependsOn: [{ service: "api", port: 80, timeout: "2s", retries: { attempts: 2, perTry: "500ms" }, connectTimeout: "500ms" }] } },`,
    ["dependencies/connect-exceeds-timeout at services.web.dependsOn[0].connectTimeout"],
  ],
  "a connection that takes less than the call, which is not tried again": [
    `services: { web: { dependsOn: [{ service: "api", port: 80, timeout: "2s", retries: { attempts: 0, perTry: "500ms" }, connectTimeout: "1s" }] } },`,
    [],
  ],
  "all may be ejected, and some are always asked": [
    `services: { web: { dependsOn: [{ service: "api", port: 80, outliers: { maxEjected: "100%", minHealthy: "30%" } }] }, api: { scaling: { min: 2, max: 2 } } },`,
    [],
  ],
  "the only address of something outside": [
    `externals: { orders: { host: "orders.example", port: 443, protocol: "https" } }, services: { web: { dependsOn: [{ external: "orders", outliers: { maxEjected: "100%" } }] } },`,
    ["dependencies/outliers-eject-all at services.web.dependsOn[0].outliers.maxEjected"],
  ],
  "outliers among one pod": [
    `services: { web: { dependsOn: [{ service: "api", port: 80, outliers: {} }] }, api: { scaling: { min: 1, max: 1 } } },`,
    [
      "dependencies/outliers-eject-none at services.web.dependsOn[0].outliers",
      "scaling/single-replica-in-production at services.api.scaling.min",
    ],
  ],
  "outliers among one pod in an environment alone": [
    `services: { web: { dependsOn: [{ service: "api", port: 80, outliers: {} }] }, api: { scaling: { min: 2, max: 2 }, in: { staging: { scaling: { min: 1, max: 1 } } } } },`,
    [],
  ],
  "outliers where too few would be left without one": [
    `services: { web: { dependsOn: [{ service: "api", port: 80, outliers: { minHealthy: "51%" } }] }, api: { scaling: { min: 2, max: 2 } } },`,
    ["dependencies/outliers-eject-none at services.web.dependsOn[0].outliers"],
  ],
  "outliers of a daemon": [
    `services: { web: { dependsOn: [{ service: "agent", port: 4317, outliers: {} }] }, agent: { team: "shop", kind: "daemon", image: "ghcr.io/acme/agent", placement: "all", ports: { otlp: { port: 4317, protocol: "grpc" } }, probes: { liveness: { kind: "grpc", port: "otlp", failures: 6 }, readiness: { kind: "grpc", port: "otlp" } } } },`,
    ["dependencies/outliers-eject-none at services.web.dependsOn[0].outliers"],
  ],
  "tries that just fit, that are none, and that say no time": [
    `services: { web: { dependsOn: [{ service: "api", port: 80, timeout: "900ms", retries: { attempts: 2, perTry: "300ms" } }], in: { staging: { dependsOn: [{ service: "api", port: 80, timeout: "1s", retries: { attempts: 0, perTry: "2s" } }] }, production: { dependsOn: [{ service: "api", port: 80, timeout: "1s", retries: { attempts: 10 } }] } } } },`,
    [],
  ],
  "one try more than fits, where an environment says so": [
    `services: { web: { in: { staging: { dependsOn: [{ service: "api", port: 80, timeout: "900ms", retries: { attempts: 3, perTry: "300ms" } }] } } } },`,
    ["dependencies/tries-exceed-timeout at services.web.in.staging.dependsOn[0].retries"],
  ],
  "a longer wait for what the service answers without": [
    `services: { web: { dependsOn: [{ service: "api", port: 80, timeout: "1s" }] }, api: { dependsOn: [{ service: "web", port: 80, timeout: "5s", critical: false }] } },`,
    [],
  ],
  "one address is a network": [
    `clusters: { main: { endpoint: { public: true, authorizedNetworks: ["192.0.2.1/32"] } } },`,
    [],
  ],
  "pods over nodes of the same region": [
    `clouds: { gcp: { regions: { "europe-west1": { subnet: { pods: "10.0.0.0/17" } } } } },`,
    [
      `networks/overlapping-cidrs at ${SUBNET}.pods`,
      "networks/overlapping-cidrs at clouds.gcp.regions.europe-west4.subnet.cidr",
    ],
  ],
  "Services of two regions of one VPC": [
    `clouds: { gcp: { regions: { "europe-west1": { subnet: { services: "172.30.0.0/20" } }, "europe-west4": { subnet: { services: "172.30.0.0/20" } } } } },`,
    ["networks/overlapping-cidrs at clouds.gcp.regions.europe-west4.subnet.services"],
  ],
  "Services of two regions on AWS may be the same": [AWS("10.1.0.0/18", `, services: "172.30.0.0/20"`), []],
  "Services over nodes on AWS": [
    AWS("10.1.0.0/18", `, services: "10.1.128.0/20"`),
    ["networks/overlapping-cidrs at clouds.aws.regions.eu-west-3.subnet.services"],
  ],
  "ranges that touch do not overlap": [
    `clouds: { gcp: { regions: { "europe-west1": { subnet: { cidr: "10.0.0.0/23" } } } } },`,
    [],
  ],
  "a subnet that reaches over the network's end": [
    `clouds: { gcp: { network: { cidr: "10.0.0.0/23" } } },`,
    ["networks/subnet-outside-network at clouds.gcp.regions.europe-west4.subnet.cidr"],
  ],
  "a /21 of pods holds eight nodes": [
    `clouds: { gcp: { regions: { "europe-west1": { subnet: { pods: "100.66.0.0/21" } } } } }, clusters: { main: { nodePools: { general: { max: 9 } } } },`,
    [`networks/too-few-addresses at ${SUBNET}.pods`],
  ],
  "a tunable that may outgrow its subnet": [
    `clouds: { gcp: { regions: { "europe-west1": { subnet: { cidr: "10.0.1.0/28" } } } } }, clusters: { main: { nodePools: { general: { max: tunable({ default: 6, min: 6, max: 13 }) } } } },`,
    [`networks/too-few-addresses at ${SUBNET}.cidr`],
  ],
  "two zones are enough where nothing is promised": [
    `clouds: { gcp: { regions: { "europe-west1": { zones: ["europe-west1-b", "europe-west1-c"] } } } }, clusters: { main: { highlyAvailable: false } },`,
    [],
  ],
  "a zone named twice": [
    `clouds: { gcp: { regions: { "europe-west1": { zones: ["europe-west1-b", "europe-west1-c", "europe-west1-b"] } } } },`,
    ["clusters/zone-of-region at clouds.gcp.regions.europe-west1.zones[2]"],
  ],
  "a zone that the region never had": [
    AWS_REGIONS(
      `"ca-central-1": { subnet: { cidr: "10.1.0.0/20" }, zones: ["ca-central-1a", "ca-central-1b", "ca-central-1c"] }`,
    ),
    ["clusters/zone-of-region at clouds.aws.regions.ca-central-1.zones[2]"],
  ],
  "the same in Tokyo": [
    AWS_REGIONS(
      `"ap-northeast-1": { subnet: { cidr: "10.1.0.0/20" }, zones: ["ap-northeast-1a", "ap-northeast-1b", "ap-northeast-1c"] }`,
    ),
    ["clusters/zone-of-region at clouds.aws.regions.ap-northeast-1.zones[1]"],
  ],
  "the same in Belgium": [
    `clouds: { gcp: { regions: { "europe-west1": { zones: ["europe-west1-a", "europe-west1-b", "europe-west1-c"] } } } },`,
    ["clusters/zone-of-region at clouds.gcp.regions.europe-west1.zones[0]"],
  ],
  "regions whose zones are called otherwise than a, b and c": [
    AWS_REGIONS(
      `"ca-central-1": { subnet: { cidr: "10.1.0.0/20" } }, "ap-northeast-1": { subnet: { cidr: "10.1.16.0/20" } }`,
    ),
    [],
  ],
  "a region whose zones are called differently in each account": [
    AWS_REGIONS(`"us-west-1": { subnet: { cidr: "10.1.0.0/20" } }`),
    ["clusters/zones-unknown at clouds.aws.regions.us-west-1"],
  ],
  "its two zones, which a network cannot be divided over": [
    AWS_REGIONS(`"us-west-1": { subnet: { cidr: "10.1.0.0/20" }, zones: ["us-west-1a", "us-west-1c"] }`),
    ["clusters/zones at clouds.aws.regions.us-west-1.zones"],
  ],
  "a network that is there knows its zones": [
    AWS_REGIONS(`"us-west-1": { subnet: { cidr: "10.1.0.0/20" } }`, ", existing: true"),
    [],
  ],
  "a region of AWS that nobody knows, with its zones": [
    AWS_REGIONS(`"eu-west-9": { subnet: { cidr: "10.1.0.0/20" }, zones: ["eu-west-9a", "eu-west-9b", "eu-west-9c"] }`),
    [],
  ],
  "zones of another region, where the table does not know the one": [
    AWS_REGIONS(`"eu-west-9": { subnet: { cidr: "10.1.0.0/20" }, zones: ["eu-west-9a", "eu-west-9b", "eu-west-3c"] }`),
    ["clusters/zone-of-region at clouds.aws.regions.eu-west-9.zones[2]"],
  ],
  "a region of Azure that is misspelt": [
    AZURE_REGIONS(`westeuropa: { ${AZURE_SUBNET} }`),
    ["clusters/zones-unknown at clouds.azure.regions.westeuropa"],
  ],
  "a region of Google Cloud that nobody knows: it chooses by itself": [
    `clouds: { gcp: { regions: { "europe-west99": { subnet: { cidr: "10.0.3.0/24" } } } } },`,
    [],
  ],
  "a highly available cluster where Azure has no zones": [
    `${AZURE_REGIONS(`westus: { ${AZURE_SUBNET} }`)} ${AZURE_CLUSTER("westus")}`,
    ["clusters/zones at clouds.azure.regions.westus.zones"],
  ],
  "the same in another such region": [
    `${AZURE_REGIONS(`northcentralus: { ${AZURE_SUBNET} }`)} ${AZURE_CLUSTER("northcentralus")}`,
    ["clusters/zones at clouds.azure.regions.northcentralus.zones"],
  ],
  "a cluster that promises nothing, where Azure has no zones": [
    `${AZURE_REGIONS(`ukwest: { ${AZURE_SUBNET} }`)} ${AZURE_CLUSTER("ukwest", "highlyAvailable: false,")}`,
    [],
  ],
  "zones where Azure has none": [
    AZURE_REGIONS(`canadaeast: { ${AZURE_SUBNET}, zones: ["1", "2", "3"] }`),
    [0, 1, 2].map((index) => `clusters/zone-of-region at clouds.azure.regions.canadaeast.zones[${index}]`),
  ],
  "a version that GKE has given up": [
    `clusters: { main: { version: "1.28" } },`,
    ["clusters/version-unsupported at clusters.main.version"],
  ],
  "a version that nobody has seen": [
    `clusters: { main: { version: "1.99" } },`,
    ["clusters/version-unsupported at clusters.main.version"],
  ],
  "a version whose support has ended": [
    `clusters: { main: { version: "1.33" } },`,
    ["clusters/version-unsupported at clusters.main.version"],
  ],
  "one that AKS has and GKE is not known to have": [
    `clusters: { main: { version: "1.37" } },`,
    ["clusters/version-unsupported at clusters.main.version"],
  ],
  "a version whose support ends soon": [
    `${AZURE_REGIONS(`westeurope: { ${AZURE_SUBNET} }`)} ${AZURE_CLUSTER("westeurope").replace("1.35", "1.34")}`,
    ["clusters/version-ends-soon at clusters.west.version"],
  ],
  "a cluster that is there has the version that it has": [
    `${AZURE_REGIONS(`westeurope: { ${AZURE_SUBNET} }`)} ${AZURE_CLUSTER("westeurope", "existing: true,").replace("1.35", "1.28")}`,
    [],
  ],
  "a public endpoint for nobody": [
    `clusters: { main: { endpoint: { public: true } } },`,
    ["clusters/open-endpoint at clusters.main.endpoint.public"],
  ],
  "one open network among two": [
    `clusters: { main: { endpoint: { public: true, authorizedNetworks: ["192.0.2.0/24", "0.0.0.0/0"] } } },`,
    ["clusters/open-endpoint at clusters.main.endpoint.authorizedNetworks"],
  ],
  "initial within the bounds": [`clusters: { main: { nodePools: { general: { initial: 6 } } } },`, []],
  "equal min and max": [`clusters: { main: { nodePools: { general: { min: 3, max: 3 } } } },`, []],
  "runners with min above max": [
    `runners: { builders: { kind: "vm", cloud: "gcp", region: "europe-west1", machineType: "e2-standard-4", min: 5, max: 4, token: "stripe-key" } },`,
    ["pools/min-above-max at runners.builders.min"],
  ],
  "a taint that prefers takes pods": [
    `clusters: { main: { existing: true, nodePools: { general: { taints: [{ key: "a", value: "b", effect: "PreferNoSchedule" }] } } } },`,
    [],
  ],
  "a taint that prefers keeps the cloud's own pods away": [
    `clusters: { main: { nodePools: { general: { taints: [{ key: "a", value: "b", effect: "PreferNoSchedule" }] } } } },`,
    ["pools/none-for-system at clusters.main.nodePools"],
  ],
  "a tunable that may empty the only pool": [
    `clusters: { main: { nodePools: { general: { min: tunable({ default: 3, min: 0, max: 3 }), initial: 3 } } } },`,
    ["pools/none-for-system at clusters.main.nodePools"],
  ],
  "a pool on demand without taints beside one of spot": [
    AZURE_POOLS(`one: { ${AZURE_POOL}, spot: true }, two: { ${AZURE_POOL} }`),
    [],
  ],
  "AKS on spot alone": [
    AZURE_POOLS(`one: { ${AZURE_POOL}, spot: true }`),
    ["pools/none-for-system at clusters.west.nodePools"],
  ],
  "GKE on spot alone, where nothing is promised": [
    `clusters: { test: { nodePools: { general: { spot: true } } } },`,
    [],
  ],
  "a pool for one zone of a cluster that is in one": [
    `clusters: { main: { highlyAvailable: false, nodePools: { one: { machineType: "e2-standard-4", min: 1, max: 1 } } } },`,
    [],
  ],
  "a small pool that starts empty": [
    `clusters: { main: { nodePools: { one: { machineType: "e2-standard-4", min: 0, max: 2 } } } },`,
    [],
  ],
  "a tunable that may leave a zone without a node": [
    `clouds: { gcp: { regions: { "europe-west1": { zones: ["europe-west1-b", "europe-west1-c", "europe-west1-d"] } } } }, clusters: { main: { nodePools: { one: { machineType: "e2-standard-4", min: 1, max: tunable({ default: 3, min: 2, max: 3 }) } } } },`,
    ["pools/fewer-than-zones at clusters.main.nodePools.one.max"],
  ],
  "nobody named on a cluster that is there": [
    `clouds: { azure: { ${AZURE} } }, clusters: { west: { cloud: "azure", region: "westeurope", environment: "staging", version: "1.35", existing: true, nodePools: { one: { ${AZURE_POOL} } } } },`,
    [],
  ],
  "nobody named by an empty list": [
    `clouds: { azure: { ${AZURE} } }, clusters: { west: { cloud: "azure", region: "westeurope", environment: "staging", version: "1.35", admins: [], nodePools: { one: { ${AZURE_POOL} } } } },`,
    ["clusters/no-admins at clusters.west"],
  ],
  "a cluster of one letter": [
    `clusters: { a: { cloud: "gcp", region: "europe-west4", environment: "staging", version: "1.35", nodePools: { general: { machineType: "e2-standard-4", min: 3, max: 6 } } } },`,
    ["names/too-short at clusters.a"],
  ],
  "a cluster of one letter that is there": [
    `clusters: { a: { cloud: "gcp", region: "europe-west4", environment: "staging", version: "1.35", existing: true, nodePools: { general: { machineType: "e2-standard-4", min: 3, max: 6 } } } },`,
    [],
  ],
  "a network of Google Cloud whose name leaves no room": [
    `clouds: { gcp: { network: { name: "a23456789-123456789-123456789-1" } } },`,
    ["names/too-long at clouds.gcp.network.name"],
  ],
  "a network of AWS with capitals": [AWS_NETWORK("Acme_VPC"), ["names/invalid at clouds.aws.network.name"]],
  "a long network of AWS is shortened": [AWS_NETWORK("a23456789-123456789-123456789-123456789-123456789"), []],
  "a subnet of AWS that is too long": [
    AWS_NETWORK("acme", `name: "a23456789-123456789-123456789-123456789-1",`),
    ["names/too-long at clouds.aws.regions.eu-west-3.subnet.name"],
  ],
  "the same where it is there": [
    AWS_NETWORK("acme", `name: "a23456789-123456789-123456789-123456789-1",`, "existing: true,"),
    [],
  ],
  "a range of AWS that has no room for its parts": [
    AWS("10.1.0.0/25"),
    ["networks/subnet-size at clouds.aws.regions.eu-west-3.subnet.cidr"],
  ],
  "a range of AWS that is wider than a VPC": [
    `clouds: { aws: { account: "111122223333", network: { name: "acme-aws", cidr: "10.64.0.0/12" }, regions: { "eu-west-3": { subnet: { cidr: "10.64.0.0/15" } } } } },`,
    ["networks/subnet-size at clouds.aws.regions.eu-west-3.subnet.cidr"],
  ],
  "runners in pods register elsewhere": [
    `repository: { url: "git@github.com:acme/platform.git" }, runners: { pods: { kind: "arc", cluster: "main", min: 0, max: 1, token: "stripe-key" } },`,
    [],
  ],
  "a schedule up to Sunday by name": [
    `services: { report: { ${JOB}, schedule: "0 9 * * FRI-SUN" } },`,
    ["schedule/cron at services.report.schedule"],
  ],
  "a schedule on day 07": [
    `services: { report: { ${JOB}, schedule: "0 9 * * 1,07" } },`,
    ["schedule/cron at services.report.schedule"],
  ],
  "a schedule from Sunday on": [`services: { report: { ${JOB}, schedule: "0 9 * * SUN-TUE,0,SUN" } },`, []],
  "one variable of two secrets": [
    `secrets: { "stripe-key": { keys: ["KEY"] }, other: { store: "gcp", path: "other", keys: ["KEY"] } }, services: { api: { secrets: [{ secret: "stripe-key", env: true }, { secret: "other", env: true }] } },`,
    ["secrets/same-name at services.api.secrets[1]"],
  ],
  "one key of two secrets, of which one is a file": [
    `secrets: { "stripe-key": { keys: ["KEY"] }, other: { store: "gcp", path: "other", keys: ["KEY"] } }, services: { api: { secrets: [{ secret: "stripe-key", env: true }, { secret: "other" }] } },`,
    [],
  ],
  "a short grace period of a job": [`services: { report: { ${JOB}, schedule: "0 9 * * 1", gracePeriod: "1s" } },`, []],
  "a volume that begins with a digit": [
    `services: { store: { ${STORE.replace('"data"', '"1st"')} } },`,
    ["services/volume-name at services.store.storage[0].name"],
  ],
  "a volume that is called like the chart's own, and longer": [
    `services: { store: { ${STORE.replace('"data"', '"secret-0-old"')} } },`,
    [],
  ],
  "arguments of another form where they differ": [
    `services: { api: { in: { staging: { args: [{ secret: "stripe-key" }] } } } },`,
    ["schema/wrong-type at services.api.in.staging.args[0]"],
  ],
  "a service as long as a release": [`services: { "a${"b".repeat(52)}": { ${WORKER} } },`, []],
  "spot alone outside the last environment": [`clusters: { test: { nodePools: { general: { spot: true } } } },`, []],
  "pods behind taints do not count as room": [
    `clusters: { main: { nodePools: { general: { machineType: "e2-medium", min: 1, max: 3 }, big: { machineType: "e2-standard-16", min: 3, max: 9, taints: [{ key: "a", value: "b", effect: "NoExecute" }] } } } },`,
    ["pools/capacity at clusters.main.nodePools"],
  ],
  "a tunable request that may not fit on any node": [
    `services: { api: { resources: { cpu: tunable({ default: "500m", min: "100m", max: "8" }), cpuLimit: "16" } } },`,
    ["pools/pod-too-large at services.api.resources"],
  ],
  "runners of a type that is not allowed": [
    `security: { allowedMachineTypes: ["e2-standard-4"] }, runners: { builders: { kind: "vm", cloud: "gcp", region: "europe-west1", machineType: "e2-standard-8", min: 0, max: 4, token: "stripe-key" } },`,
    ["machine-types/allowed at runners.builders.machineType"],
  ],
  "a misspelt type that is not allowed either is one mistake": [
    `security: { allowedMachineTypes: ["e2-standard-4"] }, clusters: { main: { nodePools: { general: { machineType: "e2-standart-4" } } } },`,
    ["machine-types/allowed at clusters.main.nodePools.general.machineType"],
  ],
  "equal weights": [
    `rollouts: { careful: canary({ steps: [{ weight: 20 }, { weight: 20 }] }) },`,
    ["rollouts/weights-increase at rollouts.careful.steps[1].weight"],
  ],
  "weights that a proposal could turn around": [
    `rollouts: { careful: canary({ steps: [{ weight: tunable({ default: 10, min: 5, max: 40 }) }, { weight: 30 }] }) },`,
    ["rollouts/weights-increase at rollouts.careful.steps[1].weight"],
  ],
  "two tunable weights that may cross": [
    `rollouts: { careful: canary({ steps: [{ weight: tunable({ default: 10, min: 5, max: 40 }) }, { weight: tunable({ default: 50, min: 30, max: 60 }) }] }) },`,
    ["rollouts/weights-increase at rollouts.careful.steps[1].weight"],
  ],
  "weights of a shadow": [
    `rollouts: { mirror: shadow({ duration: "30m", steps: [{ weight: 50 }, { weight: 20, pause: "approval" }] }) },`,
    ["rollouts/weights-increase at rollouts.mirror.steps[1].weight"],
  ],
  "a strategy of two services is one mistake": [
    `rollouts: { careful: canary({ steps: [{ weight: 20 }, { weight: 10 }] }) }, services: { api: { rollout: "careful", traffic: "100/s" } },`,
    ["rollouts/weights-increase at rollouts.careful.steps[1].weight"],
  ],
  "a strategy written inside its service": [
    `services: { api: { rollout: canary({ steps: [{ weight: 20 }, { weight: 10 }] }) } },`,
    ["rollouts/weights-increase at services.api.rollout.steps[1].weight"],
  ],
  "a gate of a service that nothing calls": [
    `services: { web: { traffic: null } },`,
    ["gate/cannot-decide at services.web.rollout"],
  ],
  "a gate on events that nobody's calls are": [
    `${SHOP_QUERY} services: { web: { ${SCRAPED}, traffic: null }, api: { ${SCRAPED} } },`,
    ["gate/unknown-traffic at services.web.rollout"],
  ],
  "a gate whose traffic differs": [
    `services: { web: { in: { staging: { traffic: "0.1/s" } } } },`,
    ["gate/cannot-decide at services.web.in.staging.traffic"],
  ],
  "a gate whose traffic a proposal could lower": [
    `services: { web: { traffic: tunable({ default: "200/s", min: "0.1/s", max: "300/s" }) } },`,
    ["gate/cannot-decide at services.web.traffic"],
  ],
  "a preview that nobody calls": [
    `services: { api: { rollout: blueGreen({ prePromotion: { slos: ["available"] } }) } },`,
    ["gate/cannot-decide at services.api.rollout.prePromotion"],
  ],
  "a preview that few call": [
    `services: { api: { rollout: blueGreen({ prePromotion: { slos: ["available"], traffic: "0.1/s" } }) } },`,
    ["gate/cannot-decide at services.api.rollout.prePromotion.traffic"],
  ],
  "a preview that is called by a smoke test": [
    `services: { api: { rollout: blueGreen({ smokeTest: { command: ["test"] } }) } },`,
    [],
  ],
  "a burn beyond all requests": [
    `slos: { available: { objective: "70%" } },`,
    ["gate/cannot-fail at rollouts.careful.analysis.slos[0]"],
  ],
  "copies that a person looks at": [
    `services: { api: { rollout: shadow({ duration: "30m", steps: [{ weight: 10, pause: "approval" }] }) } },`,
    [],
  ],
  "a switch without an old version to compare with": [
    `services: { api: { traffic: "20/s", rollout: blueGreen({ postPromotion: { slos: ["available"] } }) } },`,
    [],
  ],
  "nearly all requests, held against the objective": [
    `rollouts: { careful: { steps: [{ weight: 10, pause: "10m" }, { weight: 95, pause: "20m" }], analysis: { against: "objective" } } },`,
    [],
  ],
  "a release over before two votes, since scrapes are rare": [
    `observability: { metrics: { interval: "15m" } },`,
    ["gate/scrape at observability.metrics.interval"],
  ],
  "a gate after promotion": [
    `slos: { loved: { objective: "99%" } }, services: { api: { slos: ["available", "loved"], rollout: blueGreen({ postPromotion: { slos: ["loved"] } }) } },`,
    ["rollouts/gate-without-metric at services.api.rollout.postPromotion.slos[0]"],
  ],
  "a shadow needs the mesh": [
    `security: { mesh: { enabled: false } }, ${SHOP_QUERY} services: { web: { ${SCRAPED} }, api: { ${SCRAPED}, rollout: shadow({ duration: "30m", steps: [{ weight: 10, pause: "approval" }] }) } },`,
    ["rollouts/needs-mesh at security.mesh.enabled"],
  ],
  "a canary without the mesh": [
    `security: { mesh: { enabled: false } }, ${SHOP_QUERY} services: { web: { ${SCRAPED} }, api: { ${SCRAPED} } },`,
    [],
  ],
  "metrics of its own that one of two tells": [
    `${SHOP_QUERY} services: { web: { ${SCRAPED} } },`,
    ["slos/not-scraped at services.api.slos[0]"],
  ],
  "metrics of its own that are asked for in an environment alone": [
    `${DONE} services: { api: { in: { staging: { slos: ["available", "done"] } } } },`,
    ["slos/not-scraped at services.api.in.staging.slos[1]"],
  ],
  "metrics of its own that an environment turns off": [
    `${DONE} services: { api: { ${SCRAPED}, slos: ["available", "done"], in: { staging: { telemetry: { metrics: null } } } } },`,
    ["slos/not-scraped at services.api.slos[1]"],
  ],
  "a job that promises what it counts": [
    `${DONE} services: { report: { ${JOB}, slos: ["done"] } },`,
    ["slos/not-scraped at services.report.slos[0]"],
  ],
  "a job whose metrics are scraped": [
    `${DONE} services: { report: { ${JOB}, ports: { http: { port: 9102 } }, ${SCRAPED}, slos: ["done"] } },`,
    [],
  ],
  "a job with a port beside that of its metrics": [
    `services: { report: { ${JOB}, ports: { http: { port: 9102 }, debug: { port: 6060 } }, ${SCRAPED} } },`,
    ["services/kind-fields at services.report.ports"],
  ],
  "metrics at a port that a job does not have": [
    `services: { report: { ${JOB}, ${SCRAPED} } },`,
    ["services/unknown-port at services.report.telemetry.metrics.port"],
  ],
  "a call to the port of a job": [
    `services: { report: { ${JOB}, ports: { http: { port: 9102 } }, ${SCRAPED} }, web: { dependsOn: [{ service: "api", port: 80 }, { service: "report", port: 9102, critical: false }] } },`,
    ["dependencies/unknown-port at services.web.dependsOn[1].port"],
  ],
  "a canary of a TCP service": [
    `services: { queue: { ${WORKER}, ports: { amqp: { port: 5672, protocol: "tcp" } }, probes: { liveness: { kind: "tcp", port: "amqp", failures: 6 }, readiness: { kind: "tcp", port: "amqp" } }, rollout: canary({ steps: [{ weight: 20, pause: "5m" }] }) } },`,
    [],
  ],
  "a job with a canary": [
    `services: { report: { ${JOB}, rollout: canary({ steps: [{ weight: 20 }] }) } },`,
    ["rollouts/only-services at services.report.rollout"],
  ],
  "surge alone": [`rollouts: { plain: rolling({ maxSurge: "0%", maxUnavailable: "1%" }) },`, []],
  "mirrors nothing": [
    `rollouts: { mirror: shadow({ duration: "30m", mirror: "0%" }) },`,
    ["schema/wrong-unit at rollouts.mirror.mirror"],
  ],
  "two critical dependencies multiply": [
    `services: { db: { ${WORKER}, ports: { http: { port: 80 } }, probes: { liveness: { kind: "http", port: "http", failures: 6 }, readiness: { kind: "http", port: "http" } }, slos: ["available"] }, web: { dependsOn: [{ service: "api", port: 80 }, { service: "db", port: 80 }] } },`,
    ["slos/stricter-than-dependencies at services.web.slos[0]"],
  ],
  "latency is not availability": [`services: { web: { slos: ["available", "fast"] } },`, []],
  "a dependency that promises nothing says nothing": [`services: { api: { slos: [] } },`, []],
  "an objective of nothing": [`slos: { fast: { objective: "0%" } },`, ["schema/wrong-unit at slos.fast.objective"]],
  "TCP has no requests to count": [
    `services: { queue: { ${WORKER}, ports: { amqp: { port: 5672, protocol: "tcp" } }, probes: { liveness: { kind: "tcp", port: "amqp", failures: 6 }, readiness: { kind: "tcp", port: "amqp" } }, slos: ["available"] } },`,
    ["slos/not-measured at services.queue.slos[0]"],
  ],
  "a service that needs itself": [
    `services: { api: { dependsOn: [{ service: "api", port: 80 }] } },`,
    ["dependencies/cycle at services.api.dependsOn[0]"],
  ],
  "a circle of three is told once": [
    `services: { db: { ${WORKER}, ports: { http: { port: 80 } }, probes: { liveness: { kind: "http", port: "http", failures: 6 }, readiness: { kind: "http", port: "http" } }, dependsOn: [{ service: "web", port: 80 }] }, api: { dependsOn: [{ service: "db", port: 80 }] } },`,
    ["dependencies/cycle at services.api.dependsOn[0]"],
  ],
  "a diamond is no circle": [
    `services: { db: { ${WORKER}, ports: { http: { port: 80 } }, probes: { liveness: { kind: "http", port: "http", failures: 6 }, readiness: { kind: "http", port: "http" } } }, api: { dependsOn: [{ service: "db", port: 80 }] }, web: { dependsOn: [{ service: "api", port: 80 }, { service: "db", port: 80 }] } },`,
    [],
  ],
  "elsewhere, but not critical": [
    `services: { web: { dependsOn: [{ service: "api", port: 80, critical: false }] }, api: { placement: { clusters: ["test"] } } },`,
    [],
  ],
  "metrics on a port that is not there": [
    `services: { api: { telemetry: { metrics: { port: "metrics" } } } },`,
    ["services/unknown-port at services.api.telemetry.metrics.port"],
  ],
  "exposure on a port that is not there": [
    `services: { api: { exposure: { hosts: ["api.acme.example"], port: "https" } } },`,
    ["services/unknown-port at services.api.exposure.port"],
  ],
  "a probe without a port": [
    `services: { api: { probes: { startup: { kind: "tcp" } } } },`,
    ["services/probe-fields at services.api.probes.startup"],
  ],
  "a path on a TCP probe": [
    `services: { api: { probes: { startup: { kind: "tcp", port: "http", path: "/" } } } },`,
    ["services/probe-fields at services.api.probes.startup.path"],
  ],
  "a job has no probes to miss": [`services: { report: { ${JOB} } },`, []],
  "a schedule on a service": [
    `services: { api: { schedule: "0 3 * * *" } },`,
    ["services/kind-fields at services.api.schedule"],
  ],
  "ports on a job": [
    `services: { report: { ${JOB}, ports: { http: { port: 80 } } } },`,
    ["services/kind-fields at services.report.ports"],
  ],
  "a secret over a volume": [
    `services: { store: { ${STORE}, secrets: [{ secret: "stripe-key", mountPath: "/data" }] } },`,
    ["services/duplicate-mount at services.store.storage[0].path"],
  ],
  "an absolute path that exposure lacks": [
    `services: { api: { exposure: { hosts: ["api.acme.example"], port: "http", path: "v1" } } },`,
    ["schema/wrong-unit at services.api.exposure.path"],
  ],
  "the default limit follows the request": [
    `services: { api: { resources: { cpu: tunable({ default: "200m", min: "100m", max: "2" }) } } },`,
    [],
  ],
  "one host on two clusters": [`services: { web: { exposure: { hosts: ["shop.acme.example"], port: "http" } } },`, []],
  "a wildcard host": [`services: { web: { exposure: { hosts: ["*.acme.example"], port: "http" } } },`, []],
  "a host with a port": [
    `services: { web: { exposure: { hosts: ["shop.acme.example:8443"], port: "http" } } },`,
    ["schema/wrong-unit at services.web.exposure.hosts[0]"],
  ],
  "a service that has runs": [
    `services: { web: { runs: { retries: 1 } } },`,
    ["services/kind-fields at services.web.runs"],
  ],
  "a job that drains": [
    `services: { report: { ${JOB}, drain: "5s" } },`,
    ["services/kind-fields at services.report.drain"],
  ],
  "a grace period of an environment that ends before the drain": [
    `services: { api: { drain: "20s", in: { staging: { gracePeriod: "20s" } } } },`,
    ["services/drain-above-grace at services.api.in.staging.gracePeriod"],
  ],
  "a drain of a cluster that is longer than the grace period": [
    `services: { api: { gracePeriod: "20s", on: { test: { drain: "30s" } } } },`,
    ["services/drain-above-grace at services.api.on.test.drain"],
  ],
  "a grace period that is shorter than the usual drain": [`services: { api: { gracePeriod: "3s" } },`, []],
  "a second to end in": [`services: { api: { gracePeriod: "3s", drain: "2s" } },`, []],
  "a job that is spread": [
    `services: { report: { ${JOB}, spread: { zones: "must" } } },`,
    ["services/kind-fields at services.report.spread"],
  ],
  "a job with a rollout": [
    `services: { report: { ${JOB}, minReady: "1s", progressDeadline: "5m" } },`,
    ["services/kind-fields at services.report.minReady", "services/kind-fields at services.report.progressDeadline"],
  ],
  "a stateful service with the deadline of a Deployment": [
    `services: { store: { ${STORE}, progressDeadline: "5m", minReady: "1s" } },`,
    ["services/kind-fields at services.store.progressDeadline"],
  ],
  "a start in an environment that takes longer than the deadline": [
    `services: { api: { progressDeadline: "2m", in: { staging: { probes: { startup: { kind: "http", port: "http", failures: 12 } } } } } },`,
    ["services/deadline-below-start at services.api.in.staging.probes.startup"],
  ],
  "a deadline that is as long as pods must be ready": [
    `services: { api: { progressDeadline: "2m", minReady: "110s" } },`,
    ["services/deadline-below-start at services.api.progressDeadline"],
  ],
  "a deadline that is just longer than that": [`services: { api: { progressDeadline: "2m", minReady: "109s" } },`, []],
  "a start of an hour without a deadline": [
    `services: { api: { probes: { startup: { kind: "http", port: "http", every: "1m", failures: 60 } } } },`,
    [],
  ],
  "a pool that a cluster lacks where an environment asks for it": [
    `services: { api: { in: { staging: { pool: "generl" } } } },`,
    ["services/unknown-pool at services.api.in.staging.pool"],
  ],
  "queues of RabbitMQ: each way to ask that there is, and keys of their own": [
    `secrets: { rabbit: { path: "rabbit", keys: ["user", "password"] } },
     services: { api: { scaling: { min: 2, max: 4, triggers: {
       length: { ${RABBIT} }, managed: { ${RABBIT}, protocol: "http" }, rate: { ${RABBIT}, mode: "rate" }, managedRate: { ${RABBIT}, mode: "rate", protocol: "http" },
       wrong: { ${RABBIT}, mode: "rate", protocol: "amqp" }, other: { ${RABBIT}, login: { username: { secret: "rabbit", key: "user" }, password: { secret: "rabbit", key: "pass" } } },
     } } } },`,
    [
      "names/invalid at services.api.scaling.triggers.managedRate",
      "scaling/rate-over-amqp at services.api.scaling.triggers.wrong.protocol",
      "scaling/secret-key at services.api.scaling.triggers.other.login.password.key",
    ],
  ],
  "what a daemon does not have": [
    `services: { agent: { ${DAEMON}, ${OTLP}, scaling: { min: 1, max: 1 }, spread: { zones: "must" }, progressDeadline: "20m", exposure: { hosts: ["agent.acme.example"], port: "otlp" } } },`,
    ["exposure", "progressDeadline", "scaling", "spread"].map(
      (field) => `services/kind-fields at services.agent.${field}`,
    ),
  ],
  "what a daemon has": [
    `services: { agent: { ${DAEMON}, ${OTLP}, pool: "general", priority: "high", drain: "3s", minReady: "9s", slos: ["available"], chaos: ["kill-pods"] } },`,
    [],
  ],
  "a service and a job on every node": [
    `services: { api: { everyNode: true }, report: { ${JOB}, everyNode: false } },`,
    ["services/kind-fields at services.api.everyNode"],
  ],
  "a daemon's rollout: one of the two, whatever rolling() says by itself": [
    `rollouts: { wide: rolling({ maxSurge: "50%" }), both: rolling({ maxSurge: "50%", maxUnavailable: "1%" }) },
     services: { a: { ${DAEMON}, rollout: "wide" }, b: { ${DAEMON}, rollout: rolling() }, c: { ${DAEMON}, rollout: "both" }, d: { ${DAEMON}, rollout: rolling({ maxSurge: "0%", maxUnavailable: "0%" }) } },`,
    ["rollouts/rolling-stuck at services.d.rollout.maxSurge", "rollouts/surge-and-unavailable at services.c.rollout"],
  ],
  "a daemon with steps": [
    `services: { agent: { ${DAEMON}, ${OTLP}, rollout: canary({ steps: [{ weight: 20 }] }) } },`,
    ["rollouts/only-services at services.agent.rollout"],
  ],
  "who calls a daemon from nodes with taints": [
    `clusters: { ${BATCH_POOLS} }, services: { agent: { ${DAEMON}, ${OTLP} }, report: { ${JOB}, pool: "batch", dependsOn: [{ service: "agent", port: 4317 }] } }, security: { mesh: { mtls: "permissive" } },`,
    ["dependencies/daemon-elsewhere at services.report.dependsOn[0]"],
  ],
  "who calls a daemon that is on every node": [
    `clusters: { ${BATCH_POOLS} }, services: { agent: { ${DAEMON}, ${OTLP}, everyNode: true }, report: { ${JOB}, pool: "batch", dependsOn: [{ service: "agent", port: 4317 }] } }, security: { mesh: { mtls: "permissive" } },`,
    [],
  ],
  "daemons that together ask for more than a node": [
    `clusters: { ${BATCH_POOLS} }, services: { a: { ${DAEMON}, pool: "batch", resources: { cpu: "2500m" } }, b: { ${DAEMON}, placement: { clusters: ["test"] }, pool: "batch", resources: { cpu: "1500m" } } },`,
    ["pools/daemons-too-large at services.a.resources"],
  ],
  "a job in a pool that there is": [`services: { report: { ${JOB}, pool: "general" } },`, []],
  "a pod that fits in the cluster and not in its pool": [
    `clusters: { main: { nodePools: { small: { machineType: "e2-small", min: 1, max: 3 } } }, test: { nodePools: { small: { machineType: "e2-standard-4", min: 1, max: 3 } } } },
     services: { api: { pool: "small", resources: { cpu: "2", memory: "2Gi" } } },`,
    ["pools/capacity at clusters.main.nodePools.small", "pools/pod-too-large at services.api.resources"],
  ],
  "pods that fill a pool that is kept for them": [
    `clusters: { main: { nodePools: { batch: { machineType: "e2-standard-4", min: 0, max: 1, ${TAINT} } } }, test: { nodePools: { batch: { machineType: "e2-standard-4", min: 0, max: 1, ${TAINT} } } } },
     services: { api: { pool: "batch", scaling: { min: 2, max: 2 }, resources: { cpu: "2", memory: "1Gi" } } },`,
    ["pools/capacity at clusters.main.nodePools.batch", "pools/capacity at clusters.test.nodePools.batch"],
  ],
  "a cluster of AKS whose pools are all spot": [
    AZURE_REGIONS(`westeurope: { ${AZURE_SUBNET} }`) +
      `clusters: { west: { cloud: "azure", region: "westeurope", environment: "staging", version: "1.35", nodePools: { general: { machineType: "Standard_D4s_v5", min: 3, max: 6, spot: true } } } },`,
    ["clusters/no-admins at clusters.west", "pools/none-for-system at clusters.west.nodePools"],
  ],
  "a cluster of AKS that may be without a node of its own": [
    AZURE_REGIONS(`westeurope: { ${AZURE_SUBNET} }`) +
      `clusters: { west: { cloud: "azure", region: "westeurope", environment: "staging", version: "1.35", nodePools: { general: { machineType: "Standard_D4s_v5", min: 0, max: 6, initial: 3 } } } },`,
    ["clusters/no-admins at clusters.west", "pools/none-for-system at clusters.west.nodePools"],
  ],
  "a cluster of AKS that is there already": [
    AZURE_REGIONS(`westeurope: { ${AZURE_SUBNET} }`) +
      AZURE_CLUSTER("westeurope", `existing: true,`).replace("min: 3", "min: 0, initial: 3"),
    [],
  ],
  "pods that call the API server": [`services: { api: { apiAccess: true, priority: "high" } },`, []],
  "scaling of an override": [
    `services: { api: { in: { staging: { scaling: { min: 4, max: 3 } } } } },`,
    ["scaling/min-above-max at services.api.in.staging.scaling.min"],
  ],
  "one pod in the first environment": [`services: { api: { in: { staging: { scaling: { min: 1, max: 1 } } } } },`, []],
  "one pod that a proposal may bring about": [
    `services: { api: { scaling: { min: tunable({ default: 2, min: 1, max: 2 }), max: 4 } } },`,
    ["scaling/single-replica-in-production at services.api.scaling.min"],
  ],
  "a stateful service of one": [`services: { store: { ${STORE}, scaling: { min: 1, max: 1 } } },`, []],
  "bounds that changed places": [
    `services: { web: { scaling: { max: tunable({ default: 8, min: 12, max: 4 }) } } },`,
    ["tunables/default-outside-bounds at services.web.scaling.max.min"],
  ],
  "bounds in two notations of one unit": [
    `services: { api: { resources: { cpu: tunable({ default: "0.5", min: "500m", max: "1" }) } } },`,
    [],
  ],
  "a step of nothing": [
    `services: { web: { scaling: { max: tunable({ default: 8, min: 4, max: 12, step: 0 }) } } },`,
    ["schema/out-of-range at services.web.scaling.max.step"],
  ],
  "an experiment every minute of a list": [
    `resilience: { experiments: { "kill-pods": { schedule: "0,50,55 * * * *", duration: "6m" } } },`,
    ["chaos/duration-vs-schedule at resilience.experiments.kill-pods.duration"],
  ],
  "an experiment that ends as it begins again": [
    `resilience: { experiments: { "kill-pods": { schedule: "*/10 * * * *", duration: "10m" } } },`,
    ["chaos/duration-vs-schedule at resilience.experiments.kill-pods.duration"],
  ],
  "a zone of one of two clusters": [
    `resilience: { environments: ["staging", "production"], experiments: { "lose-zone": { kind: "zone-outage", zone: "europe-west1-b", ${EXPERIMENT} } } }, services: { api: { chaos: ["lose-zone"] } },`,
    [],
  ],
  "a day that never comes": [
    `resilience: { experiments: { "kill-pods": { schedule: "0 10 30 2 *" } } },`,
    ["schedule/cron at resilience.experiments.kill-pods.schedule"],
  ],
  "a day that comes in leap years": [`resilience: { experiments: { "kill-pods": { schedule: "0 10 29 2 *" } } },`, []],
  "the last day of the month": [
    `services: { report: { ${JOB}, schedule: "0 3 L * *" } },`,
    ["schedule/cron at services.report.schedule"],
  ],
  "names of months": [`services: { report: { ${JOB}, schedule: "0 3 1 JAN,JUL *" } },`, []],
  "an abort by an SLO on paper": [
    `slos: { loved: { objective: "99%" } }, resilience: { experiments: { "kill-pods": { abortOn: ["available", "loved"] } } }, services: { web: { slos: ["available", "loved"] } },`,
    ["chaos/abort-without-metric at resilience.experiments.kill-pods.abortOn[1]"],
  ],
  "one pod where no experiment runs": [`services: { web: { in: { staging: { scaling: { max: 2 } } } } },`, []],
  "a zone of a region without named zones": [
    `resilience: { experiments: { "lose-zone": { kind: "zone-outage", zone: "europe-west1-b", ${EXPERIMENT} } } }, services: { api: { chaos: ["lose-zone"] } },`,
    ["chaos/zone-of-cluster at resilience.experiments.lose-zone.zone"],
  ],
  "a port's name with 16 characters": [
    `services: { worker: { ${WORKER}, ports: { "administrations-": { port: 80 } }, probes: { liveness: { kind: "tcp", port: "administrations-", failures: 6 }, readiness: { kind: "tcp", port: "administrations-" } } } },`,
    [
      "names/invalid at services.worker.ports.administrations-",
      "names/too-long at services.worker.ports.administrations-",
    ],
  ],
  "a pool with a dash on Azure": [
    `clouds: { azure: { ${AZURE} } },
     clusters: { west: { cloud: "azure", region: "westeurope", environment: "staging", version: "1.35", admins: ["00000000-0000-0000-0000-000000000003"], nodePools: { "all-purpose": { machineType: "Standard_D4s_v5", min: 3, max: 6 } } } },`,
    ["names/invalid at clusters.west.nodePools.all-purpose"],
  ],
  "a cloud that is called like no object could be": [
    `clouds: { Azure_1: { kind: "azure", ${AZURE} } },`,
    ["names/invalid at clouds.Azure_1"],
  ],
  "a cloud that is called like what holds secrets of no cloud": [
    `clouds: { vault: { kind: "azure", ${AZURE} } },`,
    ["names/reserved at clouds.vault"],
  ],
  "two roots that are applied by one object": [
    `clouds: { "azure-live": { kind: "azure", ${AZURE} }, azure: { ${AZURE.replaceAll("10.2.", "10.3.")} } },
     clusters: {
       west: { cloud: "azure-live", region: "westeurope", environment: "staging", version: "1.35", admins: ["00000000-0000-0000-0000-000000000003"], nodePools: { all: { machineType: "Standard_D4s_v5", min: 3, max: 6 } } },
       "live-west": { cloud: "azure", region: "westeurope", environment: "staging", version: "1.35", admins: ["00000000-0000-0000-0000-000000000003"], nodePools: { all: { machineType: "Standard_D4s_v5", min: 3, max: 6 } } },
     },`,
    ["names/duplicate-identity at clusters.west"],
  ],
  "two accounts and names that join to one state store": [
    `clouds: {
       "q-r": { kind: "gcp", project: "acme-live", network: { name: "one", cidr: "10.2.0.0/16" }, regions: { "europe-west4": { subnet: { cidr: "10.2.0.0/20" } } } },
       r: { kind: "gcp", project: "acme-live-q", network: { name: "two", cidr: "10.3.0.0/16" }, regions: { "europe-west4": { subnet: { cidr: "10.3.0.0/20" } } } },
     },
     targets: { "argo-cd": false },`,
    ["names/duplicate-identity at clouds.r"],
  ],
  "a secret that is kept in the cloud of a runner": [
    `clouds: { azure: { ${AZURE}, keyVault: "${VAULT}" } },
     secrets: { token: { store: "azure", path: "token" }, other: { store: "gcp", path: "token" } },
     runners: {
       near: { kind: "vm", cloud: "azure", region: "westeurope", machineType: "Standard_D4s_v5", min: 0, max: 1, token: "token" },
       far: { kind: "vm", cloud: "azure", region: "westeurope", machineType: "Standard_D4s_v5", min: 0, max: 1, token: "other" },
       pods: { kind: "arc", cluster: "main", min: 0, max: 1, token: "token" },
     },`,
    ["secrets/store-elsewhere at runners.far.token", "secrets/store-elsewhere at runners.pods.token"],
  ],
  "a secret's path that one of its clouds does not take": [
    `clouds: { azure: { ${AZURE}, keyVault: "${VAULT}" } }, secrets: { token: { path: "run/token" } },
     runners: { near: { kind: "vm", cloud: "azure", region: "westeurope", machineType: "Standard_D4s_v5", min: 0, max: 1, token: "token" } },`,
    ["secrets/path at secrets.token.path"],
  ],
  "two teams in one namespace": [
    `teams: { platform: { namespace: "shop" } },`,
    ["names/duplicate-identity at teams.shop.namespace"],
  ],
  "two subnets of one name": [
    `clouds: { gcp: { regions: { "europe-west1": { subnet: { name: "nodes" } }, "europe-west4": { subnet: { name: "nodes" } } } } },`,
    ["names/duplicate-identity at clouds.gcp.regions.europe-west4.subnet.name"],
  ],
  "a preview's Service": [
    `services: { api: { rollout: blueGreen({ keepOldFor: "5m" }) }, "api-preview": { ${WORKER} } },`,
    ["names/duplicate-identity at services.api-preview"],
  ],
  "a smoke test": [
    `services: { api: { rollout: blueGreen({ smokeTest: { command: ["test"] } }) }, "api-smoke-test": { ${WORKER} } },`,
    ["names/duplicate-identity at services.api-smoke-test"],
  ],
  "a canary's name in another namespace": [`services: { "web-canary": { ${WORKER}, team: "platform" } },`, []],
  "an add-on's Application": [
    `services: { "platform-argo-cd": { ${WORKER} } },`,
    ["names/duplicate-identity at services.platform-argo-cd"],
  ],
  "a key twice": [
    `secrets: { "stripe-key": { keys: ["value", "value"] } },`,
    ["schema/repeated at secrets.stripe-key.keys[1]"],
  ],
  "a key that is no variable": [
    `secrets: { "stripe-key": { keys: ["private.key"] } }, services: { api: { secrets: [{ secret: "stripe-key", env: true }] } },`,
    ["secrets/keys at services.api.secrets[0].env"],
  ],
  "a key that is called as no variable can be": [
    `secrets: { "stripe-key": { keys: ["a"] } }, services: { api: { secrets: [{ secret: "stripe-key", env: true, keys: { a: "a.b" } }] } },`,
    ["secrets/keys at services.api.secrets[0].keys.a"],
  ],
  "a key that is no variable, and is called as one": [
    `secrets: { "stripe-key": { keys: ["private.key"] } }, services: { api: { secrets: [{ secret: "stripe-key", env: true, keys: { "private.key": "PRIVATE" } }] } },`,
    [],
  ],
  "a key that is called as another one is": [
    `secrets: { "stripe-key": { keys: ["a", "b"] } }, services: { api: { secrets: [{ secret: "stripe-key", keys: { a: "b" } }] } },`,
    ["secrets/same-name at services.api.secrets[0]"],
  ],
  "two keys of one name, as files and as variables": [
    `secrets: { "stripe-key": { keys: ["a", "b"] } }, services: { api: { secrets: [{ secret: "stripe-key", env: true, keys: { b: "a" } }] } },`,
    ["secrets/same-name at services.api.secrets[0].keys.b"],
  ],
  "keys that change places": [
    `secrets: { "stripe-key": { keys: ["a", "b"] } }, services: { api: { secrets: [{ secret: "stripe-key", env: true, keys: { a: "b", b: "a" } }] } },`,
    [],
  ],
  "a variable of two secrets, and a plain one of the same name": [
    `secrets: { "stripe-key": { keys: ["a"] }, other: { path: "other", keys: ["a"] } }, services: { api: { secrets: [{ secret: "stripe-key", env: true }, { secret: "other", env: true }] }, web: { config: { env: { A: "1" } }, secrets: [{ secret: "stripe-key", env: true, keys: { a: "A" } }] } },`,
    ["secrets/same-name at services.api.secrets[1]", "secrets/same-name at services.web.config.env.A"],
  ],
  "files of one name in folders of their own": [
    `secrets: { "stripe-key": {}, other: { path: "other" } }, services: { api: { secrets: [{ secret: "stripe-key" }, { secret: "other" }] } },`,
    [],
  ],
  "a key that the secret does not have on one cluster": [
    `secrets: { "stripe-key": { keys: ["a", "b"], in: { staging: { keys: ["a"] } } } }, services: { api: { secrets: [{ secret: "stripe-key", keys: { b: "c" } }] } },`,
    ["secrets/unknown-key at services.api.secrets[0].keys.b"],
  ],
  "a path in Vault without a mount": [
    `secrets: { "stripe-key": { store: "vault", path: "stripe" } },`,
    ["secrets/path at secrets.stripe-key.path"],
  ],
  "a path in Vault that climbs out of its mount": [
    `secrets: { "stripe-key": { store: "vault", path: "kv/../sys/raw" } },`,
    ["secrets/path at secrets.stripe-key.path"],
  ],
  "a registry with a similar name": [
    `services: { api: { image: "ghcr.io/acme-evil/api" } },`,
    ["images/allowed-registry at services.api.image"],
  ],
  "Docker Hub by its short name": [
    `security: { allowedRegistries: ["ghcr.io/acme", "docker.io/library/redis"] }, services: { api: { image: "redis" } },`,
    [],
  ],
  "a registry with a port": [
    `security: { allowedRegistries: ["ghcr.io/acme", "registry.acme.example:5000/shop"] }, services: { api: { image: "registry.acme.example:5000/shop/api" } },`,
    [],
  ],
  "a digest in the name": [
    `services: { api: { image: "ghcr.io/acme/api@sha256:${"0".repeat(64)}" } },`,
    ["images/version-in-name at services.api.image"],
  ],
  "the pipeline pushes to all of an allowed part": [`delivery: { registries: ["ghcr.io"] },`, []],
  "a name that just fits": [`services: { "${"r".repeat(52)}": { ${JOB} } },`, []],
  "a subnet that just fits": [
    `clouds: { gcp: { regions: { "europe-west1": { subnet: { cidr: "10.0.1.0/28", pods: "100.66.0.0/20" } } } } }, clusters: { main: { nodePools: { general: { max: 12 } } } },`,
    [],
  ],
  "pods that just fit": [
    `clouds: { gcp: { regions: { "europe-west1": { subnet: { pods: "100.66.0.0/21" } } } } }, clusters: { main: { nodePools: { general: { max: 8 } } } },`,
    [],
  ],
  "nodes of another region take no addresses": [
    `clouds: { gcp: { regions: { "europe-west4": { subnet: { cidr: "10.0.2.0/28" } } } } }, clusters: { main: { nodePools: { general: { max: 13 } } } },`,
    [],
  ],
  "pools that a proposal may make too small": [
    `clusters: { main: { nodePools: { general: { machineType: "e2-medium", min: 1, max: tunable({ default: 9, min: 3, max: 9 }) } } } },`,
    ["pools/capacity at clusters.main.nodePools"],
  ],
  "initial of a pool of fixed size": [
    `clusters: { main: { nodePools: { general: { min: 3, max: 3, initial: 5 } } } },`,
    ["pools/initial-outside-bounds at clusters.main.nodePools.general.initial"],
  ],
  "min above max leaves initial alone": [
    `clusters: { main: { nodePools: { general: { min: 7, max: 6, initial: 5 } } } },`,
    ["pools/min-above-max at clusters.main.nodePools.general.min"],
  ],
  "a shadow without any port": [
    `services: { worker: { ${WORKER}, rollout: shadow({ duration: "30m", steps: [{ weight: 10, pause: "approval" }] }) } },`,
    ["rollouts/needs-port at services.worker.rollout"],
  ],
  "a shadow with an HTTP port beside a TCP one": [
    `services: { api: { ports: { admin: { port: 9000, protocol: "tcp" } }, rollout: shadow({ duration: "30m", steps: [{ weight: 10, pause: "approval" }] }) } },`,
    [],
  ],
  "a container called as another one, and as the mesh's": [
    `services: { api: { init: [{ name: "warm" }, { name: "istio-proxy" }], sidecars: [{ name: "warm" }] } },`,
    ["services/container-name at services.api.init[0].name", "services/container-name at services.api.init[1].name"],
  ],
  "an image of a container: another registry, a version in its name, and no digest": [
    `services: { api: { sidecars: [{ name: "proxy", image: "docker.io/proxy:1", tag: "1" }] } },`,
    [
      "images/allowed-registry at services.api.sidecars[0].image",
      "images/digest-in-production at services.api.sidecars[0].image",
      "images/version-in-name at services.api.sidecars[0].image",
    ],
  ],
  "a container with the service's own image needs no digest of its own": [
    `services: { api: { init: [{ name: "migrate", command: ["/migrate"], inherits: true }] } },`,
    [],
  ],
  "an address in a container's variables": [
    `services: { api: { sidecars: [{ name: "agent", env: { "WEB.URL": "http://web.shop:80" } }] } },`,
    ['dependencies/undeclared-address at services.api.sidecars[0].env["WEB.URL"]'],
  ],
  "a container that differs in an environment": [
    `services: { api: { in: { staging: { init: [{ name: "api" }] } } } },`,
    ["services/container-name at services.api.in.staging.init[0].name"],
  ],
  "sidecars that make a pod larger than any node": [
    `services: { api: { sidecars: [{ name: "large", resources: { memory: "12Gi" } }, { name: "larger", resources: { memory: "12Gi" } }] } },`,
    ["pools/pod-too-large at services.api.resources"],
  ],
  "steps that run one after the other": [
    `services: { api: { init: [{ name: "large", resources: { memory: "5Gi" } }, { name: "larger", resources: { memory: "6Gi" } }] } },`,
    [],
  ],
  "one number for TCP and for UDP": [
    `services: { api: { ports: { dns: { port: 53, targetPort: 5353, protocol: "udp" }, "dns-tcp": { port: 53, targetPort: 5353, protocol: "tcp" }, "dns-http": { port: 8053, protocol: "http" } } } },`,
    [],
  ],
  "one number twice for UDP": [
    `services: { api: { ports: { one: { port: 53, protocol: "udp" }, two: { port: 53, targetPort: 54, protocol: "udp" } } } },`,
    ["services/duplicate-port at services.api.ports.two.port"],
  ],
  "ports that the Kubernetes Service would call the same": [
    `services: { api: { ports: { admin: { port: 9000, protocol: "tcp" }, "tcp-admin": { port: 9001, protocol: "tcp" } } } },`,
    ["services/duplicate-port at services.api.ports.tcp-admin"],
  ],
  "one port of the container behind two numbers": [
    `services: { api: { ports: { more: { port: 81, targetPort: 8080 } } } },`,
    [],
  ],
  "one port of the container behind two numbers, beside one number for two protocols": [
    `services: { api: { ports: { more: { port: 81, targetPort: 8080 }, quic: { port: 80, targetPort: 8080, protocol: "udp" } } } },`,
    ["services/duplicate-port at services.api.ports.more.targetPort"],
  ],
  "metrics and exposure on a UDP port": [
    `services: { api: { ports: { dns: { port: 53, protocol: "udp" } }, telemetry: { metrics: { port: "dns" } }, exposure: { hosts: ["api.acme.example"], port: "dns" } } },`,
    ["services/udp-port at services.api.telemetry.metrics.port", "services/udp-port at services.api.exposure.port"],
  ],
  "a canary of UDP ports alone": [
    `services: { dns: { ${WORKER}, ports: { dns: { port: 53, protocol: "udp" } }, probes: { liveness: { kind: "exec", command: ["/live"] }, readiness: { kind: "exec", command: ["/ready"] } }, rollout: canary({ steps: [{ weight: 20, pause: "5m" }] }) } },`,
    ["rollouts/needs-port at services.dns.rollout"],
  ],
  "blue and green of UDP ports alone": [
    `services: { dns: { ${WORKER}, ports: { dns: { port: 53, protocol: "udp" } }, probes: { liveness: { kind: "exec", command: ["/live"] }, readiness: { kind: "exec", command: ["/ready"] } }, rollout: blueGreen({}) } },`,
    [],
  ],
  "a shadow of UDP ports alone": [
    `services: { dns: { ${WORKER}, ports: { dns: { port: 53, protocol: "udp" } }, probes: { liveness: { kind: "exec", command: ["/live"] }, readiness: { kind: "exec", command: ["/ready"] } }, rollout: shadow({ duration: "30m", steps: [{ weight: 10, pause: "approval" }] }) } },`,
    ["rollouts/shadow-needs-http at services.dns.rollout"],
  ],
  "a job that asks a UDP port of the mesh": [
    `services: { dns: { ${WORKER}, ports: { dns: { port: 53, protocol: "udp" } }, probes: { liveness: { kind: "exec", command: ["/live"] }, readiness: { kind: "exec", command: ["/ready"] } } }, report: { ${JOB}, dependsOn: [{ service: "dns", port: 53 }] } },`,
    [],
  ],
  "two secrets with one key, of which one is a variable": [
    `secrets: { one: { store: "gcp", path: "one", keys: ["USER"] }, two: { store: "gcp", path: "two", keys: ["USER"] } }, services: { api: { secrets: [{ secret: "one", env: true }, { secret: "two" }], config: { files: { USER: "x" } } } },`,
    [],
  ],
  "a secret's variable and one of the pod": [
    `secrets: { one: { store: "gcp", path: "one", keys: ["NODE"] } }, services: { api: { secrets: [{ secret: "one", env: true }], config: { env: { NODE: { kind: "pod", field: "node" } } } } },`,
    ["secrets/same-name at services.api.config.env.NODE"],
  ],
  "a variable that is a secret's in one environment": [
    `secrets: { one: { store: "gcp", path: "one", keys: ["USER"] } }, services: { api: { secrets: [{ secret: "one", env: true }], in: { staging: { config: { env: { USER: "x" } } } } } },`,
    ["secrets/same-name at services.api.in.staging.config.env.USER"],
  ],
  "variables that differ in case": [
    `secrets: { one: { store: "gcp", path: "one", keys: ["USER"] } }, services: { api: { secrets: [{ secret: "one", env: true }], config: { env: { User: "x", user: "y" } } } },`,
    [],
  ],
  "a volume called as a writable folder is": [
    `services: { store: { ${STORE}, storage: [{ name: "writable-0", path: "/data", size: "10Gi" }], writable: [{ path: "/tmp" }] } },`,
    ["services/volume-name at services.store.storage[0].name"],
  ],
  "a volume called as another writable folder would be, and one that is called otherwise": [
    `services: { store: { ${STORE}, storage: [{ name: "writable-1", path: "/data", size: "10Gi" }, { name: "secret-a", path: "/a", size: "1Gi" }], writable: [{ path: "/tmp" }] } },`,
    ["services/volume-name at services.store.storage[0].name"],
  ],
  "what the image and the runtime have in a container": [
    `services: { store: { ${STORE}, storage: [{ name: "data", path: "/usr/local/bin/", size: "10Gi" }], writable: [{ path: "/sys/fs/cgroup" }, { path: "/dev/shm" }, { path: "/usr/share/nginx/html" }], secrets: [{ secret: "stripe-key", mountPath: "/var/run/secrets/kubernetes.io/serviceaccount" }], config: { files: { "app.yaml": "a: 1" }, mountPath: "/etc/resolv.conf" } } },`,
    [
      "services/hidden-image at services.store.config.mountPath",
      "services/hidden-image at services.store.secrets[0].mountPath",
      "services/hidden-image at services.store.storage[0].path",
      "services/hidden-image at services.store.writable[0].path",
    ],
  ],
  "a service whose files would by default be where the kubelet writes one": [
    `services: { hosts: { ${WORKER}, config: { files: { "app.yaml": "a: 1" } } } },`,
    ["services/hidden-image at services.hosts.config.mountPath"],
  ],
  "files over a writable folder": [
    `services: { api: { config: { files: { "app.yaml": "a: 1" }, mountPath: "/etc/app" }, writable: [{ path: "/etc/app" }] } },`,
    ["services/duplicate-mount at services.api.writable[0].path"],
  ],
  "a secret inside of another": [
    `secrets: { "db-key": { store: "gcp", path: "db-key" } }, services: { api: { secrets: [{ secret: "stripe-key", mountPath: "/keys" }, { secret: "db-key", mountPath: "/keys/db" }] } },`,
    ["services/duplicate-mount at services.api.secrets[1].mountPath"],
  ],
  "a folder inside of the config's files": [
    `services: { api: { config: { files: { "app.yaml": "a: 1" }, mountPath: "/etc/app/" }, writable: [{ path: "/etc/app/cache" }] } },`,
    ["services/duplicate-mount at services.api.writable[0].path"],
  ],
  "a secret inside of a writable folder": [
    `services: { api: { writable: [{ path: "/run" }], secrets: [{ secret: "stripe-key", mountPath: "/run/stripe" }] } },`,
    [],
  ],
  "a folder whose name begins like another's": [
    `services: { api: { secrets: [{ secret: "stripe-key", mountPath: "/keys" }], writable: [{ path: "/keys-cache" }] } },`,
    [],
  ],
  "files that fit one by one, and not together": [
    `services: { api: { config: { files: { "a.txt": "ä".repeat(2 ** 18), "b.txt": "x".repeat(2 ** 19 + 1) } } } },`,
    ['services/config-too-large at services.api.config.files["b.txt"]'],
  ],
  "a file of its own that is too large, in one environment": [
    `services: { api: { config: { files: { "a.txt": "a" } }, in: { staging: { config: { files: { "b.txt": { kind: "file", path: "b", text: "x".repeat(2 ** 20) } } } } } } },`,
    ['services/config-too-large at services.api.in.staging.config.files["b.txt"]'],
  ],
  "a variable as long as Linux takes it": [
    `services: { api: { config: { env: { A: "x".repeat(2 ** 17 - 3) } } } },`,
    [],
  ],
  "a variable that is one byte longer, by a letter of two bytes": [
    `services: { api: { config: { env: { A: "x".repeat(2 ** 17 - 4) + "ä" } } } },`,
    ["services/environment-too-large at services.api.config.env.A"],
  ],
  "an argument that is too long, and one of the command": [
    `services: { api: { args: ["a", "x".repeat(2 ** 17)] }, web: { command: ["x".repeat(2 ** 17)] } },`,
    [
      "services/environment-too-large at services.api.args[1]",
      "services/environment-too-large at services.web.command[0]",
    ],
  ],
  "variables that fit one by one, and not together": [
    `services: { api: { config: { env: { A: "x".repeat(2 ** 17 - 3), B: '"'.repeat(2 ** 16) } } } },`,
    ["services/environment-too-large at services.api.config.env"],
  ],
  "files of exactly a mebibyte": [
    `services: { api: { config: { files: { "a.txt": "ä".repeat(2 ** 18), "b.txt": "x".repeat(2 ** 19) } } } },`,
    [],
  ],
  "no files, no mount": [`services: { api: { writable: [{ path: "/etc/api" }] } },`, []],
  "folders that fill the local disk": [
    `services: { api: { writable: [{ path: "/tmp", size: "512Mi" }], resources: { ephemeralStorage: "512Mi" } } },`,
    [],
  ],
  "of two promises of a dependency the stricter counts": [
    `slos: { often: { objective: "99%", metric: { kind: "success-rate" } } }, services: { api: { slos: ["often", "available"] } },`,
    [],
  ],
  "bounds that leave no choice": [
    `services: { web: { scaling: { max: tunable({ default: 4, min: 4, max: 4 }) } } },`,
    [],
  ],
  "steps count from the lowest value": [
    `services: { web: { scaling: { max: tunable({ default: 7, min: 5, max: 11, step: 2 }) } } },`,
    [],
  ],
  "a preview of nothing": [
    `services: { api: { rollout: blueGreen({ previewReplicas: 0 }) } },`,
    ["schema/out-of-range at services.api.rollout.previewReplicas"],
  ],
  "a preview of one": [`services: { api: { rollout: blueGreen({ previewReplicas: 1 }) } },`, []],
  "a shadow of nothing": [
    `services: { api: { rollout: shadow({ duration: "30m", replicas: 0 }) } },`,
    ["schema/out-of-range at services.api.rollout.replicas"],
  ],
  "a direction of scaling that says nothing": [
    `services: { worker: { ${WORKER}, scaling: { min: 1, max: 4, up: {}, down: { after: "1m" } } } },`,
    ["scaling/empty-step at services.worker.scaling.up"],
  ],
  "hours of an environment alone, and more pods than there may be": [
    `services: { worker: { ${WORKER}, scaling: { min: 2, max: 6, triggers: { day: { kind: "schedule", from: "0 8 * * *", to: "0 18 * * *", pods: 4 } } }, in: { staging: { scaling: { min: 4, triggers: { night: { kind: "schedule", from: "0 20 * * *", to: "0 6 * * *", pods: 9 } } } } } } },`,
    ["scaling/idle-trigger at services.worker.in.staging.scaling.triggers.night.pods"],
  ],
  "what starts the first pod, where one always runs": [
    `services: { worker: { ${WORKER}, scaling: { min: 1, max: 4, triggers: { queue: { kind: "prometheus", query: "queue", perPod: 5, wakeAbove: 2 } } } } },`,
    ["scaling/idle-trigger at services.worker.scaling.triggers.queue.wakeAbove"],
  ],
  "scaling of a job": [
    `services: { report: { ${JOB}, schedule: "0 9 * * 1", scaling: { min: 1, max: 1 } } },`,
    ["services/kind-fields at services.report.scaling"],
  ],
  "hours that never come": [
    `services: { worker: { ${WORKER}, scaling: { min: 1, max: 4, triggers: { day: { kind: "schedule", from: "0 8 30 2 *", to: "0 18 * * *", pods: 3 } } } } },`,
    ["schedule/cron at services.worker.scaling.triggers.day.from"],
  ],
  "an autoscaler in one environment alone": [
    `services: { worker: { ${WORKER}, scaling: { min: 2, max: 6, memory: "80%" }, in: { staging: { scaling: { max: 2 } } } } },`,
    [],
  ],
  "no pods, should a proposal say so": [
    `services: { worker: { ${WORKER}, scaling: { min: tunable({ default: 1, min: 0, max: 2 }), max: 4 } } },`,
    ["scaling/zero-without-triggers at services.worker.scaling.min"],
  ],
  "a part of what the pipeline pushes to is allowed": [
    `security: { allowedRegistries: ["ghcr.io/acme", "registry.acme.example"] }, delivery: { registries: ["ghcr.io"] },`,
    [],
  ],
  "a stage twice": [
    `delivery: { registries: ["ghcr.io/acme"], stages: ["test", "test"] },`,
    ["delivery/stage-order at delivery.stages[1]"],
  ],
  "an SLO that no alert can burn": [
    `slos: { available: { window: "0s" } },`,
    ["schema/out-of-range at slos.available.window"],
  ],
  "no pause at all is no zero": [
    `rollouts: { careful: canary({ steps: [{ weight: 20, pause: "approval" }, { weight: 40 }] }) },`,
    [],
  ],
  "spot costs nothing at least": [
    `clusters: { main: { nodePools: { general: { spot: true }, steady: { machineType: "e2-standard-4", min: 1, max: 3 } } } }, budgets: { cloud: { scope: { environment: "production" }, monthly: "130 USD" } },`,
    ["budgets/may-exceed at budgets.cloud.monthly"],
  ],
  "a budget of another cloud": [
    `clouds: { azure: { ${AZURE} } }, budgets: { cloud: { scope: { cloud: "azure" }, monthly: "1 USD" } },`,
    [],
  ],
  "a budget of exactly the least": [
    `budgets: { cloud: { scope: { environment: "production" }, monthly: "322.87 USD" } },`,
    ["budgets/may-exceed at budgets.cloud.monthly"],
  ],
  "a budget of exactly the most": [
    `budgets: { cloud: { scope: { environment: "production" }, monthly: "645.75 USD" } },`,
    [],
  ],
  "one budget of two that is not compared": [
    `budgets: { cloud: { scope: { cloud: "gcp" }, monthly: "2000 USD" }, euros: { scope: { cloud: "gcp" }, monthly: "2000 EUR" } },`,
    ["budgets/not-comparable at budgets.euros.monthly"],
  ],
  "a team's budget is not compared": [
    `budgets: { shop: { scope: { team: "shop" }, monthly: "1 USD" } },`,
    ["budgets/not-comparable at budgets.shop.scope.team"],
  ],
  "a maximum that a proposal may raise above the budget": [
    `clusters: { main: { nodePools: { general: { max: tunable({ default: 4, min: 4, max: 9 }) } } } }, budgets: { cloud: { scope: { environment: "production" }, monthly: "650 USD" } },`,
    ["budgets/may-exceed at budgets.cloud.monthly"],
  ],
  "a minimum that a proposal may raise": [
    `clusters: { main: { nodePools: { general: { min: tunable({ default: 3, min: 3, max: 6 }) } } } }, budgets: { cloud: { scope: { environment: "production" }, monthly: "650 USD" } },`,
    [],
  ],
  "a minimum that a proposal may raise above the budget": [
    `clusters: { main: { nodePools: { general: { min: tunable({ default: 3, min: 3, max: 6 }) } } } }, budgets: { cloud: { scope: { environment: "production" }, monthly: "500 USD" } },`,
    ["budgets/may-exceed at budgets.cloud.monthly"],
  ],
};

for (const [name, [config, findings]] of Object.entries(cases)) {
  test(name, () => assert.equal(found(config).sort(), findings.sort()));
}

/** Versions → what the finding says. */
const WORDS: [version: string, message: RegExp, hint: RegExp][] = [
  ["1.28", /^main: GKE does not offer Kubernetes 1\.28 any more; the oldest known is 1\.29$/, /1\.36, 1\.35/],
  ["1.33", /^main: the standard support of Kubernetes 1\.33 on GKE ended on 2026-08-03$/, /1\.36, 1\.35/],
  [
    "1.99",
    /^main: GKE is not known to offer Kubernetes 1\.99; the newest known on 20\d\d-\d\d-\d\d is 1\.36$/,
    /1\.36, 1\.35/,
  ],
];
for (const [version, message, hint] of WORDS) {
  test(`what is said of Kubernetes ${version}`, () => {
    const [finding] = diagnose({
      config: `clusters: { main: { version: "${version}" } },`,
      images: "",
      tuning: "",
      lock: "",
    });
    assert.match(finding!.message, message);
    assert.match(finding!.hint!, hint);
  });
}

test("a zone that is not there is told with those that are", () => {
  const config = `clouds: { gcp: { regions: { "us-east1": { subnet: { cidr: "10.0.3.0/24" }, zones: ["us-east1-a"] } } } },`;
  const [finding] = diagnose({ config, images: "", tuning: "", lock: "" });
  assert.is(finding!.message, "us-east1-a is no zone of us-east1");
  assert.is(finding!.hint, "it has us-east1-b, us-east1-c and us-east1-d");
});

test("a store is called by its own name, whatever the account is called that it is in", () => {
  const config = `secrets: { "stripe-key": { store: "gcp", path: "checkout/stripe" } },`;
  const [finding] = diagnose({ config, images: "", tuning: "", lock: "" });
  assert.is(finding!.message, `stripe-key: "checkout/stripe" cannot be a name in Google Cloud's Secret Manager`);
});

test("a service without any digest is told once", () => {
  assert.equal(found("", '{ "api": null }'), ["images/digest-in-production at services.api.image"]);
});

test("a tag serves every environment but the last", () => {
  assert.equal(found(`services: { api: { tag: "v1" } },`, '{ "api": { "staging": null } }'), []);
  assert.equal(found(`services: { api: { tag: "v1" } },`, '{ "api": null }'), [
    "images/digest-in-production at services.api.image",
  ]);
});

test.run();

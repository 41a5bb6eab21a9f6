import { address, blueGreen, canary, defineEcosystem, rolling, shadow, text, tunable, url } from "eco-compile";
import { billing } from "./billing.ts";
import { probes, web } from "./fragments.ts";

/** Every family of names is declared and used here. */
export default defineEcosystem({
  name: "acme",
  repository: { url: "https://git.example/acme.git" },
  management: { cluster: "main" },
  clouds: {
    gcp: { project: "acme-platform", network: { name: "acme", cidr: "10.0.0.0/16" }, regions: { "europe-west1": { subnet: { cidr: "10.0.1.0/24" } } } },
    aws: { account: "111122223333", network: { name: "acme", cidr: "10.1.0.0/16" }, regions: { "eu-west-3": { subnet: { cidr: "10.1.0.0/18" } } } },
    azure: { subscription: "s", tenant: "t", network: { name: "acme", cidr: "10.2.0.0/16" }, regions: { westeurope: { subnet: { cidr: "10.2.0.0/20" } } } },
  },
  environments: { staging: {}, production: { after: "staging", apply: "gated" } },
  teams: { shop: { contact: "#shop" } },
  clusters: {
    main: { cloud: "gcp", region: "europe-west1", environment: "production", nodePools: { general: { machineType: "e2-medium", spot: true, min: 1, max: tunable({ default: 3, min: 2, max: 5 }) } } },
    paris: { cloud: "aws", region: "eu-west-3", environment: "staging", admins: ["arn:aws:iam::111122223333:role/a"], nodePools: {} },
    amsterdam: { cloud: "azure", region: "westeurope", environment: "production", nodePools: {} },
  },
  runners: {
    machines: { kind: "vm", cloud: "gcp", region: "europe-west1", machineType: "e2-medium", min: 0, max: 2, token: "key" },
    pods: { kind: "arc", cluster: "main", min: 0, max: 2, token: "key" },
  },
  secrets: { key: { store: "vault", path: "kv/key", rotate: "30d" } },
  slos: { available: { objective: "99.9%" }, fast: { objective: "99%", metric: { kind: "latency", threshold: "250ms" } } },
  rollouts: {
    careful: canary({ steps: [{ weight: tunable({ default: 10, min: 5, max: 20 }), pause: "5m" }, { weight: 50, pause: "approval" }], analysis: { slos: ["available", "fast"] } }),
    switch: blueGreen({ prePromotion: { slos: ["available"] } }),
    mirror: shadow({ duration: "30m", analysis: { slos: ["fast"] } }),
    plain: rolling(),
  },
  resilience: { environments: ["staging"], experiments: { kill: { kind: "pod-kill", schedule: "0 3 * * 1", duration: "5m", abortOn: ["available"] } } },
  security: { allowedRegistries: ["ghcr.io/acme/"] },
  observability: { alertRoutes: { pager: { kind: "pagerduty", to: "acme" } } },
  addons: { strimzi: { chart: { repository: "oci://quay.io/strimzi-helm", name: "strimzi-kafka-operator" }, version: "0.46.0", since: "0.45.0", values: { replicas: 2 }, clusters: ["main"], crds: ["kafka.strimzi.io/KafkaTopic"], images: ["quay.io/strimzi"], network: { operator: { pods: { app: "operator" }, accepts: [{ from: "prometheus", ports: [8080] }], reaches: [{ to: "api-server" }, { to: { namespace: "shop" } }] } } } },
  externals: { orders: { host: "orders.example.com", addresses: ["10.20.0.0/24"], port: 5432, in: { staging: { host: "orders.staging.example.com" } } }, mail: { host: "mail.example.com", port: 443, protocol: "https" } },
  services: {
    web: { ...web, placement: "all", probes, secrets: [{ secret: "key" }], dependsOn: [{ service: "billing", port: 80 }, { external: "orders", critical: false }], slos: ["available"], rollout: "careful", chaos: ["kill"], config: { env: { API: address("api"), BILLING: url("billing", "http", "/v1"), BOTH: text`${address("api")},${url("billing")} ${2}`, ORDERS: address({ external: "orders" }), MAIL: text`${url({ external: "mail", path: "/v1" })} ${address("api")}` } }, in: { staging: { scaling: { min: 1, max: 1 } } } },
    billing,
    api: { team: "shop", image: "ghcr.io/acme/api", placement: { clusters: ["main", "paris"] }, resources: { cpu: tunable({ default: "200m", min: "100m", max: "1" }), memory: "256Mi" }, rollout: canary({ steps: [{ weight: 20 }], analysis: { slos: ["fast"] } }) },
  },
  budgets: { all: { scope: { team: "shop", environment: "production" }, monthly: "900 USD", alerts: ["50%", "100%"], route: "pager" } },
  continuity: { assistant: { service: "api", health: "/healthz" }, fallback: "web", contextStore: "billing", watchdog: "web" },
  aiops: { anomalies: { route: "pager" } },
  targets: { opa: false },
  patches: [{ target: "helm", kind: "Values", name: "web", cluster: "main", merge: { replicas: 3 } }],
});

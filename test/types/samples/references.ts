import { address, canary, defineEcosystem, text } from "eco-compile";

/** One mistake in every place that refers to a name, each with what the editor answers. */
export default defineEcosystem({
  name: "acme",
  repository: { url: "https://git.example/acme.git" },
  management: { cluster: "mian" }, // ✗ Type '"mian"' is not assignable
  clouds: {
    gcp: { project: "acme-platform", network: { name: "acme", cidr: "10.0.0.0/16" }, regions: { "europe-west1": { subnet: { cidr: "10.0.1.0/24" } } } },
    aws: { account: "111122223333", network: { name: "acme", cidr: "10.1.0.0/16" }, regions: { "eu-west-3": { subnet: { cidr: "10.1.0.0/18" } } } },
    azure: { subscription: "s", tenant: "t", network: { name: "acme", cidr: "10.2.0.0/16" }, regions: { westeurope: { subnet: { cidr: "10.2.0.0/20" } } } },
  },
  environments: {
    staging: {},
    production: { after: "stagin" }, // ✗ Did you mean '"staging"'?
  },
  teams: { shop: { contact: "#shop" }, platform: { contact: "#platform" } },
  clusters: {
    main: {
      cloud: "gcp",
      region: "europe-west1",
      environment: "prodution", // ✗ Did you mean '"production"'?
      nodePools: {},
    },
    london: {
      cloud: "gcp",
      region: "eu-west-3", // ✗ Type '"eu-west-3"' is not assignable to type '"europe-west1"'
      environment: "production",
      nodePools: {},
    },
    paris: {
      cloud: "aws",
      region: "eu-west-4", // ✗ Type '"eu-west-4"' is not assignable to type '"eu-west-3"'
      environment: "staging",
      nodePools: {},
    },
    amsterdam: {
      cloud: "azure",
      region: "westeurop", // ✗ Type '"westeurop"' is not assignable to type '"westeurope"'
      environment: "staging",
      nodePools: {},
    },
  },
  runners: {
    pods: { kind: "arc", min: 0, max: 2, token: "key", cluster: "mainly" }, // ✗ Did you mean '"main"'?
    machines: {
      kind: "vm",
      cloud: "gcp",
      region: "eu-west-3", // ✗ Type '"eu-west-3"' is not assignable to type '"europe-west1"'
      machineType: "e2-medium",
      min: 0,
      max: 2,
      token: "kee", // ✗ Type '"kee"' is not assignable
    },
  },
  secrets: { key: { store: "vault", path: "kv/key" }, certificate: { store: "vault", path: "kv/certificate" },
    password: { store: "gpc", path: "password" }, // ✗ Type '"gpc"' is not assignable
  },
  slos: { available: { objective: "99.9%" }, fast: { objective: "99%" } },
  rollouts: {
    careful: canary({ // ✗ Did you mean '"available"'?
      steps: [{ weight: 10 }],
      analysis: { slos: ["availible"] },
    }),
    literal: {
      kind: "canary",
      steps: [{ weight: 10 }],
      analysis: { slos: ["avaliable"] }, // ✗ Did you mean '"available"'?
    },
  },
  resilience: {
    environments: ["stagin"], // ✗ Did you mean '"staging"'?
    experiments: {
      kill: {
        kind: "pod-kill",
        schedule: "0 3 * * 1",
        duration: "5m",
        abortOn: ["availabel"], // ✗ Did you mean '"available"'?
      },
      cut: {
        kind: "network-partition",
        schedule: "0 3 * * 1",
        duration: "5m",
        from: "wep", // ✗ Type '"wep"' is not assignable
        abortOn: ["available"],
      },
    },
  },
  security: { allowedRegistries: ["ghcr.io/acme/"] },
  observability: { alertRoutes: { pager: { kind: "pagerduty", to: "acme" }, chat: { kind: "slack", to: "#acme" } } },
  externals: { orders: { host: "orders.example.com", port: 5432 } },
  addons: {
    strimzi: {
      chart: { repository: "https://strimzi.io/charts", name: "strimzi-kafka-operator" },
      version: "0.46.0",
      images: [],
      clusters: ["mainn"], // ✗ Did you mean '"main"'?
    },
    other: {
      chart: { repository: "https://strimzi.io/charts", name: "strimzi-kafka-operator" },
      version: "0.46.0",
      images: [],
      clusters: { environments: ["stagin"] }, // ✗ Did you mean '"staging"'?
    },
  },
  services: {
    web: {
      team: "shopp", // ✗ Did you mean '"shop"'?
      image: "ghcr.io/acme/web",
      placement: { clusters: ["mainn"] }, // ✗ Did you mean '"main"'?
      secrets: [{ secret: "kei" }], // ✗ Type '"kei"' is not assignable
      dependsOn: [
        { service: "webb", port: 80 }, // ✗ Did you mean '"web"'?
        { external: "oders" }, // ✗ Type '"oders"' is not assignable
      ],
      slos: ["fats"], // ✗ Type '"fats"' is not assignable
      rollout: "carefull", // ✗ Did you mean '"careful"'?
      config: {
        env: {
          STORE: address("stoer"), // ✗ Did you mean '"store"'?
          ORDERS: address({ external: "odrers" }), // ✗ Type '"odrers"' is not assignable
          TEXT: text`redis://${address("stor")}`, // ✗ Type '"stor"' is not assignable
        },
      },
      chaos: ["kil"], // ✗ Did you mean '"kill"'?
      in: { staging1: {} }, // ✗ Did you mean to write 'staging'?
    },
    store: { team: "shop", image: "ghcr.io/acme/store", placement: "all" },
  },
  budgets: {
    all: {
      scope: {
        cloud: "azur", // ✗ Did you mean '"azure"'?
        team: "shop2", // ✗ Did you mean '"shop"'?
        environment: "prod", // ✗ Type '"prod"' is not assignable
      },
      monthly: "900 USD",
      route: "pagr", // ✗ Did you mean '"pager"'?
    },
  },
  continuity: {
    assistant: { service: "wbe", health: "/healthz" }, // ✗ Type '"wbe"' is not assignable
    fallback: "stroe", // ✗ Did you mean '"store"'?
    contextStore: "storee", // ✗ Did you mean '"store"'?
    watchdog: "webs", // ✗ Did you mean '"web"'?
  },
  aiops: { anomalies: { route: "page" } }, // ✗ Did you mean '"pager"'?
  patches: [{ target: "helm", kind: "Values", name: "web", cluster: "maine", merge: {} }], // ✗ Did you mean '"main"'?
});

import { address, blueGreen, canary, host, shadow, text, url } from "../../compiler/config/index.ts";
import type { Ecosystem } from "../../compiler/config/index.ts";
import { withFreeTexts } from "./free-texts.ts";

const written: Ecosystem = {
  name: "zqname",
  repository: { url: "https://git.example/zqurl", revision: "zqrevision", path: "zqfolder/sub" },
  library: "in-repo",
  management: { cluster: "zqgke" },
  clouds: {
    zqcloud: {
      kind: "gcp",
      project: "zqother-id",
      network: { name: "zqothernet", cidr: "10.9.0.0/16" },
      regions: {
        "europe-west4": {
          subnet: { name: "zqothersubnet", cidr: "10.9.1.0/24", pods: "100.80.0.0/17", services: "172.21.0.0/20" },
        },
      },
    },
    gcp: {
      project: "zqproject-id",
      budgetAccount: "0A1B2C-3D4E5F-6A7B8C",
      network: { name: "zqgcpnet", cidr: "10.0.0.0/16" },
      regions: {
        "europe-west4": {
          zones: ["europe-west4-a", "europe-west4-b", "europe-west4-c"],
          subnet: { name: "zqgcpsub", cidr: "10.0.0.0/20" },
        },
      },
    },
    aws: {
      account: "111122223333",
      budgetAccount: "444455556666",
      network: { name: "zqawsnet", cidr: "10.1.0.0/16" },
      regions: { "eu-north-1": { subnet: { cidr: "10.1.0.0/18" } } },
    },
    azure: {
      subscription: "00000000-0000-0000-0000-0000000000a1",
      tenant: "00000000-0000-0000-0000-0000000000a2",
      keyVault:
        "/subscriptions/00000000-0000-0000-0000-0000000000a1/resourceGroups/zqgroup/providers/Microsoft.KeyVault/vaults/zqvault",
      budgetAccount: "/providers/Microsoft.Billing/billingAccounts/zqbilling",
      network: { name: "zqoldnet", cidr: "10.2.0.0/16", existing: true },
      regions: { westeurope: { zones: ["1", "2", "3"], subnet: { name: "zqazsub", cidr: "10.2.0.0/20" } } },
    },
  },
  environments: { zqfirst: {}, zqlast: { after: "zqfirst" } },
  teams: { zqteam: { contact: "#zqcontact", namespace: "zqspace" } },
  clusters: {
    zqgke: {
      cloud: "gcp",
      region: "europe-west4",
      environment: "zqlast",
      version: "1.35",
      nodePools: {
        zqpool: { machineType: "e2-standard-8", min: 3, max: 6 },
        zqtainted: {
          machineType: "e2-standard-8",
          min: 0,
          max: 3,
          labels: { "example.com/zqlabel": "zqvalueoflabel" },
          taints: [{ key: "example.com/zqtaint", value: "zqvalueoftaint", effect: "NoSchedule" }],
        },
      },
    },
    zqeks: {
      cloud: "aws",
      region: "eu-north-1",
      environment: "zqfirst",
      admins: ["arn:aws:iam::111122223333:role/zqadmin"],
      version: "1.35",
      nodePools: { zqawspool: { machineType: "m6i.2xlarge", min: 3, max: 6 } },
    },
    zqaks: {
      cloud: "azure",
      region: "westeurope",
      environment: "zqfirst",
      existing: true,
      admins: ["00000000-0000-0000-0000-0000000000a3"],
      nodePools: { zqazpool: { machineType: "Standard_D8s_v5", min: 3, max: 6 } },
    },
  },
  runners: {
    zqrunner: {
      kind: "vm",
      cloud: "gcp",
      region: "europe-west4",
      machineType: "e2-standard-4",
      min: 0,
      max: 2,
      labels: ["zqrunlabel"],
      token: "zqtoken",
    },
    zqawsrunner: {
      kind: "vm",
      cloud: "aws",
      region: "eu-north-1",
      machineType: "m6i.xlarge",
      min: 0,
      max: 2,
      labels: ["zqawsrunlabel"],
      token: "zqawstoken",
    },
    zqazrunner: {
      kind: "vm",
      cloud: "azure",
      region: "westeurope",
      machineType: "Standard_D4s_v5",
      min: 0,
      max: 2,
      labels: ["zqazrunlabel"],
      token: "zqaztoken",
    },
    zqarc: { kind: "arc", cluster: "zqeks", min: 0, max: 2, labels: ["zqarclabel"], token: "zqawstoken" },
  },
  secrets: {
    zqtoken: { store: "gcp", path: "zqpathoftoken" },
    zqawstoken: { store: "aws", path: "zqaws/token" },
    zqaztoken: { store: "azure", path: "zqpathofaztoken" },
    zqsecret: { store: "vault", path: "kv/zqpathofsecret", keys: ["zqkeyofsecret"] },
  },
  slos: {
    zqup: { objective: "99.3%", metric: { kind: "success-rate" } },
    zqquick: { objective: "97%", metric: { kind: "latency", threshold: "500ms" } },
    zqdone: {
      objective: "95%",
      metric: {
        kind: "query",
        good: {
          counter: "zqgood_total",
          matchers: { zqlabel: "zqvalueoflabel", zqcode: { matches: "zqpattern" }, zqkind: { unlike: "zqunlike" } },
        },
        total: { counter: "zqall_total" },
      },
    },
  },
  rollouts: {
    zqsteps: canary({
      steps: [
        { weight: 10, pause: "3m" },
        { weight: 40, pause: "3m" },
      ],
      analysis: { slos: ["zqup", "zqquick", "zqdone"] },
    }),
    zqbluegreen: blueGreen({
      smokeTest: { command: ["/bin/zqsmoke"], args: ["--zqsmoky"], env: { ZQSMOKE: "zqvalueofsmoke" } },
      prePromotion: { slos: ["zqup"], traffic: "50/s" },
    }),
    zqshadow: shadow({ duration: "20m", analysis: { slos: ["zqup"] } }),
  },
  resilience: {
    environments: ["zqfirst"],
    experiments: {
      zqpodkill: { kind: "pod-kill", schedule: "0 10 * * 2", duration: "6m", abortOn: ["zqup"] },
      zqdelay: { kind: "network-delay", schedule: "0 11 * * 2", duration: "6m", latency: "90ms", abortOn: ["zqup"] },
      zqloss: { kind: "network-loss", schedule: "0 12 * * 2", duration: "6m", loss: "5%", abortOn: ["zqup"] },
      zqcut: { kind: "network-partition", schedule: "0 13 * * 2", duration: "6m", from: "zqstore", abortOn: ["zqup"] },
      zqcpu: { kind: "cpu-stress", schedule: "0 14 * * 2", duration: "6m", workers: 2, abortOn: ["zqup"] },
      zqmemory: { kind: "memory-stress", schedule: "0 15 * * 2", duration: "6m", size: "32Mi", abortOn: ["zqup"] },
      zqhttp: {
        kind: "http-fault",
        schedule: "0 16 * * 2",
        duration: "6m",
        requests: "5%",
        status: 503,
        abortOn: ["zqup"],
      },
      zqdns: {
        kind: "dns-fault",
        schedule: "0 17 * * 2",
        duration: "6m",
        patterns: ["zqhost.example.com"],
        abortOn: ["zqup"],
      },
      zqoutage: { kind: "zone-outage", schedule: "0 18 * * 2", duration: "6m", zone: "eu-north-1a", abortOn: ["zqup"] },
    },
  },
  security: {
    policies: { exemptNamespaces: ["zqexempt"] },
    allowedRegistries: ["registry.example/zqcrew/"],
    allowedMachineTypes: [
      "e2-standard-8",
      "e2-standard-4",
      "m6i.2xlarge",
      "m6i.xlarge",
      "Standard_D8s_v5",
      "Standard_D4s_v5",
    ],
  },
  observability: {
    alertRoutes: { zqroute: { kind: "slack", to: "#zqalerts" }, zqpager: { kind: "pagerduty", to: "zqpaged" } },
  },
  addons: {
    zqaddon: {
      chart: { repository: "https://zqcharts.example.com", name: "zqchart" },
      version: "1.2.3",
      values: { zqfield: "zqvalue" },
      namespace: "zqkafkaspace",
      crds: ["zqgroup.example.com/Zqkind"],
      clusterKinds: ["zqgroup.example.com/Zqwide"],
      images: [{ name: "registry.example/zqcrew", registry: "zqplace.registry", repository: "zqplace.repository" }],
      network: {
        zqpods: {
          pods: { zqlabel: "zqoperator" },
          reaches: [{ to: { namespace: "kube-system", pods: { zqlabel: "zqother" } }, ports: [443] }],
        },
      },
      podSecurity: { level: "baseline", reason: "zqreason" },
    },
  },
  externals: {
    zqexternal: { host: "zqouterhost.example.com", addresses: ["10.20.0.0/24"], port: 5432 },
    zqapi: {
      host: "zqdistanthost.example.com",
      port: 443,
      protocol: "https",
      in: { zqlast: { host: "zqlatehost.example.com" } },
    },
  },
  services: {
    zqweb: {
      team: "zqteam",
      image: "registry.example/zqcrew/zqimageofweb",
      command: ["/bin/zqcommand"],
      args: ["--zqarg"],
      ports: { zqport: { port: 80, targetPort: 8080 } },
      probes: {
        liveness: { kind: "http", port: "zqport", path: "/zqalive", headers: { "X-Zqheader": "zqvalueofheader" } },
        readiness: { kind: "http", port: "zqport", path: "/zqready" },
        startup: { kind: "exec", command: ["/bin/zqcheck"] },
      },
      placement: { clusters: ["zqgke", "zqeks"] },
      config: {
        env: {
          ZQENV: "zqvalueofenv",
          ZQADDRESS: address("zqstore", "zqtcp"),
          ZQHOST: host("zqstore", "zqtcp"),
          ZQURL: url("zqswapped", "zqport", "/zqurlpath"),
          ZQEXTERNAL: address({ external: "zqexternal" }),
          ZQAPI: url({ external: "zqapi", path: "/zqouterpath" }),
          ZQFILE: { kind: "file", path: "zqpathofenv", text: "zqtextofenv" },
          ZQTEXT: text`zqbefore ${address("zqstore")}`,
        },
        files: { "zqfile.txt": "zqcontent", zqread: { kind: "file", path: "zqfolder/zqread", text: "zqtext" } },
        mountPath: "/zqconfig",
      },
      init: [
        {
          name: "zqstep",
          image: "registry.example/zqcrew/zqimageofstep",
          tag: "zqtagofstep",
          command: ["/bin/zqstep"],
          args: ["--zqstep"],
          env: { ZQSTEP: "zqvalueofstep" },
        },
      ],
      sidecars: [
        {
          name: "zqproxy",
          image: "registry.example/zqcrew/zqimageofproxy",
          tag: "zqtagofproxy",
          command: ["/bin/zqproxy"],
          args: ["--zqproxy"],
          env: { ZQPROXY: "zqvalueofproxy" },
        },
      ],
      secrets: [{ secret: "zqsecret", mountPath: "/zqmounted", env: true, keys: { zqkeyofsecret: "zqnameofkey" } }],
      dependsOn: [{ service: "zqstore", port: 6379, critical: false }, { external: "zqexternal" }],
      egress: [{ host: "zqegress.example.com" }],
      slos: ["zqup", "zqquick", "zqdone"],
      traffic: "500/s",
      rollout: "zqsteps",
      chaos: ["zqpodkill", "zqdelay", "zqloss", "zqcut", "zqcpu", "zqmemory", "zqhttp", "zqdns", "zqoutage"],
      telemetry: { metrics: { port: "zqport", path: "/zqstats" } },
      exposure: { hosts: ["zqshophost.example.com"], port: "zqport", path: "/zqshoppath" },
      writable: [{ path: "/zqscratch", size: "32Mi" }],
      in: { zqfirst: { config: { env: { ZQENV: "zqoverride" } } } },
    },
    zqswapped: {
      team: "zqteam",
      image: "registry.example/zqcrew/zqimageofswapped",
      placement: { clusters: ["zqgke", "zqeks"] },
      ports: { zqport: { port: 80, targetPort: 8080 } },
      probes: {
        liveness: { kind: "http", port: "zqport", path: "/zqalive" },
        readiness: { kind: "http", port: "zqport", path: "/zqready" },
      },
      alerts: {
        ZqAlert: {
          when: "zqalert > 1",
          severity: "info",
          summary: "zqsummary",
          runbook: "https://zqrunbook.example/",
        },
      },
      scaling: {
        min: 2,
        max: 4,
        triggers: {
          zqtrigger: { kind: "prometheus", query: "zqtriggerquery", perPod: 5 },
          zqqueue: {
            kind: "kafka",
            brokers: ["kafka.example:9093"],
            group: "zqconsumers",
            topic: "zqtopic",
            perPod: 5,
          },
          zqrabbit: {
            kind: "rabbitmq",
            broker: "rabbit.example:5671",
            queue: "zqrabbitqueue",
            virtualHost: "zqvirtualhost",
            perPod: 5,
            login: {
              username: { secret: "zqsecret", key: "zqkeyofsecret" },
              password: { secret: "zqsecret", key: "zqkeyofsecret" },
            },
          },
        },
      },
      slos: ["zqup"],
      traffic: "500/s",
      rollout: "zqbluegreen",
    },
    zqmirrored: {
      team: "zqteam",
      image: "registry.example/zqcrew/zqimageofmirrored",
      placement: { clusters: ["zqgke", "zqeks"] },
      ports: { zqport: { port: 80, targetPort: 8080 } },
      probes: {
        liveness: { kind: "http", port: "zqport", path: "/zqalive" },
        readiness: { kind: "http", port: "zqport", path: "/zqready" },
      },
      scaling: { min: 2, max: 2 },
      slos: ["zqup"],
      traffic: "500/s",
      rollout: "zqshadow",
    },
    zqstore: {
      team: "zqteam",
      kind: "stateful",
      image: "registry.example/zqcrew/zqimageofstore",
      placement: { clusters: ["zqgke", "zqeks"] },
      ports: { zqtcp: { port: 6379, protocol: "tcp" } },
      probes: { liveness: { kind: "tcp", port: "zqtcp" }, readiness: { kind: "exec", command: ["/bin/zqping"] } },
      scaling: { min: 1, max: 1 },
      storage: [{ name: "zqvolume", path: "/zqdata", size: "10Gi", storageClass: "zqclass" }],
    },
    zqdaemon: {
      team: "zqteam",
      kind: "daemon",
      image: "registry.example/zqcrew/zqimageofdaemon",
      tag: "zqtag",
      placement: { clusters: ["zqeks"] },
      everyNode: true,
      ports: { zqotlp: { port: 4317, protocol: "grpc" } },
      probes: { liveness: { kind: "grpc", port: "zqotlp", failures: 6 }, readiness: { kind: "grpc", port: "zqotlp" } },
    },
    zqjob: {
      team: "zqteam",
      kind: "job",
      image: "registry.example/zqcrew/zqimageofjob",
      tag: "zqtag",
      placement: { clusters: ["zqeks"] },
      schedule: "30 2 * * *",
      pool: "zqawspool",
    },
  },
  budgets: { zqbudget: { scope: { team: "zqteam", environment: "zqlast" }, monthly: "9000 USD", route: "zqroute" } },
  optimization: { cadence: "0 4 * * *", objective: { cost: 0.5, latency: 0.3, reliability: 0.2 } },
  continuity: {
    assistant: { service: "zqweb", health: "/zqhealth" },
    fallback: "zqswapped",
    contextStore: "zqstore",
    watchdog: "zqmirrored",
  },
  aiops: { anomalies: { route: "zqroute" } },
  delivery: { registries: ["registry.example/zqcrew/zqdelivery"] },
  targets: {
    "argo-cd": {
      identities: {
        gcp: {
          provider: "projects/123456789012/locations/global/workloadIdentityPools/zqworkloads/providers/zqprovider",
          serviceAccount: "zqterraform@zqproject-id.iam.gserviceaccount.com",
        },
        zqcloud: {
          kind: "gcp",
          provider: "projects/123456789012/locations/global/workloadIdentityPools/zqworkloads/providers/zqprovider",
          serviceAccount: "zqterraform@zqother-id.iam.gserviceaccount.com",
        },
        aws: { role: "arn:aws:iam::111122223333:role/zqterraformrole" },
        azure: { clientId: "00000000-0000-0000-0000-0000000000a4" },
      },
      repositorySecret: "zqrepository",
      freezes: [{ schedule: "0 0 20 12 *", duration: "8h", reason: "zqreason" }],
    },
    "chaos-mesh": {
      sloGate: { image: "registry.example/zqcrew/zqgate", digest: `sha256:${"7".repeat(64)}` },
      httpFault: { image: "registry.example/zqcrew/zqfault", digest: `sha256:${"8".repeat(64)}` },
    },
  },
  ignore: [{ check: "environments/unused", at: "environments.zqunused", reason: "zqaccepted" }],
  extensions: { zqowners: { from: "./zqowners.js", options: { zqoption: "zqanswer" } } },
  patches: [
    {
      target: "argo-rollouts",
      kind: "Rollout",
      name: "zqweb",
      merge: { metadata: { annotations: { "example.com/zqkeyofpatch": "zqvalueofpatch" } } },
    },
    {
      target: "argo-rollouts",
      kind: "Rollout",
      name: "zqweb",
      cluster: "zqgke",
      json: [{ op: "add", path: "/metadata/annotations/zqpointer", value: "zqaddedbypatch" }],
    },
  ],
};

/**
 * A sound ecosystem that writes every text that the vocabulary leaves free, each a word of its own: the words are what
 * hostile strings take the place of, and where a word turns up in the output, the hostile string has to, and nowhere
 * else. A text that is not written above, and fits alone into an object that is, gets its word by itself.
 */
export const harmless: Ecosystem = withFreeTexts(written);

const digest = (digit: string) =>
  ({ zqfirst: `sha256:${digit.repeat(64)}`, zqlast: `sha256:${digit.repeat(64)}` }) as const;

/** Digests of everything that has no tag. */
export const harmlessImages = {
  zqweb: digest("1"),
  "zqweb/zqstep": digest("5"),
  "zqweb/zqproxy": digest("6"),
  zqmirrored: digest("2"),
  zqstore: digest("3"),
  zqswapped: digest("4"),
};

import type { PolicyInput } from "../../../compiler/policy/evaluate.ts";
import type { PolicyData } from "../../../compiler/policy/parameters.ts";

/** Two clusters that differ in every layer of the parameters. */
export const DATA: PolicyData = {
  parameters: {
    allowed_registries: ["ghcr.io/acme/", "docker.io/library/redis"],
    digest_required: false,
    digest_exempt_images: ["docker.io/istio/proxyv2"],
    required_requests: ["cpu", "memory"],
    required_limits: ["memory"],
    required_labels: ["app.kubernetes.io/name", "eco-compile.dev/team"],
    token_accounts: [{ namespace: "shop", name: "operator" }],
    public_endpoints: [],
    budgets: [{ name: "everything", amount: 1000.5, currency: "EUR" }],
  },
  environments: { production: { parameters: { digest_required: true } }, staging: {} },
  clouds: {
    gcp: { parameters: { allowed_regions: ["europe-west1"], allowed_machine_types: ["e2-medium"] } },
    aws: { parameters: { allowed_regions: ["eu-west-3"], allowed_machine_types: ["*"] } },
  },
  clusters: {
    live: {
      environment: "production",
      cloud: "gcp",
      region: "europe-west1",
      parameters: {
        public_endpoints: [
          { kind: "Gateway", namespace: "shop", name: "web", hosts: ["shop.example"] },
          { kind: "Cluster", name: "live" },
        ],
      },
    },
    try: { environment: "staging", cloud: "aws", region: "eu-west-3" },
  },
  extra: {},
  exempt_namespaces: [
    { namespace: "kube-*", reason: "Kubernetes' own" },
    { namespace: "chaos-mesh", reason: "faults come from the node", policies: ["host-access", "restricted-pods"] },
  ],
};

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;
const LABELS = { "app.kubernetes.io/name": "web", "eco-compile.dev/team": "shop" };
const RESOURCES = { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "128Mi" } };

type Fields = Record<string, unknown>;

const container = (change: Fields = {}): Fields => ({
  name: "web",
  image: `ghcr.io/acme/web@${DIGEST}`,
  ports: [{ containerPort: 8080 }],
  livenessProbe: { httpGet: { path: "/live", port: 8080 } },
  readinessProbe: { httpGet: { path: "/ready", port: 8080 } },
  resources: RESOURCES,
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
  ...change,
});
const podSpec = (change: Fields = {}): Fields => ({
  automountServiceAccountToken: false,
  securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
  containers: [container()],
  ...change,
});
const template = (change: Fields = {}): Fields => ({ metadata: { labels: LABELS }, spec: podSpec(change) });

const object = (
  apiVersion: string,
  kind: string,
  spec: Fields,
  metadata: Fields = {},
  cluster = "live",
): PolicyInput => ({
  kind: "object",
  cluster,
  object: { apiVersion, kind, metadata: { name: "web", namespace: "shop", labels: LABELS, ...metadata }, spec },
});
const pod = (change: Fields, metadata: Fields = {}, cluster = "live"): PolicyInput =>
  object("v1", "Pod", podSpec(change), metadata, cluster);
const values = (change: Fields = {}): PolicyInput => ({
  kind: "values",
  cluster: "live",
  namespace: "shop",
  object: {
    name: "web",
    team: "shop",
    partOf: "shop",
    component: "api",
    env: { GREETING: "hello" },
    image: { repository: "ghcr.io/acme/web", digest: DIGEST },
    ports: [{ name: "http", port: 80, targetPort: 8080, protocol: "http" }],
    probes: {
      liveness: { httpGet: { path: "/live", port: "http" } },
      readiness: { httpGet: { path: "/ready", port: "http" } },
    },
    resources: RESOURCES,
    ...change,
  },
});
const terraform = (inputs: Fields, scope: Pick<PolicyInput, "cluster" | "cloud">): PolicyInput => ({
  kind: "terraform",
  object: { module: { cluster: inputs } },
  ...scope,
});
const costs = (minimum: number): PolicyInput => ({
  kind: "costs",
  object: { budgets: { everything: { currency: "EUR", minimum, maximum: 9000 } } },
});

const NODE_ACCESS = {
  containers: [container({ securityContext: { ...(container()["securityContext"] as Fields), privileged: true } })],
  hostPID: true,
};

/** Each document with what the policies must say of it: `<policy> <path>`, sorted. */
export const CASES: readonly (readonly [name: string, input: PolicyInput, violations: readonly string[]])[] = [
  ["a hardened pod", pod({}), []],
  ["a hardened deployment", object("apps/v1", "Deployment", { template: template() }), []],
  [
    "a hardened cron job",
    object("batch/v1", "CronJob", { jobTemplate: { spec: { template: template({ restartPolicy: "Never" }) } } }),
    [],
  ],
  ["a rollout with a workloadRef", object("argoproj.io/v1alpha1", "Rollout", { workloadRef: { name: "web" } }), []],
  [
    "a kind that no policy reads",
    object("networking.istio.io/v1", "VirtualService", { hosts: ["*"] }, { labels: {} }),
    [],
  ],
  [
    "an image from elsewhere",
    pod({ containers: [container({ image: `quay.io/evil/web@${DIGEST}` })] }),
    ["allowed-registries spec.containers[0].image"],
  ],
  [
    "a tag in production",
    pod({ containers: [container({ image: "ghcr.io/acme/web:1" })] }),
    ["image-digests spec.containers[0].image"],
  ],
  ["a tag in staging", pod({ containers: [container({ image: "ghcr.io/acme/web:1" })] }, {}, "try"), []],
  [
    "a pod without security context",
    pod({ securityContext: {}, containers: [container({ securityContext: {} })] }),
    ["allowPrivilegeEscalation", "capabilities.drop", "runAsNonRoot", "seccompProfile"].map(
      (field) => `restricted-pods spec.containers[0].securityContext.${field}`,
    ),
  ],
  [
    "a rollout whose template runs as root",
    object("argoproj.io/v1alpha1", "Rollout", {
      template: template({
        securityContext: { runAsNonRoot: true, runAsUser: 0, seccompProfile: { type: "RuntimeDefault" } },
      }),
    }),
    ["restricted-pods spec.template.spec.securityContext.runAsUser"],
  ],
  [
    "a pod with access to its node",
    pod(NODE_ACCESS),
    ["host-access spec.containers[0].securityContext.privileged", "host-access spec.hostPID"],
  ],
  ["chaos-daemon", pod(NODE_ACCESS, { namespace: "chaos-mesh" }), []],
  [
    "chaos-daemon from elsewhere",
    pod({ containers: [container({ image: "evil" })] }, { namespace: "chaos-mesh" }, "try"),
    ["allowed-registries spec.containers[0].image"],
  ],
  ["a system pod", pod({ containers: [{ name: "proxy", image: "evil" }] }, { namespace: "kube-system" }), []],
  [
    "a container without limits",
    pod({ containers: [container({ resources: { requests: RESOURCES.requests } })] }),
    ["resources spec.containers[0].resources.limits.memory"],
  ],
  [
    "a container without readiness probe",
    pod({ containers: [container({ readinessProbe: undefined })] }),
    ["probes spec.containers[0].readinessProbe"],
  ],
  [
    "a pod with a token",
    pod({ automountServiceAccountToken: true }),
    ["service-account-tokens spec.automountServiceAccountToken"],
  ],
  ["a pod with a declared token", pod({ automountServiceAccountToken: true, serviceAccountName: "operator" }), []],
  [
    "a stateful set without a team",
    object("apps/v1", "StatefulSet", { template: template() }, { labels: { "app.kubernetes.io/name": "web" } }),
    ['required-labels metadata.labels["eco-compile.dev/team"]'],
  ],
  [
    "a claim without a name",
    object("v1", "PersistentVolumeClaim", {}, { labels: { "eco-compile.dev/team": "shop" } }),
    ['required-labels metadata.labels["app.kubernetes.io/name"]'],
  ],
  ["an internal service", object("v1", "Service", { type: "ClusterIP" }), []],
  ["a public service", object("v1", "Service", { type: "LoadBalancer" }), ["public-endpoints spec.type"]],
  ["a declared host", object("networking.istio.io/v1", "Gateway", { servers: [{ hosts: ["shop.example"] }] }), []],
  [
    "an undeclared host",
    object("networking.istio.io/v1", "Gateway", { servers: [{ hosts: ["shop.example", "*"] }] }),
    ["public-endpoints spec.servers[0].hosts[1]"],
  ],
  [
    "an undeclared ingress",
    object("networking.k8s.io/v1", "Ingress", { rules: [{ host: "shop.example" }] }),
    ["public-endpoints spec.rules[0].host"],
  ],
  [
    "an undeclared listener",
    object("gateway.networking.k8s.io/v1", "Gateway", { listeners: [{ name: "http" }] }),
    ["public-endpoints spec.listeners[0].hostname"],
  ],
  [
    "a host with hostile text",
    object("networking.k8s.io/v1", "Ingress", { rules: [{ host: 'a"]\n%s %d ${x} {{ y }} \u2028é💥' }] }),
    ["public-endpoints spec.rules[0].host"],
  ],
  ["hardened values", values(), []],
  [
    "values with an image from elsewhere",
    values({ image: { repository: "quay.io/evil/web", tag: "1", digest: "" } }),
    ["allowed-registries image", "image-digests image"],
  ],
  ["values without probes", values({ probes: {} }), ["probes probes.liveness", "probes probes.readiness"]],
  ["values of a job whose metrics are scraped", values({ probes: {}, activeDeadlineSeconds: 600 }), []],
  [
    "values with one probe twice",
    values({ probes: { liveness: { tcpSocket: { port: "http" } }, readiness: { tcpSocket: { port: "http" } } } }),
    ["probes probes.liveness.tcpSocket"],
  ],
  [
    "values without a memory limit",
    values({ resources: { requests: RESOURCES.requests, limits: {} } }),
    ["resources resources.limits.memory"],
  ],
  [
    "values with a token",
    values({ serviceAccount: { automountServiceAccountToken: true } }),
    ["service-account-tokens serviceAccount.automountServiceAccountToken"],
  ],
  [
    "values with a declared token",
    values({ serviceAccount: { name: "operator", automountServiceAccountToken: true } }),
    [],
  ],
  [
    "a cluster at home",
    terraform(
      {
        name: "live",
        region: "europe-west1",
        authorized_cidrs: ["203.0.113.0/24"],
        node_pools: { general: { machine_type: "e2-medium" } },
      },
      { cluster: "live" },
    ),
    [],
  ],
  [
    "a cluster abroad",
    terraform(
      {
        name: "core",
        region: "us-east1",
        zones: ["us-east1-b"],
        authorized_cidrs: ["203.0.113.0/24"],
        node_pools: { general: { machine_type: "m3-ultramem-32" } },
      },
      { cluster: "live" },
    ),
    [
      "allowed-machine-types module.cluster.node_pools.general.machine_type",
      "allowed-regions module.cluster.region",
      "allowed-regions module.cluster.zones[0]",
      "public-endpoints module.cluster.authorized_cidrs",
    ],
  ],
  [
    "a network of a cloud",
    terraform({ regions: ["eu-west-3"], availability_zones: ["eu-west-3a"] }, { cloud: "aws" }),
    [],
  ],
  [
    "a network elsewhere",
    terraform({ regions: ["us-east-1"] }, { cloud: "aws" }),
    ["allowed-regions module.cluster.regions[0]"],
  ],
  [
    "a cloud without data",
    terraform({}, { cloud: "azure" }),
    ["allowed-machine-types ", "allowed-regions ", "public-endpoints "],
  ],
  ["costs within the budget", costs(1000.5), []],
  ["costs above the budget", costs(1000.75), ["budgets budgets.everything.minimum"]],
];

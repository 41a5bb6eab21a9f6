import type { JsonPatchOperation } from "../config/model/operations.ts";
import type { Bytes, Cidr, Cpu, Cron, Digest, Duration } from "../config/units.ts";

/**
 * The resolved ecosystem: every default filled in, every reference an object, every service expanded over its clusters.
 * Frozen and target-neutral; `schemas/topology.schema.json` is made from it. Lists are sorted by name (environments by
 * order), so that the order of keys in the config changes nothing.
 */
export interface Topology extends Resolved {
  name: string;
  repository: Resolved & { url: string; revision: string; path: string };
  /** Folders of the hand-written library, relative to the project. */
  library: { vendored: boolean; modules: string; charts: string; policies: string };
  environments: readonly Environment[];
  teams: readonly Team[];
  clouds: readonly Cloud[];
  clusters: readonly Cluster[];
  /** The cluster that runs the Terraform objects. */
  management: Cluster;
  runners: readonly Runner[];
  terraformRoots: readonly TerraformRoot[];
  secrets: readonly Secret[];
  slos: readonly Slo[];
  /** Named strategies and those written inside services, each once. */
  strategies: readonly Strategy[];
  resilience: Resilience;
  security: Security;
  observability: Observability;
  services: readonly Service[];
  workloads: readonly Workload[];
  budgets: readonly Budget[];
  optimization?: Optimization;
  continuity?: Continuity;
  aiops?: Aiops;
  delivery?: Delivery;
  patches: readonly Patch[];
  extra: readonly Extra[];
  tunables: readonly ResolvedTunable[];
}

/** What every resolved node has. */
export interface Resolved {
  /** The config path that it comes from; of a default, the path where it could be written. */
  readonly source: string;
}

export interface Environment extends Resolved {
  name: string;
  /** Position in the order of promotion, from 0. */
  order: number;
  first: boolean;
  last: boolean;
  after?: string;
  approval: boolean;
  apply: "continuous" | "gated";
  /** What Argo CD follows: the repository's revision in the first environment, `env/<name>` in later ones. */
  revision: string;
}

export interface Team extends Resolved {
  name: string;
  contact: string;
  namespace: string;
}

export type CloudName = "gcp" | "aws" | "azure";

export interface Cloud extends Resolved {
  name: CloudName;
  /** Project (gcp), account (aws) or subscription (azure). */
  account: string;
  /** Entra tenant; azure alone. */
  tenant?: string;
  /** Resource id of the key vault; azure alone. */
  keyVault?: string;
  network: Resolved & { name: string; cidr: Cidr; existing: boolean };
  regions: readonly Region[];
  budgetAccount?: string;
  secretManager: boolean;
  /** Where Terraform keeps the cloud's states. */
  stateStore: StateStore;
}

export interface StateStore {
  /** Bucket (gcp, aws) or storage account (azure). */
  bucket: string;
  region: string;
  /** Azure alone. */
  resourceGroup?: string;
  /** Azure alone. */
  container?: string;
}

export interface Region extends Resolved {
  name: string;
  cloud: CloudName;
  zones: readonly string[];
  subnet: Resolved & {
    name: string;
    cidr: Cidr;
    /** Absent where pods take node addresses (aws). */
    pods?: Cidr;
    services: Cidr;
    /** What the subnet calls these ranges; gcp alone. */
    secondaryRanges?: { pods: string; services: string };
    /** The ranges that the config wrote itself; the others were chosen. */
    written: { pods: boolean; services: boolean };
  };
}

export interface Cluster extends Resolved {
  name: string;
  cloud: CloudName;
  /** Project, account or subscription. */
  account: string;
  region: Region;
  environment: Environment;
  version: string;
  highlyAvailable: boolean;
  endpoint: Resolved & { public: boolean; authorizedNetworks: readonly Cidr[] };
  nodePools: readonly NodePool[];
  /** Who administers it, in the cloud's own words. */
  admins: readonly string[];
  existing: boolean;
  management: boolean;
  /** Add-ons in the order of their waves. */
  addons: readonly Addon[];
  /** Folder of everything that this cluster's Argo CD applies, relative to the project. */
  path: string;
}

export interface NodePool extends Resolved {
  name: string;
  machineType: string;
  spot: boolean;
  /** Totals of the pool. */
  min: number;
  max: number;
  initial: number;
  disk: Bytes;
  labels: { readonly [key: string]: string };
  taints: readonly { key: string; value: string; effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute" }[];
}

/** A pinned upstream chart, or a folder of compiled manifests, that a cluster needs beside its workloads. */
export interface Addon extends Resolved {
  name: string;
  namespace: string;
  /** Sync wave of its Application. */
  wave: number;
  /** Absent where only compiled manifests make it up. */
  chart?: { repository: string; name: string; version: string };
  /** A chart of `helm-library/`, for components of our own. */
  libraryChart?: string;
  values?: { readonly [field: string]: unknown };
  /** Whether targets write manifests for it. */
  manifests: boolean;
  /** Large CRDs and the like need server-side apply. */
  serverSideApply: boolean;
  /** Fields whose live value stands. */
  liveFields?: readonly LiveFields[];
  /** Folder, relative to the project. */
  path: string;
}

/**
 * Fields that something else than the chart fills in: a controller, or a chart that draws new random values at each
 * rendering.
 */
export interface LiveFields {
  group: string;
  kind: string;
  /** Absent: every object of the kind. */
  name?: string;
  /** jq paths. */
  paths: readonly string[];
}

export type Runner = VmRunner | ArcRunner;

export interface VmRunner extends Resolved {
  kind: "vm";
  name: string;
  cloud: CloudName;
  account: string;
  region: Region;
  machineType: string;
  spot: boolean;
  min: number;
  max: number;
  labels: readonly string[];
  token: Secret;
}

export interface ArcRunner extends Resolved {
  kind: "arc";
  name: string;
  cluster: string;
  min: number;
  max: number;
  labels: readonly string[];
  token: Secret;
}

/** One Terraform state. */
export interface TerraformRoot extends Resolved {
  /** `<cloud>/<root>`. */
  name: string;
  kind: "state-store" | "foundation" | "cluster" | "runners";
  cloud: CloudName;
  /** Folder, relative to the project. */
  path: string;
  /** Key (aws, azure) or prefix (gcp) in the state store. */
  stateKey: string;
  /** The latest environment among what it serves. */
  environment: Environment;
  /** `manual` is applied once by a person: the state store itself. */
  apply: "continuous" | "gated" | "manual";
  /** Names of roots whose outputs it reads. */
  dependsOn: readonly string[];
  /** The cluster it makes. */
  cluster?: string;
  /** The runner pools it makes. */
  runners?: readonly string[];
}

export interface Secret extends Resolved {
  name: string;
  store: "vault" | CloudName;
  path: string;
  keys: readonly string[];
  rotate?: Duration;
}

export interface Slo extends Resolved {
  name: string;
  /** Fraction of good events, 0–1. */
  objective: number;
  window: Duration;
  metric?: Resolved &
    (
      | { kind: "success-rate" }
      | { kind: "latency"; threshold: Duration }
      | { kind: "query"; good: string; total: string }
    );
}

export type Strategy = RollingStrategy | CanaryStrategy | BlueGreenStrategy | ShadowStrategy;
export type ProgressiveStrategy = Exclude<Strategy, RollingStrategy>;

export interface RollingStrategy extends Resolved {
  kind: "rolling";
  name: string;
  /** Kubernetes' own notation: a percentage. */
  maxSurge: string;
  maxUnavailable: string;
}

export interface CanaryStrategy extends Resolved {
  kind: "canary";
  name: string;
  steps: readonly CanaryStep[];
  analysis?: Analysis;
}

export interface CanaryStep extends Resolved {
  /** Percent. */
  weight: number;
  pause?: Duration | "approval";
}

export interface BlueGreenStrategy extends Resolved {
  kind: "blue-green";
  name: string;
  autoPromote: boolean;
  previewReplicas?: number;
  keepOldFor: Duration;
  prePromotion?: Analysis;
  postPromotion?: Analysis;
}

export interface ShadowStrategy extends Resolved {
  kind: "shadow";
  name: string;
  /** Percent of the live requests, 0–100. */
  mirror: number;
  replicas: number;
  duration: Duration;
  writes: boolean;
  analysis?: Analysis;
  steps: readonly CanaryStep[];
}

export interface Analysis extends Resolved {
  slos: readonly Slo[];
  window: Duration;
  interval: Duration;
  count: number;
  failureLimit: number;
  minimumRequests: number;
  noTraffic: "inconclusive" | "pass" | "fail";
}

export interface Resilience extends Resolved {
  enabled: boolean;
  environments: readonly string[];
  experiments: readonly Experiment[];
}

export type Experiment = ExperimentBase & Fault;

export interface ExperimentBase extends Resolved {
  name: string;
  schedule: Cron;
  duration: Duration;
  /** Percent of the service's pods, 0–100. */
  scope: number;
  abortOn: readonly Slo[];
}

export type Fault =
  | { kind: "pod-kill"; every: Duration }
  | { kind: "network-delay"; latency: Duration; jitter: Duration }
  | { kind: "network-loss"; /** Percent. */ loss: number }
  | { kind: "network-partition"; from: string }
  | { kind: "cpu-stress"; workers: number; /** Percent. */ load: number }
  | { kind: "memory-stress"; workers: number; size: Bytes }
  | {
      kind: "http-fault";
      /** Percent. */ requests: number;
      delay?: Duration;
      status?: number;
      by?: "mesh" | "chaos-mesh";
    }
  | { kind: "dns-fault"; patterns: readonly string[]; answer: "error" | "random" }
  | { kind: "zone-outage"; zone: string };

export interface Security extends Resolved {
  mesh: Resolved & { enabled: boolean; mtls: "strict" | "permissive" };
  policies: Resolved & { enforcement: "dryrun" | "warn" | "deny"; exemptNamespaces: readonly string[] };
  allowedRegistries: readonly string[];
  /** Absent: any. */
  allowedMachineTypes?: readonly string[];
  /** Regions by cloud: those that the config declares. */
  allowedRegions: {
    readonly gcp?: readonly string[];
    readonly aws?: readonly string[];
    readonly azure?: readonly string[];
  };
}

export interface Observability extends Resolved {
  metrics: Resolved & { interval: Duration; retention: Duration };
  /** `sampling` is a fraction, 0–1. */
  traces: Resolved & { sampling: number; retention: Duration };
  logs: Resolved & { retention: Duration };
  alertRoutes: readonly (Resolved & { name: string; kind: "slack" | "pagerduty" | "webhook" | "email"; to: string })[];
}

/** A service as it is declared, before it is placed. */
export interface Service extends Resolved {
  name: string;
  team: Team;
  kind: "service" | "job" | "stateful";
  image: string;
  tag?: string;
  /** Names of the clusters that run it. */
  clusters: readonly string[];
  dependsOn: readonly (Resolved & { service: string; port: number; critical: boolean })[];
  slos: readonly Slo[];
  strategy: Strategy;
  experiments: readonly Experiment[];
}

/** A service on one cluster. */
export interface Workload extends Resolved {
  /** Name of the service, and of every object that carries it. */
  name: string;
  service: Service;
  cluster: Cluster;
  environment: Environment;
  team: Team;
  namespace: string;
  kind: "service" | "job" | "stateful";
  /** Standard labels of every object. */
  labels: { readonly [key: string]: string };
  /** Labels that select its pods; never change over its life. */
  selector: { readonly [key: string]: string };
  image: Resolved & { repository: string; digest?: Digest; tag?: string };
  command?: readonly string[];
  args?: readonly string[];
  ports: readonly WorkloadPort[];
  probes: { liveness?: Probe; readiness?: Probe; startup?: Probe };
  resources: Resolved & { cpu: Cpu; cpuLimit: Cpu; memory: Bytes; ephemeralStorage: Bytes };
  scaling: Scaling;
  config: Resolved & {
    env: { readonly [key: string]: string };
    files: { readonly [key: string]: string };
    mountPath: string;
  };
  secrets: readonly (Resolved & {
    secret: Secret;
    /** Name of the Kubernetes Secret. */ name: string;
    mountPath: string;
    env: boolean;
  })[];
  dependsOn: readonly Dependency[];
  /** Hosts outside the platform that it calls. */
  egress: readonly (Resolved & { host: string; port: number })[];
  /** Workloads on the same cluster that call it. */
  calledBy: readonly Peer[];
  slos: readonly Slo[];
  strategy: Strategy;
  /** Kubernetes Services in front of the pods. */
  kubernetesServices: KubernetesServices;
  /** Experiments released in its environment; none while the switch is off. */
  experiments: readonly Experiment[];
  telemetry: Resolved & { metrics?: { port: string; path: string }; /** Fraction, 0–1. */ traces: number };
  exposure?: Resolved & { hosts: readonly string[]; port: string; path: string };
  writable: readonly (Resolved & { path: string; size: Bytes })[];
  storage: readonly (Resolved & { name: string; path: string; size: Bytes; storageClass?: string })[];
  schedule?: Cron;
  runAsUser: number;
  gracePeriod: Duration;
  meshed: boolean;
  pauseSelfHeal: boolean;
  /** Kubernetes ServiceAccount. */
  serviceAccount: string;
  /** Folder, relative to the project: `values.yaml` and `manifests/`. */
  path: string;
  /** Whether a target writes the chart's values. */
  values: boolean;
  /** Whether targets write manifests beside the chart. */
  manifests: boolean;
}

export interface WorkloadPort extends Resolved {
  name: string;
  port: number;
  targetPort: number;
  protocol: "http" | "http2" | "grpc" | "tcp";
}

export interface Probe extends Resolved {
  kind: "http" | "grpc" | "tcp" | "exec";
  /** A port's name. */
  port?: string;
  path?: string;
  command?: readonly string[];
  headers: { readonly [key: string]: string };
  every: Duration;
  timeout: Duration;
  failures: number;
  delay: Duration;
}

/** How many pods. */
export interface Scaling extends Resolved {
  min: number;
  max: number;
  /** `min` equals `max`: no autoscaler. */
  fixed: boolean;
  /** Percent of the CPU request that the autoscaler aims at. */
  cpu: number;
}

/** The Services of a workload; which exist follows from its strategy. */
export interface KubernetesServices {
  /** What callers use: stable (canary, shadow), active (blue/green) or the only one. */
  main: string;
  /** The canary's or the preview's own. */
  next?: string;
}

/** A workload on the same cluster, as network rules see it. */
export interface Peer {
  name: string;
  namespace: string;
  selector: { readonly [key: string]: string };
  /** Container port at the called side. */
  port: number;
}

export interface Dependency extends Resolved {
  service: string;
  /** Port of the Kubernetes Service. */
  port: number;
  critical: boolean;
  /** Absent where the other service does not run on this cluster. */
  peer?: Peer;
}

export interface Budget extends Resolved {
  name: string;
  scope: { cloud?: CloudName; team?: string; environment?: string };
  monthly: { amount: number; currency: string };
  /** Fractions, ascending. */
  alerts: readonly number[];
  route?: string;
}

export interface Optimization extends Resolved {
  engine: "hybrid" | "classical";
  cadence: Cron;
  objective: { cost: number; latency: number; reliability: number };
  apply: "pull-request";
  proposalExpiry: Duration;
}

export interface Continuity extends Resolved {
  assistant: { service: string; health: string };
  fallback: string;
  contextStore: string;
  watchdog: string;
}

export interface Aiops extends Resolved {
  forecast?: { horizon: Duration };
  /** `falseAlarms` is a fraction, 0–1. */
  anomalies?: { falseAlarms: number; route?: string };
}

export interface Delivery extends Resolved {
  registries: readonly string[];
  stages: readonly ("test" | "build" | "scan" | "promote")[];
  promotion: "pull-request" | "automatic";
}

export interface Patch extends Resolved {
  target: string;
  kind: string;
  name: string;
  cluster?: string;
  merge?: { readonly [field: string]: unknown };
  json?: readonly JsonPatchOperation[];
}

/** A folder of somebody's own, applied beside what is compiled. */
export interface Extra extends Resolved {
  /** Of its Application and project, or of its module. */
  name: string;
  /** Relative to the project. */
  folder: string;
  /** The cluster that it is applied to; absent for a root's. */
  cluster?: string;
  /** The Terraform root that calls it, `<cloud>/<root>`; absent for a cluster's. */
  root?: string;
  /** Namespaces of the objects in it, sorted. */
  namespaces: readonly string[];
  /** Kinds of the objects in it that have a namespace, and of those that have none; sorted. */
  kinds: readonly { group: string; kind: string }[];
  clusterKinds: readonly { group: string; kind: string }[];
}

/** A value with bounds, as the optimizer and the proposals' checks see it. Units are those of the config. */
export interface ResolvedTunable extends Resolved {
  current: number | string;
  default: number | string;
  min: number | string;
  max: number | string;
  step?: number | string;
}

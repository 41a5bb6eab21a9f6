import type { Bytes, Cpu, Cron, Digest, Duration } from "../config/units.ts";
import type { Call, CallOptions } from "./calls.ts";
import type { Cluster } from "./clusters.ts";
import type { Environment } from "./environments.ts";
import type { Pods } from "./pods.ts";
import type { ExternalDependency } from "./externals.ts";
import type { Experiment } from "./resilience.ts";
import type { Peer } from "./peer.ts";
import type { Resolved } from "./resolved.ts";
import type { Scaling } from "./scaling.ts";
import type { Slo, Strategy } from "./rollouts.ts";
import type { Secret, SecretKey } from "./secrets.ts";
import type { Service } from "./services.ts";
import type { Team } from "./teams.ts";

/** A service on one cluster. */
export interface Workload extends Resolved {
  /** Name of the service, and of every object that carries it. */
  name: string;
  service: Service;
  /** Workloads of a service that have one form say the same in the config: nothing differs between them. */
  form: string;
  /** Its fields that an environment or a cluster says otherwise, and where: `scaling.min` → `services.web.in.staging.scaling.min`. */
  differs: { readonly [field: string]: string };
  cluster: Cluster;
  environment: Environment;
  team: Team;
  namespace: string;
  kind: "service" | "job" | "stateful" | "daemon";
  /** Standard labels of every object. */
  labels: { readonly [key: string]: string };
  /** Labels that select its pods; never change over its life. */
  selector: { readonly [key: string]: string };
  image: Image;
  command?: readonly string[];
  args?: readonly string[];
  /** Beside its own container, in the order in which they start: sidecars first. */
  containers: readonly PodContainer[];
  ports: readonly WorkloadPort[];
  probes: { liveness?: Probe; readiness?: Probe; startup?: Probe };
  resources: Resolved & { cpu: Cpu; cpuLimit: Cpu; memory: Bytes; ephemeralStorage: Bytes; recommend: boolean };
  scaling: Scaling;
  config: Resolved & {
    env: { readonly [key: string]: string };
    /** Variables that have the value of a field of the pod, by its path: `status.podIP`. */
    fields: { readonly [key: string]: string };
    /** Variables that have the value of a key of a secret. */
    keys: { readonly [key: string]: SecretKey };
    /** Variables, and files, that are made of texts and of keys of secrets. */
    rendered: { env?: Rendered; files?: Rendered };
    files: { readonly [key: string]: string };
    mountPath: string;
  };
  secrets: readonly (Resolved & {
    secret: Secret;
    /** Name of the Kubernetes Secret. */ name: string;
    mountPath: string;
    env: boolean;
    /** Its keys, and what they are called here. */
    keys: readonly { key: string; name: string }[];
    /** Names that the config gives to keys, those that the secret does not have as well. */
    names: { readonly [key: string]: string };
  })[];
  dependsOn: readonly Dependency[];
  /** What is declared outside the platform and called by it. */
  externals: readonly ExternalDependency[];
  /** Hosts outside the platform that it alone calls. */
  egress: readonly (Resolved & { host: string; port: number })[];
  /** Workloads on the same cluster that call it. */
  calledBy: readonly Caller[];
  /** What the platform reads its state with: an autoscaler that looks at its queues. */
  watchedBy: readonly Peer[];
  slos: readonly Slo[];
  /** Requests that are expected, a second; absent where the config does not say it. */
  traffic?: number;
  strategy: Strategy;
  /** Kubernetes Services in front of the pods. */
  kubernetesServices: KubernetesServices;
  /** What it must survive. */
  chaos: readonly (Resolved & { experiment: Experiment })[];
  /** The experiments among these that are released in its environment; none while the switch is off. */
  experiments: readonly Experiment[];
  telemetry: Resolved & { metrics?: { port: string; path: string }; /** Fraction, 0–1. */ traces: number };
  alerts: readonly Alert[];
  exposure?: Resolved & { hosts: readonly string[]; port: string; path: string };
  writable: readonly (Resolved & { path: string; size: Bytes })[];
  storage: readonly (Resolved & { name: string; path: string; size: Bytes; storageClass?: string })[];
  schedule?: Cron;
  /** How the runs of a job go; of anything else only where the config says so all the same. */
  runs?: Runs;
  runAsUser: number;
  gracePeriod: Duration;
  pods: Pods;
  meshed: boolean;
  pauseSelfHeal: boolean;
  /** Kubernetes ServiceAccount. */
  serviceAccount: string;
  /** Folder, relative to the project: `values.yaml` and `manifests/`. */
  path: string;
}

/** By digest, or else by tag. */
export interface Image extends Resolved {
  /** Where its cluster pulls it from. */
  repository: string;
  /** The same without a mirror, which is what the config calls it. */
  upstream: string;
  digest?: Digest;
  tag?: string;
}

/** A Secret that the secret controller renders for a workload: its name, and what each of its keys is made of. */
export interface Rendered {
  name: string;
  texts: { readonly [key: string]: readonly (string | SecretKey)[] };
}

export interface PodContainer extends Resolved {
  name: string;
  /** Runs as long as the pod, in place of running to its end before the workload's own container starts. */
  sidecar: boolean;
  image: Image;
  /** Whether the image has a version of its own, rather than the service's. */
  pinned: boolean;
  command?: readonly string[];
  args?: readonly string[];
  /** Gets variables, files and secrets of the workload's own container too. */
  inherits: boolean;
  env: { readonly [key: string]: string };
  resources: { cpu: Cpu; cpuLimit: Cpu; memory: Bytes; ephemeralStorage: Bytes };
}

export interface Runs extends Resolved {
  /** Of the schedule. */
  timeZone: string;
  deadline: Duration;
  /** How many failed pods are replaced. */
  retries: number;
  overlap: "skip" | "replace" | "together";
  startWithin: Duration;
  /** Whether the config says it. */
  written: { timeZone: boolean; overlap: boolean; startWithin: boolean };
}

/** What is wrong for as long as an expression has a value. */
export interface Alert extends Resolved {
  name: string;
  when: string;
  for: Duration;
  severity: "critical" | "warning" | "info";
  summary: string;
  runbook?: string;
}

export interface WorkloadPort extends Resolved {
  name: string;
  port: number;
  targetPort: number;
  protocol: "http" | "http2" | "grpc" | "tcp" | "udp";
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

/** The Services of a workload; which exist follows from its strategy. */
export interface KubernetesServices {
  /** What callers use: stable (canary, shadow), active (blue/green) or the only one. */
  main: string;
  /** The canary's or the preview's own. */
  next?: string;
}

/** A workload that calls this one. */
export interface Caller extends Peer {
  /** Absent where nothing is said of how it calls. */
  call?: Call;
}

export interface Dependency extends Resolved {
  service: string;
  /** Port of the Kubernetes Service. */
  port: number;
  critical: boolean;
  /** Absent where nothing is said of how it is called. */
  call?: CallOptions;
  /** Absent where the other service does not run on this cluster. */
  peer?: Peer;
}

import type { Bytes, Cpu, Cron, Digest, Duration } from "../config/units.ts";
import type { Cluster } from "./clusters.ts";
import type { Environment } from "./environments.ts";
import type { Experiment } from "./resilience.ts";
import type { Resolved } from "./resolved.ts";
import type { Slo, Strategy } from "./rollouts.ts";
import type { Secret } from "./secrets.ts";
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
  kind: "service" | "job" | "stateful";
  /** Standard labels of every object. */
  labels: { readonly [key: string]: string };
  /** Labels that select its pods; never change over its life. */
  selector: { readonly [key: string]: string };
  /** By digest, or else by tag. */
  image: Resolved & { repository: string; digest?: Digest; tag?: string };
  command?: readonly string[];
  args?: readonly string[];
  ports: readonly WorkloadPort[];
  probes: { liveness?: Probe; readiness?: Probe; startup?: Probe };
  resources: Resolved & { cpu: Cpu; cpuLimit: Cpu; memory: Bytes; ephemeralStorage: Bytes };
  scaling: Scaling;
  config: Resolved & {
    env: { readonly [key: string]: string };
    /** Variables that have the value of a field of the pod, by its path: `status.podIP`. */
    fields: { readonly [key: string]: string };
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
  /** Hosts outside the platform that it calls. */
  egress: readonly (Resolved & { host: string; port: number })[];
  /** Workloads on the same cluster that call it. */
  calledBy: readonly Peer[];
  slos: readonly Slo[];
  strategy: Strategy;
  /** Kubernetes Services in front of the pods. */
  kubernetesServices: KubernetesServices;
  /** What it must survive. */
  chaos: readonly (Resolved & { experiment: Experiment })[];
  /** The experiments among these that are released in its environment; none while the switch is off. */
  experiments: readonly Experiment[];
  telemetry: Resolved & { metrics?: { port: string; path: string }; /** Fraction, 0–1. */ traces: number };
  exposure?: Resolved & { hosts: readonly string[]; port: string; path: string };
  writable: readonly (Resolved & { path: string; size: Bytes })[];
  storage: readonly (Resolved & { name: string; path: string; size: Bytes; storageClass?: string })[];
  schedule?: Cron;
  /** How the runs of a job go; of anything else only where the config says so all the same. */
  runs?: Runs;
  runAsUser: number;
  gracePeriod: Duration;
  meshed: boolean;
  pauseSelfHeal: boolean;
  /** Kubernetes ServiceAccount. */
  serviceAccount: string;
  /** Folder, relative to the project: `values.yaml` and `manifests/`. */
  path: string;
}

export interface Runs extends Resolved {
  deadline: Duration;
  /** How many failed pods are replaced. */
  retries: number;
  overlap: "skip" | "replace" | "together";
  startWithin: Duration;
  /** Whether the config says it. */
  written: { overlap: boolean; startWithin: boolean };
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

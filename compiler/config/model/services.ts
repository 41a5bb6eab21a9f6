import type { Names, Ref } from "../names.ts";
import type { Tuned } from "../tunable.ts";
import type { Bytes, Count, Cpu, Cron, Duration, Percent, PortNumber } from "../units.ts";
import type { Strategy } from "./rollouts.ts";

/** A service of a team: what runs, where, and how it changes. */
export interface Service<N extends Names = Names> extends Overridable {
  team: Ref<N, "team">;
  /**
   * `service` runs for ever behind ports, `job` runs to its end (on a schedule, or once per version), `stateful` keeps volumes.
   * @default "service"
   */
  kind?: "service" | "job" | "stateful";
  /**
   * Image repository, without tag or digest; the digest of each environment comes from `ecosystem.images.json`.
   * @example "ghcr.io/acme/checkout"
   */
  image: string;
  /**
   * Tag to use where `ecosystem.images.json` has no digest. Not allowed in the last environment.
   * @example "v1.4.2"
   */
  tag?: string;
  /** Replaces the image's entrypoint. */
  command?: readonly string[];
  /** Arguments of the entrypoint. */
  args?: readonly string[];
  /**
   * Ports by name.
   * @default {}
   */
  ports?: { [name: string]: Port };
  /** How Kubernetes learns that a pod lives and serves. Required of everything with ports. */
  probes?: Probes;
  /** Clusters that run it, or all of them. */
  placement: readonly Ref<N, "cluster">[] | "all";
  /**
   * Declared secrets, mounted as files.
   * @default []
   */
  secrets?: readonly SecretMount<N>[];
  /**
   * Services that it calls.
   * @default []
   */
  dependsOn?: readonly Dependency<N>[];
  /**
   * Hosts outside the platform that it calls; everything else is closed to it.
   * @default []
   */
  egress?: readonly Egress[];
  /**
   * Declared SLOs that it promises to keep.
   * @default []
   */
  slos?: readonly Ref<N, "slo">[];
  /**
   * A declared strategy, or one written here.
   * @default a rolling update, as `rolling()` writes it
   */
  rollout?: Ref<N, "rollout"> | Strategy<N>;
  /**
   * Declared experiments that it must survive.
   * @default []
   */
  chaos?: readonly Ref<N, "experiment">[];
  /** What it tells about itself. */
  telemetry?: Telemetry;
  /** How it is reached from outside the cluster. Default: not at all. */
  exposure?: Exposure;
  /**
   * Folders it may write to; everything else is read-only.
   * @default []
   */
  writable?: readonly Scratch[];
  /** Volumes that outlive a pod. Only for `kind: "stateful"`. */
  storage?: readonly Volume[];
  /** When a job runs. Only for `kind: "job"`; without it the job runs once per version. */
  schedule?: Cron;
  /**
   * Numeric user id of the process.
   * @minimum 10000
   * @default 10001
   */
  runAsUser?: Count;
  /**
   * Time that a pod has to finish what it does.
   * @default "30s"
   */
  gracePeriod?: Duration;
  /**
   * Keeps Argo CD from undoing manual changes while somebody repairs something.
   * @default false
   */
  pauseSelfHeal?: boolean;
  /**
   * What differs in an environment; the last entry that names it wins.
   * @default []
   */
  overrides?: readonly Override<N>[];
}

/** What an environment may change about a service. */
export interface Overridable {
  /** Processor and memory of one pod. */
  resources?: Resources;
  /** How many pods. Default: exactly 1 outside the last environment, 2 to 2 in it. */
  scaling?: Scaling;
  /** Plain configuration. Never secrets. */
  config?: Config;
}

/** What differs in one environment. */
export interface Override<N extends Names = Names> extends Overridable {
  environment: Ref<N, "environment">;
}

/** A port of a service. */
export interface Port {
  /**
   * Port of the Kubernetes Service.
   */
  port: PortNumber;
  /**
   * Port of the container.
   * @default port
   */
  targetPort?: PortNumber;
  /** @default "http" */
  protocol?: "http" | "http2" | "grpc" | "tcp";
}

/** How Kubernetes learns about a pod's health. */
export interface Probes {
  /** Fails: the pod is restarted. */
  liveness?: Probe;
  /** Fails: the pod gets no traffic. */
  readiness?: Probe;
  /** Holds the other two back until it has passed once. */
  startup?: Probe;
}

/** One health probe. */
export interface Probe {
  kind: "http" | "grpc" | "tcp" | "exec";
  /** A port's name. Not for `exec`. */
  port?: string;
  /**
   * Path of an HTTP probe.
   * @example "/healthz"
   */
  path?: string;
  /** Command of an `exec` probe. */
  command?: readonly string[];
  /**
   * Headers of an HTTP probe.
   * @default {}
   */
  headers?: { [name: string]: string };
  /** @default "10s" */
  every?: Duration;
  /** @default "2s" */
  timeout?: Duration;
  /**
   * Failures in a row that count.
   * @minimum 1
   * @default 3
   */
  failures?: Count;
  /**
   * Wait before the first try.
   * @default "0s"
   */
  delay?: Duration;
}

/** Processor, memory and scratch space of one pod. */
export interface Resources {
  /**
   * Cores that the scheduler reserves.
   * @default "100m"
   */
  cpu?: Tuned<Cpu>;
  /**
   * Memory that is reserved and never exceeded.
   * @default "128Mi"
   */
  memory?: Tuned<Bytes>;
  /**
   * Most cores it may use.
   * @default twice `cpu`
   */
  cpuLimit?: Cpu;
  /**
   * Local disk: logs and writable folders.
   * @default "256Mi"
   */
  ephemeralStorage?: Bytes;
}

/** How many pods: a fixed number when `min` equals `max`, an autoscaler between them otherwise. */
export interface Scaling {
  min: Tuned<Count>;
  max: Tuned<Count>;
  /**
   * CPU use, relative to the request, that the autoscaler aims at.
   * @default "70%"
   */
  cpu?: Percent;
}

/** Plain configuration. A change of it is a new version and goes through the rollout. */
export interface Config {
  /**
   * Environment variables.
   * @default {}
   */
  env?: { [name: string]: string };
  /**
   * Files by name.
   * @default {}
   */
  files?: { [name: string]: string };
  /**
   * Folder that the files appear in.
   * @default the folder /etc/<service>
   */
  mountPath?: string;
}

/** A declared secret, mounted as files named after its keys. */
export interface SecretMount<N extends Names = Names> {
  secret: Ref<N, "secret">;
  /**
   * Folder that the files appear in.
   * @default the folder /var/run/secrets/<secret>
   */
  mountPath?: string;
  /**
   * Also as environment variables named after its keys, for software that cannot read files. Less safe: they leak into child processes and dumps.
   * @default false
   */
  env?: boolean;
}

/** A call to another declared service. */
export interface Dependency<N extends Names = Names> {
  service: Ref<N, "service">;
  /** The port's number at the other service. */
  port: PortNumber;
  /**
   * The caller fails when this one does. Then its SLOs bound the caller's.
   * @default true
   */
  critical?: boolean;
}

/** A host outside the platform. */
export interface Egress {
  /** @example "api.stripe.com" */
  host: string;
  /** @default 443 */
  port?: PortNumber;
}

/** What a service tells about itself. */
export interface Telemetry {
  /** Where it serves Prometheus metrics. */
  metrics?: {
    /** A port's name. */
    port: string;
    /** @default "/metrics" */
    path?: string;
  };
  /**
   * Share of the requests that are traced.
   * @default observability.traces.sampling
   */
  traces?: Percent;
}

/** How a service is reached from outside. */
export interface Exposure {
  /**
   * Host names.
   * @minItems 1
   * @example ["shop.acme.example"]
   */
  hosts: readonly string[];
  /** A port's name. */
  port: string;
  /** @default "/" */
  path?: string;
}

/** A folder that a pod may write to. Empty at each start. */
export interface Scratch {
  /** @example "/tmp" */
  path: string;
  /** @default "64Mi" */
  size?: Bytes;
}

/** A volume that outlives a pod. */
export interface Volume {
  name: string;
  /** @example "/data" */
  path: string;
  /** @example "10Gi" */
  size: Bytes;
  /** @default the cluster's own default class */
  storageClass?: string;
}

import type { Differences, DifferentFields } from "../difference.ts";
import type { Names, Ref } from "../names.ts";
import type { Tuned } from "../tunable.ts";
import type {
  DnsLabel,
  DnsSubdomain,
  FileName,
  HeaderValue,
  HostName,
  ImageName,
  ImageTag,
  MountPath,
  PlainText,
  RequestPath,
  UrlPath,
  TimeZone,
} from "../texts.ts";
import type { Bytes, Count, Cpu, Cron, Delay, Duration, Memory, Percent, PortNumber, Rate } from "../units.ts";
import type { Alert } from "./alerts.ts";
import type { Dependency, Egress } from "./calls.ts";
import type { PodContainer } from "./containers.ts";
import type { ExternalDependency } from "./externals.ts";
import type { PodFields } from "./pods.ts";
import type { Strategy } from "./rollouts.ts";
import type { Scaling } from "./scaling.ts";
import type { Value, Variable } from "./values.ts";

/** A service of a team: what runs, where, and how it changes. */
export interface Service<N extends Names = Names> extends ServiceFields<N> {
  team: Ref<N, "team">;
  /**
   * `service` runs for ever behind ports, `job` runs to its end (on a schedule, or once per version), `stateful` keeps
   * volumes, and `daemon` runs one pod on each node. Who calls a daemon gets the pod of its own node. It is as closed as
   * everything else: no folders, network or processes of the node, so that what reads these is an add-on.
   * @default "service"
   */
  kind?: "service" | "job" | "stateful" | "daemon";
  /** Where it runs: `"all"` clusters, `{ clusters: [...] }`, or those of `{ environments: [...] }`. */
  placement: "all" | OnClusters<N> | InEnvironments<N>;
  /**
   * What differs in an environment: any field but `team`, `kind` and `placement`. Objects merge field by field, `null` takes
   * a field away, all else replaces what the service says.
   * @keysOf environment
   * @default {}
   */
  in?: Differences<Ref<N, "environment">, ServiceDifference<N>>;
  /**
   * What differs on a cluster, in the same way. It counts for more than what differs in the cluster's environment.
   * @keysOf cluster
   * @default {}
   */
  on?: Differences<Ref<N, "cluster">, ServiceDifference<N>>;
}

/** Single clusters. */
export interface OnClusters<N extends Names = Names> {
  /** @uniqueItems true */
  clusters: readonly Ref<N, "cluster">[];
}

/** All clusters of environments, those that will be declared as well. */
export interface InEnvironments<N extends Names = Names> {
  /** @uniqueItems true */
  environments: readonly Ref<N, "environment">[];
}

/** What differs of a service. */
export interface ServiceDifference<N extends Names = Names> extends DifferentFields<ServiceFields<N>> {}

/** What may differ between environments and clusters: all but who owns a service, what it is and where it runs. */
export interface ServiceFields<N extends Names = Names> extends PodFields {
  /**
   * Image repository, without tag or digest; the digest of each environment comes from `ecosystem.images.json`. A mirror
   * of its registry is no part of the name (`registries.mirror`).
   * @example "ghcr.io/acme/checkout"
   */
  image: ImageName;
  /**
   * Tag to use where `ecosystem.images.json` has no digest. Not allowed in the last environment.
   * @example "v1.4.2"
   */
  tag?: ImageTag;
  /** Replaces the image's entrypoint. Arrives as it is written: Kubernetes' `$(NAME)` is not expanded. */
  command?: readonly PlainText[];
  /** Arguments of the entrypoint. They arrive as they are written, too. */
  args?: readonly PlainText[];
  /**
   * Ports by name. A job has no other than the one that `telemetry.metrics` names, and nobody calls it.
   * @default {}
   */
  ports?: { [name: string]: Port };
  /** How Kubernetes learns that a pod lives and serves. Required of everything with ports. */
  probes?: Probes;
  /**
   * Declared secrets, mounted as files.
   * @uniqueBy secret
   * @default []
   */
  secrets?: readonly SecretMount<N>[];
  /**
   * Declared secrets that its images are pulled with, where their registry asks who does. Nodes of a cloud pull from its
   * own registry by their identity. Each has the key `.dockerconfigjson`.
   * @uniqueItems true
   * @default []
   */
  pullSecrets?: readonly Ref<N, "secret">[];
  /**
   * Services that it calls, and what is declared in `externals`.
   * @uniqueBy service|external, port
   * @default []
   */
  dependsOn?: readonly (Dependency<N> | ExternalDependency<N>)[];
  /**
   * Hosts outside the platform that it alone calls. What several services call, or what differs between environments, is
   * declared in `externals`. Everything else is closed to it.
   * @uniqueBy host, port
   * @default []
   */
  egress?: readonly Egress[];
  /**
   * Declared SLOs that it promises to keep.
   * @uniqueItems true
   * @default []
   */
  slos?: readonly Ref<N, "slo">[];
  /**
   * Requests that it is expected to get on each of its clusters when a new version comes, in a quiet hour rather than at
   * noon. With the weights and pauses of its rollout they tell what a gate can see, and when.
   * @default unknown
   * @example "20/s"
   */
  traffic?: Tuned<Rate>;
  /**
   * A declared strategy, or one written here. Only `kind: "service"` has another one than `rolling()`.
   * @default a rolling update, as `rolling()` writes it
   */
  rollout?: Ref<N, "rollout"> | Strategy<N>;
  /**
   * Declared experiments that it must survive.
   * @uniqueItems true
   * @default []
   */
  chaos?: readonly Ref<N, "experiment">[];
  /**
   * Containers that run to their end before the service's own starts, one after the other; sidecars run already.
   * @uniqueBy name
   * @default []
   */
  init?: readonly PodContainer[];
  /**
   * Containers that start before the service's own, run beside it, and end after it: a proxy, an agent.
   * @uniqueBy name
   * @default []
   */
  sidecars?: readonly PodContainer[];
  /** What it tells about itself. */
  telemetry?: Telemetry;
  /**
   * What is wrong when its metrics say so, by name.
   * @keys AlertName
   * @default {}
   */
  alerts?: { [name: string]: Alert };
  /** How it is reached from outside the cluster. Default: not at all. */
  exposure?: Exposure;
  /**
   * Folders it may write to; everything else is read-only.
   * @default []
   */
  writable?: readonly Scratch[];
  /**
   * Volumes that outlive a pod. Only for `kind: "stateful"`.
   * @uniqueBy name
   */
  storage?: readonly Volume[];
  /** When a job runs. Only for `kind: "job"`; without it the job runs once per version. */
  schedule?: Cron;
  /** How the runs of a job go. Only for `kind: "job"`. */
  runs?: Runs;
  /**
   * Numeric user id of the process: from 10000 on, clear of the users of nodes. Images whose files everybody may read run as
   * any; what they write goes to `writable` or `storage`.
   * @minimum 10000
   * @default 10001
   */
  runAsUser?: Count;
  /**
   * Time that a pod has to finish what it does.
   * @atLeast 1s
   * @atMost 7d
   * @inSteps 1s
   * @default "30s"
   */
  gracePeriod?: Duration;
  /**
   * Keeps Argo CD from undoing manual changes while somebody repairs something.
   * @default false
   */
  pauseSelfHeal?: boolean;
  /** Processor and memory of one pod. */
  resources?: Resources;
  /** How many pods. Default: exactly 1 outside the last environment, 2 to 2 in it. Not for `kind: "job"` and `"daemon"`. */
  scaling?: Scaling<N>;
  /** Plain configuration. Never secrets. */
  config?: Config<N>;
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
  /**
   * What is spoken there. Two ports may have one number where one of them is `udp`, as for DNS; whoever depends on the
   * number may call both. The mesh passes UDP by: no mutual TLS, no routes, nothing counted.
   * @default "http"
   */
  protocol?: "http" | "http2" | "grpc" | "tcp" | "udp";
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
   * @default the root, /
   * @example "/healthz"
   */
  path?: RequestPath;
  /** Command of an `exec` probe. Arrives as it is written. */
  command?: readonly PlainText[];
  /**
   * Headers of an HTTP probe.
   * @keys HeaderName
   * @default {}
   */
  headers?: { [name: string]: HeaderValue };
  /**
   * @atLeast 1s
   * @atMost 1d
   * @inSteps 1s
   * @default "10s"
   */
  every?: Duration;
  /**
   * @atLeast 1s
   * @atMost 1d
   * @inSteps 1s
   * @default "2s"
   */
  timeout?: Duration;
  /**
   * Failures in a row that count.
   * @minimum 1
   * @default 3
   */
  failures?: Count;
  /**
   * Wait before the first try.
   * @atMost 1d
   * @inSteps 1s
   * @default "0s"
   */
  delay?: Delay;
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
  memory?: Tuned<Memory>;
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
  /**
   * Whether `cpu` and `memory` are recommended from what the pods use, in the status of a VerticalPodAutoscaler. What is
   * recommended is for people to read: nothing is changed by it.
   * @default false
   */
  recommend?: boolean;
}

/** Plain configuration. A change of it is a new version and goes through the rollout. */
export interface Config<N extends Names = Names> {
  /**
   * Environment variables. Besides texts they take `address()`, `host()`, `port()`, `url()`, `text`, `file()`,
   * `pod()` and `secret()`.
   * @keys VariableName
   * @default {}
   */
  env?: { [name: string]: Variable<N> };
  /**
   * Files by name, as they stand or from `folder()`. Besides texts they take `address()`, `host()`,
   * `port()`, `url()`, `text` and `file()`.
   * @keys FileName
   * @default {}
   */
  files?: { [name: string]: Value<N> };
  /**
   * Folder that the files appear in.
   * @default the folder /etc/<service>
   */
  mountPath?: MountPath;
}

/** A declared secret, mounted as files named after its keys. */
export interface SecretMount<N extends Names = Names> {
  secret: Ref<N, "secret">;
  /**
   * Folder that the files appear in.
   * @default the folder /var/run/secrets/<secret>
   */
  mountPath?: MountPath;
  /**
   * Also as environment variables named after its keys, for software that cannot read files. Less safe: they leak into
   * child processes and dumps.
   * @default false
   */
  env?: boolean;
  /**
   * Other names for its keys, as files and as variables. A key that is not named here keeps its own.
   * @keys FileName
   * @default {}
   * @example { "password": "DB_PASSWORD" }
   */
  keys?: { [key: string]: FileName };
}

/** What a service tells about itself. */
export interface Telemetry {
  /**
   * Where it serves Prometheus metrics, in plain HTTP. They are scraped every `observability.metrics.interval`: in the mesh
   * by the agent of the pod's proxy, over loopback, which hands them on with the proxy's; else by Prometheus, which the pods
   * let in at this port. A job's pods are scraped while they run: what one that is over before a scrape has counted, and what
   * it counts after the last, is lost. All series have the labels `namespace`, `pod`, `app_kubernetes_io_name` (the service)
   * and, of pods that a canary, blue/green or shadow rollout brings, `rollouts_pod_template_hash`; a label of the
   * application's own by one of these names becomes `exported_` and its name.
   */
  metrics?: {
    /** A port's name. */
    port: string;
    /** @default "/metrics" */
    path?: UrlPath;
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
   * @uniqueItems true
   * @example ["shop.acme.example"]
   */
  hosts: readonly HostName[];
  /** A port's name. */
  port: string;
  /** @default "/" */
  path?: UrlPath;
}

/** A folder that a pod may write to. Empty at each start. */
export interface Scratch {
  /** @example "/tmp" */
  path: MountPath;
  /** @default "64Mi" */
  size?: Bytes;
}

/** How the runs of a job go. */
export interface Runs {
  /**
   * The zone that `schedule` is in, as the time zone database calls it. When its clocks go forward, there is no run in the
   * hour that they leave out (https://pkg.go.dev/github.com/robfig/cron/v3). Only with a `schedule`.
   * @default "UTC"
   * @example "Europe/Berlin"
   */
  timeZone?: TimeZone;
  /**
   * Time that a run has, with all its retries; then it is ended, and has failed.
   * @atLeast 1s
   * @atMost 365d
   * @inSteps 1s
   * @default "1h"
   */
  deadline?: Duration;
  /**
   * How many pods that fail are replaced before the run has failed.
   * @maximum 1000
   * @default 3
   */
  retries?: Count;
  /**
   * What becomes of a run that is due while the one before still goes: `skip` leaves it out, `replace` ends the other,
   * `together` runs both. Only with a `schedule`.
   * @default "skip"
   */
  overlap?: "skip" | "replace" | "together";
  /**
   * How late a run may begin after its time; later, it is left out. Only with a `schedule`.
   * @atLeast 10s
   * @atMost 365d
   * @inSteps 1s
   * @default "10m"
   */
  startWithin?: Duration;
}

/** A volume that outlives a pod. */
export interface Volume {
  name: DnsLabel;
  /** @example "/data" */
  path: MountPath;
  /** @example "10Gi" */
  size: Bytes;
  /** @default the cluster's own default class */
  storageClass?: DnsSubdomain;
}

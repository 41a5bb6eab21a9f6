import type { Resolved } from "./resolved.ts";

/** What the active targets contribute; lower leaves it empty. */
export interface Platform {
  /** Sorted by cluster, and then in the order of their waves. */
  addons: readonly Addon[];
  /** Kinds without a namespace that the add-ons bring, on whichever cluster; sorted. */
  clusterKinds: readonly GroupKind[];
  /** Kinds that workloads are made of wherever they run; sorted. What an add-on brings is with that add-on. */
  workloadKinds: readonly GroupKind[];
}

/** A pinned upstream chart, or a folder of compiled manifests, that a cluster needs beside its workloads. */
export interface Addon extends Resolved {
  name: string;
  /** Name of the cluster. */
  cluster: string;
  /** The target that contributed it. */
  target: string;
  namespace: string;
  /** Sync wave of its Application. */
  wave: number;
  /** Absent where only compiled manifests make it up. */
  chart?: AddonChart;
  /** A chart of `helm-library/`, for components of our own; its values are a file that the target writes. */
  libraryChart?: string;
  /**
   * The images that its pods run, without tags, where the cluster pulls them from: registry and repository, or a part of a
   * registry that they are all from. Absent: nobody says.
   */
  images?: readonly string[];
  /** What those among them that a mirror serves are called without it. */
  upstream?: { readonly [image: string]: string };
  /**
   * Config path of what brings it, where that is the project and not a target of the compiler's own: the policies let its
   * images in from allowed registries alone.
   */
  broughtBy?: string;
  /** Of the upstream chart, as far as they differ from its own. */
  values?: { readonly [field: string]: unknown };
  /** Large CRDs and the like need server-side apply. */
  serverSideApply: boolean;
  /** Fields whose live value stands. */
  liveFields?: readonly LiveFields[];
  /** What its namespace needs beside what every namespace has. */
  namespaceNeeds?: NamespaceNeeds;
  /**
   * Whom its pods talk with, by a name for each kind of pods. What nobody names is closed, DNS excepted. `{}`: it has no
   * pods, or none that the network may see.
   */
  network?: { readonly [name: string]: PodsNetwork };
  /** Kinds that it brings and that objects of workloads may be of. */
  workloadKinds?: readonly GroupKind[];
  /** Where its values describe pods that are no ordinary replicas. */
  pods?: PodsOfChart;
  /** What it puts into other pods: images that admission sees there, what they ask for, and what they may use. */
  injects?: {
    images: readonly string[];
    requests: { cpu: string; memory: string };
    limits?: { cpu?: string; memory?: string };
  };
  /** What its service accounts may do in the cloud. */
  permissions?: readonly CloudPermission[];
  /** Folder, relative to the project: `values.yaml` and `manifests/`. */
  path: string;
}

/** An upstream chart, and which of its versions the values are good for. */
export interface AddonChart {
  repository: string;
  name: string;
  /** What a cluster gets that has none yet, and what `eco-compile upgrade` takes; later it is what the lock says. */
  version: string;
  /** The oldest version that the values and what is patched onto it fit as well. Default: `version` alone */
  since?: string;
  /** The program that it deploys, where that is not the chart's own. */
  app?: ChartApp;
}

/** A program of a chart, whose version is chosen beside the chart's. */
export interface ChartApp {
  /** As the chart's: for a cluster that has none yet, and for `eco-compile upgrade`. */
  version: string;
  /** The oldest version that the values fit as well. Default: `version` alone */
  since?: string;
  /** The value of the chart that says it. */
  value: readonly string[];
}

/** A group and a kind, as projects of Argo CD list what they admit. */
export interface GroupKind {
  group: string;
  kind: string;
}

/** Levels of https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export type PodSecurityLevel = "restricted" | "baseline" | "privileged";

export interface NamespaceNeeds {
  /** Default: restricted */
  level?: PodSecurityLevel;
  /** Why it is not restricted. */
  reason?: string;
  labels?: { readonly [label: string]: string };
}

/** The connections of pods of an add-on, each said once: what they open to other pods is written for these as well. */
export interface PodsNetwork {
  /** Labels that select them in the add-on's namespace. */
  pods: { readonly [label: string]: string };
  /** Who may open connections to them, as far as no add-on says that it `reaches` them. */
  accepts?: readonly Accepted[];
  /** What they open connections to. */
  reaches?: readonly Reached[];
}

export interface Accepted extends Ports {
  from: NetworkPeer;
}

export interface Reached extends Ports {
  to: NetworkPeer;
}

/** Numbers as the pods listen on them, whatever a Service calls them. None at all: every port. */
interface Ports {
  ports?: readonly number[];
  udp?: readonly number[];
}

/**
 * The far side of a connection. `anywhere`: each address, in the cluster or not; the API server, which calls webhooks,
 * and the kubelets have some that no selector knows. `every-pod`: of the cluster. `mesh`: the pods of namespaces that
 * sidecars are injected into.
 */
export type NetworkPeer = "anywhere" | "every-pod" | "mesh" | PodsOf;

/** Pods of one namespace: those with all of these labels. */
export interface PodsOf {
  namespace: string;
  /** Default: all of them */
  pods?: { readonly [label: string]: string };
}

/** Keys of a chart's values, at any depth. `true`: all of the chart. */
export interface PodsOfChart {
  /** Whose `resources` are those of a pod on each node. */
  onEachNode?: readonly string[] | true;
  /** Whose `resources` are those of a pod that ends. */
  thatEnd?: readonly string[];
}

/** Rights of a Kubernetes service account at the cloud of its cluster, in the cloud's own words. */
export interface CloudPermission {
  serviceAccount: string;
  /** Google Cloud: roles on the project, `roles/dns.admin`. */
  gcp?: readonly string[];
  /** AWS: actions, and the resources that they are for. */
  aws?: readonly { actions: readonly string[]; resources: readonly string[] }[];
  /** Azure: names of roles on the subscription. */
  azure?: readonly string[];
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

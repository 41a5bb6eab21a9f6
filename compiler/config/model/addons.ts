import type { Names, Ref } from "../names.ts";
import type {
  ChartName,
  ChartRepository,
  ChartVersion,
  DnsLabel,
  GroupedKind,
  ImagePlace,
  LabelValue,
  Line,
  RegistryPart,
  ValuePath,
} from "../texts.ts";
import type { PortNumber } from "../units.ts";
import type { InEnvironments } from "./services.ts";

/** An upstream chart of your own choice, which clusters get beside those that targets bring. */
export interface Addon<N extends Names = Names> {
  chart: AddonChart;
  /**
   * The chart's version, exactly. A cluster gets it at its first compilation, and `eco-compile upgrade` takes a newer one, environment by environment;
   * ecosystem.lock.json says which one each environment has.
   * @example "0.46.0"
   */
  version: ChartVersion;
  /**
   * The oldest version that the values fit as well: environments keep it until they are upgraded.
   * @default version
   */
  since?: ChartVersion;
  /**
   * Values of the chart, as far as they differ from its own.
   * @default {}
   */
  values?: { [field: string]: unknown };
  /**
   * The namespace that it runs in, which is its own.
   * @default its name
   */
  namespace?: DnsLabel;
  /**
   * The clusters that get it: all of them, these, or those of environments.
   * @minItems 1
   * @uniqueItems true
   * @default "all"
   */
  clusters?: "all" | readonly Ref<N, "cluster">[] | InEnvironments<N>;
  /**
   * When it is applied, from first to last: what is in a later stage waits until it is healthy. `crds` are kinds alone;
   * nothing waits for what is in `workloads`.
   * @default "controllers"
   */
  stage?: "crds" | "storage" | "metrics" | "mesh" | "secrets" | "rollouts" | "policies" | "controllers" | "workloads";
  /**
   * Kinds that it defines and objects of services may be of: the projects of teams admit them where it is.
   * @uniqueItems true
   * @default []
   * @example ["kafka.strimzi.io/KafkaTopic"]
   */
  crds?: readonly GroupedKind[];
  /**
   * Kinds without a namespace that its chart brings, beside CustomResourceDefinition, ClusterRole and
   * ClusterRoleBinding. Argo CD refuses others.
   * @uniqueItems true
   * @default []
   * @example ["admissionregistration.k8s.io/ValidatingWebhookConfiguration"]
   */
  clusterKinds?: readonly GroupedKind[];
  /**
   * Where the images of its pods are, without tags. `security.allowedRegistries` has to let them in. Those obey a mirror
   * whose values are named, too.
   * @uniqueItems true
   * @example ["quay.io/strimzi"]
   */
  images: readonly (ImagePlace | AddonImage)[];
  /**
   * Whom its pods talk with, by a name of your own for each kind of pods. What is not said is closed; `{}` if it has no pods.
   * @default they reach DNS alone, nobody reaches them, and a warning says so
   */
  network?: { [kind: string]: AddonNetwork };
  /**
   * Why its pods need more than Pod Security's level `restricted`.
   * @default they do not
   */
  podSecurity?: AddonPodSecurity;
}

/** A chart by its repository and its name. */
export interface AddonChart {
  /**
   * A repository of charts, or with `oci://` the folder of a registry. It has to be open: Argo CD is given no password.
   * @example "https://strimzi.io/charts"
   */
  repository: ChartRepository;
  /** @example "strimzi-kafka-operator" */
  name: ChartName;
}

/** An image of a chart, or the part of a registry that all of them are in, and the values of the chart that say it. */
export interface AddonImage {
  /** As the chart has it where no value says otherwise, without tag. */
  name: RegistryPart;
  /**
   * The value that names it: with its registry, or without where another value says that.
   * @example "image.repository"
   */
  repository: ValuePath;
  /**
   * The value that says its registry.
   * @default `repository` holds it
   * @example "image.registry"
   */
  registry?: ValuePath;
}

/** The connections of one kind of pods. */
export interface AddonNetwork {
  /**
   * Labels by which these pods are told, as the chart gives them; `{}` for all of the namespace.
   * @keys LabelKey
   */
  pods: { [label: string]: LabelValue };
  /**
   * Who opens connections to them.
   * @default []
   */
  accepts?: readonly AddonAccepts[];
  /**
   * What they open connections to.
   * @default []
   */
  reaches?: readonly AddonReaches[];
}

/** Who opens connections to pods, and to which of their ports. */
export interface AddonAccepts extends AddonPorts {
  /**
   * `anywhere` is each address, as that of the API server, which calls webhooks; `every-pod` those of the cluster; `mesh`
   * the pods of namespaces with sidecars; `prometheus` what takes metrics.
   */
  from: "anywhere" | "every-pod" | "mesh" | "prometheus" | AddonPeer;
}

/** What pods open connections to, and at which ports. */
export interface AddonReaches extends AddonPorts {
  /** As `from`; `api-server` is Kubernetes' own. Its port and that of `prometheus` need not be said. */
  to: "anywhere" | "every-pod" | "mesh" | "api-server" | "prometheus" | AddonPeer;
}

/** Ports as pods listen on them, whatever a Service calls them. */
export interface AddonPorts {
  /**
   * Of TCP.
   * @uniqueItems true
   * @default every port, where `udp` names none either
   */
  ports?: readonly PortNumber[];
  /**
   * Of UDP.
   * @uniqueItems true
   * @default none
   */
  udp?: readonly PortNumber[];
}

/** Pods of a namespace. */
export interface AddonPeer {
  namespace: DnsLabel;
  /**
   * Labels that they have.
   * @keys LabelKey
   * @default {}
   */
  pods?: { [label: string]: LabelValue };
}

/** Levels of https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export interface AddonPodSecurity {
  level: "baseline" | "privileged";
  /** What its pods do that needs it; it is written at the namespace. */
  reason: Line;
}

import type { CloudRef, Names, Ref } from "../names.ts";
import type { Tuned } from "../tunable.ts";
import type {
  AwsMachineType,
  AwsPrincipal,
  AzureId,
  AzureMachineType,
  GcpMachineType,
  KubernetesVersion,
  LabelKey,
  LabelValue,
  RunnerLabel,
} from "../texts.ts";
import type { Bytes, Cidr, MachineCount, MachineLimit } from "../units.ts";
import type { CloudKind } from "./clouds.ts";

/** A Kubernetes cluster in a declared region of its cloud; the cloud's kind says what it may have. */
export type Cluster<N extends Names = Names> = ClusterOf<N>[CloudKind];

/** A cluster in a cloud of each kind. */
export interface ClusterOf<N extends Names = Names> {
  gcp: GcpCluster<N>;
  aws: AwsCluster<N>;
  azure: AzureCluster<N>;
}

/** What every cluster has. */
export interface ClusterBase<N extends Names = Names> {
  environment: Ref<N, "environment">;
  /**
   * Kubernetes version, major and minor. Patches come through the cloud's own maintenance.
   * @default the newest that the cloud supports when the cluster is added; kept in ecosystem.lock.json
   */
  version?: KubernetesVersion;
  /**
   * Control plane and nodes spread over the region's zones.
   * @default true
   */
  highlyAvailable?: boolean;
  /** Who reaches the API server. Default: nobody from outside the network. */
  endpoint?: Endpoint;
  /**
   * The cluster is already there: it becomes a data source, and its pools describe what it has.
   * @default false
   */
  existing?: boolean;
}

/** A GKE cluster. */
export interface GcpCluster<N extends Names = Names> extends ClusterBase<N> {
  cloud: CloudRef<N, "gcp">;
  region: Ref<N, "region">;
  /** Groups of equal nodes by name. */
  nodePools: { [name: string]: GcpNodePool };
}

/** An EKS cluster. */
export interface AwsCluster<N extends Names = Names> extends ClusterBase<N> {
  cloud: CloudRef<N, "aws">;
  region: Ref<N, "region">;
  /** Groups of equal nodes by name. */
  nodePools: { [name: string]: AwsNodePool };
  /**
   * IAM principals that administer the cluster. Whoever applies Terraform gets nothing by itself.
   * @uniqueItems true
   * @default []
   * @example ["arn:aws:iam::111122223333:role/platform"]
   */
  admins?: readonly AwsPrincipal[];
}

/** An AKS cluster. */
export interface AzureCluster<N extends Names = Names> extends ClusterBase<N> {
  cloud: CloudRef<N, "azure">;
  region: Ref<N, "region">;
  /** Groups of equal nodes by name. */
  nodePools: { [name: string]: AzureNodePool };
  /**
   * Object ids of the Entra groups that administer the cluster: there are no local accounts.
   * @uniqueItems true
   * @default []
   * @example ["00000000-0000-0000-0000-000000000003"]
   */
  admins?: readonly AzureId[];
}

/** Who reaches a cluster's API server. */
export interface Endpoint {
  /**
   * Reachable from the internet, for `authorizedNetworks` alone.
   * @default false
   */
  public?: boolean;
  /**
   * Networks that may reach the API server.
   * @uniqueItems true
   * @default []
   * @example ["192.0.2.0/24"]
   */
  authorizedNetworks?: readonly Cidr[];
}

/** A group of equal nodes in Google Cloud. Counts are totals of the pool, not per zone. */
export interface GcpNodePool extends NodePool {
  /** @example "e2-medium" */
  machineType: GcpMachineType;
  /**
   * Boot disk of each node.
   * @atLeast 10Gi
   * @default "100Gi"
   */
  disk?: Bytes;
}

/** A group of equal nodes in AWS. Counts are totals of the pool, not per zone. */
export interface AwsNodePool extends NodePool {
  /** @example "m6i.xlarge" */
  machineType: AwsMachineType;
  /**
   * Boot disk of each node; the image of EKS fills 20Gi.
   * @atLeast 20Gi
   * @default "100Gi"
   */
  disk?: Bytes;
}

/** A group of equal nodes in Azure. Counts are totals of the pool, not per zone. */
export interface AzureNodePool extends NodePool {
  /** @example "Standard_D4s_v5" */
  machineType: AzureMachineType;
  /**
   * Boot disk of each node: https://learn.microsoft.com/rest/api/aks/agent-pools/create-or-update
   * @atLeast 30Gi
   * @atMost 2Ti
   * @default "100Gi"
   */
  disk?: Bytes;
}

/** What every group of nodes has. */
export interface NodePool {
  machineType: string;
  /**
   * Interruptible machines at a lower price.
   * @default false
   */
  spot?: boolean;
  /** Fewest nodes. */
  min: Tuned<MachineCount>;
  /** Most nodes. */
  max: Tuned<MachineLimit>;
  /**
   * Nodes at creation; the autoscaler owns the count from then on.
   * @default min
   */
  initial?: MachineCount;
  disk?: Bytes;
  /**
   * Node labels.
   * @keys LabelKey
   * @default {}
   */
  labels?: { [key: string]: LabelValue };
  /**
   * What keeps pods without a matching toleration away.
   * @uniqueBy key, effect
   * @default []
   */
  taints?: readonly Taint[];
}

/** A node taint. */
export interface Taint {
  key: LabelKey;
  value: LabelValue;
  effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

/** A machine or pod that runs CI jobs. */
export type Runner<N extends Names = Names> = VmRunner<N> | ArcRunner<N>;

/** What every runner pool has. */
export interface RunnerBase {
  /** Fewest runners. */
  min: MachineCount;
  /** Most runners. */
  max: MachineLimit;
  /**
   * Labels that jobs ask for in `runs-on`.
   * @minItems 1
   * @uniqueItems true
   * @default [the runner's name]
   */
  labels?: readonly RunnerLabel[];
}

/** Virtual machines in one region of a cloud. */
export type VmRunner<N extends Names = Names> = VmRunnerOf<N>[CloudKind];

/** Virtual machines in a cloud of each kind. */
export interface VmRunnerOf<N extends Names = Names> {
  gcp: GcpRunner<N>;
  aws: AwsRunner<N>;
  azure: AzureRunner<N>;
}

/** What runners on virtual machines have in every cloud. */
export interface VmRunnerBase<N extends Names = Names> extends RunnerBase {
  kind: "vm";
  /**
   * Interruptible machines at a lower price. A reclaimed one fails its job.
   * @default true
   */
  spot?: boolean;
  /** The secret with the registration token. */
  token: Ref<N, "secret">;
}

/** Virtual machines in Google Cloud. */
export interface GcpRunner<N extends Names = Names> extends VmRunnerBase<N> {
  cloud: CloudRef<N, "gcp">;
  region: Ref<N, "region">;
  /** @example "e2-standard-4" */
  machineType: GcpMachineType;
}

/** Virtual machines in AWS. */
export interface AwsRunner<N extends Names = Names> extends VmRunnerBase<N> {
  cloud: CloudRef<N, "aws">;
  region: Ref<N, "region">;
  /** @example "m6i.xlarge" */
  machineType: AwsMachineType;
}

/** Virtual machines in Azure. */
export interface AzureRunner<N extends Names = Names> extends VmRunnerBase<N> {
  cloud: CloudRef<N, "azure">;
  region: Ref<N, "region">;
  /** @example "Standard_D4s_v5" */
  machineType: AzureMachineType;
}

/** Runner pods of the Actions Runner Controller. */
export interface ArcRunner<N extends Names = Names> extends RunnerBase {
  kind: "arc";
  cluster: Ref<N, "cluster">;
  /** The secret with the GitHub App's credentials. */
  token: Ref<N, "secret">;
}

import type { Names, Ref } from "../names.ts";
import type { Tuned } from "../tunable.ts";
import type { Bytes, Cidr, Count } from "../units.ts";

/** A Kubernetes cluster in a declared region of its cloud. */
export type Cluster<N extends Names = Names> = GcpCluster<N> | AwsCluster<N> | AzureCluster<N>;

/** What every cluster has. */
export interface ClusterBase<N extends Names = Names> {
  environment: Ref<N, "environment">;
  /**
   * Kubernetes version, major and minor. Patches come through the cloud's own maintenance.
   * @pattern ^1\.[0-9]{2}$
   * @default "1.33"
   * @example "1.33"
   */
  version?: string;
  /**
   * Control plane and nodes spread over the region's zones.
   * @default true
   */
  highlyAvailable?: boolean;
  /** Who reaches the API server. Default: nobody from outside the network. */
  endpoint?: Endpoint;
  /** Groups of equal nodes by name. */
  nodePools: { [name: string]: NodePool };
  /**
   * The cluster is already there: it becomes a data source, and its pools describe what it has.
   * @default false
   */
  existing?: boolean;
}

/** A GKE cluster. */
export interface GcpCluster<N extends Names = Names> extends ClusterBase<N> {
  cloud: "gcp";
  region: Ref<N, "gcpRegion">;
}

/** An EKS cluster. */
export interface AwsCluster<N extends Names = Names> extends ClusterBase<N> {
  cloud: "aws";
  region: Ref<N, "awsRegion">;
  /**
   * IAM principals that administer the cluster. Whoever applies Terraform gets nothing by itself.
   * @default []
   * @example ["arn:aws:iam::111122223333:role/platform"]
   */
  admins?: readonly string[];
}

/** An AKS cluster. */
export interface AzureCluster<N extends Names = Names> extends ClusterBase<N> {
  cloud: "azure";
  region: Ref<N, "azureRegion">;
  /**
   * Object ids of the Entra groups that administer the cluster: there are no local accounts.
   * @default []
   * @example ["00000000-0000-0000-0000-000000000003"]
   */
  admins?: readonly string[];
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
   * @default []
   * @example ["192.0.2.0/24"]
   */
  authorizedNetworks?: readonly Cidr[];
}

/** A group of equal nodes. Counts are totals of the pool, not per zone. */
export interface NodePool {
  /** @example "e2-medium" */
  machineType: string;
  /**
   * Interruptible machines at a lower price.
   * @default false
   */
  spot?: boolean;
  /** Fewest nodes. */
  min: Tuned<Count>;
  /** Most nodes. */
  max: Tuned<Count>;
  /**
   * Nodes at creation; the autoscaler owns the count from then on.
   * @default min
   */
  initial?: Count;
  /**
   * Boot disk of each node.
   * @default "100Gi"
   */
  disk?: Bytes;
  /**
   * Node labels.
   * @default {}
   */
  labels?: { [key: string]: string };
  /**
   * What keeps pods without a matching toleration away.
   * @default []
   */
  taints?: readonly Taint[];
}

/** A node taint. */
export interface Taint {
  key: string;
  value: string;
  effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

/** A machine or pod that runs CI jobs. */
export type Runner<N extends Names = Names> = VmRunner<N> | ArcRunner<N>;

/** What every runner pool has. */
export interface RunnerBase {
  /** Fewest runners. */
  min: Count;
  /** Most runners. */
  max: Count;
  /**
   * Labels that jobs ask for in `runs-on`.
   * @minItems 1
   * @default [the runner's name]
   */
  labels?: readonly string[];
}

/** Virtual machines in one region of a cloud. */
export type VmRunner<N extends Names = Names> = GcpRunner<N> | AwsRunner<N> | AzureRunner<N>;

/** What runners on virtual machines have in every cloud. */
export interface VmRunnerBase<N extends Names = Names> extends RunnerBase {
  kind: "vm";
  /** @example "e2-standard-4" */
  machineType: string;
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
  cloud: "gcp";
  region: Ref<N, "gcpRegion">;
}

/** Virtual machines in AWS. */
export interface AwsRunner<N extends Names = Names> extends VmRunnerBase<N> {
  cloud: "aws";
  region: Ref<N, "awsRegion">;
}

/** Virtual machines in Azure. */
export interface AzureRunner<N extends Names = Names> extends VmRunnerBase<N> {
  cloud: "azure";
  region: Ref<N, "azureRegion">;
}

/** Runner pods of the Actions Runner Controller. */
export interface ArcRunner<N extends Names = Names> extends RunnerBase {
  kind: "arc";
  cluster: Ref<N, "cluster">;
  /** The secret with the GitHub App's credentials. */
  token: Ref<N, "secret">;
}

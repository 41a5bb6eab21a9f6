import type { Names, Ref } from "../names.ts";
import type {
  AwsAccount,
  AwsRegionName,
  AzureBillingScope,
  AzureId,
  AzureKeyVault,
  AzureRegionName,
  GcpBillingAccount,
  GcpName,
  GcpProject,
  GcpRegionName,
  NetworkName,
  ProviderVersion,
  ZoneName,
} from "../texts.ts";
import type { Cidr } from "../units.ts";

/** A cloud's private network. */
export interface Network extends NetworkBase {
  /** @example "ultimate-vpc" */
  name: NetworkName;
}

/** A private network of Google Cloud. */
export interface GcpNetwork extends NetworkBase {
  /** @example "ultimate-vpc" */
  name: GcpName;
}

/** What every network has. */
export interface NetworkBase {
  name: string;
  /**
   * The range that all subnets lie in.
   * @example "10.0.0.0/16"
   */
  cidr: Cidr;
  /**
   * The network is already there: it becomes a data source, and nothing in it is created or changed.
   * @default false
   */
  existing?: boolean;
}

/** A region of a cloud and the subnet in it. */
export interface Region extends RegionBase {
  subnet: Subnet;
}

/** A region of Google Cloud and the subnet in it. */
export interface GcpRegion extends RegionBase {
  subnet: GcpSubnet;
}

/** What every region has. */
export interface RegionBase {
  subnet: SubnetBase;
  /**
   * Zones to use. At least three for a highly available cluster.
   * @default AWS and Azure: the first three that the region is known to have; GCP: three zones that the region chooses; kept in ecosystem.lock.json
   * @example ["eu-west-3a", "eu-west-3b", "eu-west-3c"]
   */
  zones?: readonly ZoneName[];
}

/** The range of a region. On AWS it is the region's own VPC, divided over the zones. */
export interface Subnet extends SubnetBase {
  /**
   * @default <network>-<region>, shortened where that is too long
   * @example "subnet-region1"
   */
  name?: NetworkName;
}

/** What the range of every region has. */
export interface SubnetBase {
  name?: string;
  /**
   * The range of the nodes, inside the network's range.
   * @example "10.0.1.0/24"
   */
  cidr: Cidr;
  /**
   * Range of pod addresses; may lie outside the network's range, since it is routed inside the cloud alone.
   * @default a free /17 (GCP) or /16 (Azure overlay) of 100.64.0.0/10, kept in ecosystem.lock.json; AWS pods take node addresses
   * @example "100.64.0.0/17"
   */
  pods?: Cidr;
  /**
   * Range of Service addresses.
   * @default a free /20 of 172.20.0.0/14, kept in ecosystem.lock.json
   * @example "172.20.0.0/20"
   */
  services?: Cidr;
}

/** The range of a region in Google Cloud. */
export interface GcpSubnet extends SubnetBase {
  /**
   * @default <network>-<region>, shortened where that is too long
   * @example "subnet-region1"
   */
  name?: GcpName;
  /**
   * Names of the secondary ranges for pods and Services in a network that is already there; those that the compiler
   * makes are its own.
   */
  secondaryRanges?: SecondaryRanges;
}

/** How an existing subnet calls its secondary ranges. */
export interface SecondaryRanges {
  /**
   * The range of the pods.
   * @default "pods"
   * @example "gke-pods"
   */
  pods?: GcpName;
  /**
   * The range of the Services.
   * @default "services"
   * @example "gke-services"
   */
  services?: GcpName;
}

/** What every cloud has. */
export interface CloudBase<N extends Names = Names> {
  network: NetworkBase;
  budgetAccount?: string;
  stateStore?: { region?: string };
  /** The roots that clusters share: networks and what belongs to the cloud as a whole. */
  foundation?: Foundation<N>;
  /**
   * Versions of the cloud's Terraform provider that the roots take.
   * @default what the modules are tested with; kept in ecosystem.lock.json
   * @example "~> 6.50"
   */
  provider?: ProviderVersion;
  /**
   * Whether this cloud's secret manager is used.
   * @default true when a secret names this cloud as its store, or none
   */
  secretManager?: boolean;
}

/** Where Terraform keeps the states of Google Cloud. */
export interface GcpStateStore {
  /**
   * Region of the bucket. It cannot move.
   * @default the first of the cloud's regions by name; kept in ecosystem.lock.json
   * @example "europe-west1"
   */
  region?: GcpRegionName;
}

/** Where Terraform keeps the states of AWS. */
export interface AwsStateStore {
  /**
   * Region of the bucket. It cannot move.
   * @default the first of the cloud's regions by name; kept in ecosystem.lock.json
   * @example "eu-west-3"
   */
  region?: AwsRegionName;
}

/** Where Terraform keeps the states of Azure. */
export interface AzureStateStore {
  /**
   * Region of the storage account. It cannot move.
   * @default the first of the cloud's regions by name; kept in ecosystem.lock.json
   * @example "westeurope"
   */
  region?: AzureRegionName;
}

/** How the roots that clusters share are applied. */
export interface Foundation<N extends Names = Names> {
  /**
   * The environment whose manner of applying they have: a person approves them where it is gated.
   * @default the last environment with a cluster in this cloud; kept in ecosystem.lock.json
   */
  environment?: Ref<N, "environment">;
}

/** Whose cloud an entry is an account of. */
export type CloudKind = "gcp" | "aws" | "azure";

/** A project of Google Cloud. */
export interface Gcp<R extends string = string, N extends Names = Names> extends CloudBase<N> {
  /** Left out where the entry is called by it. */
  kind?: "gcp";
  /** Project id. */
  project: GcpProject;
  network: GcpNetwork;
  /** The billing account that the budgets are set on. */
  budgetAccount?: GcpBillingAccount;
  /** Where Terraform keeps its states. */
  stateStore?: GcpStateStore;
  /**
   * Regions by name, each with its subnet.
   * @keys GcpRegionName
   */
  regions: { [K in R]: GcpRegion };
}

/** An account of Amazon Web Services. */
export interface Aws<R extends string = string, N extends Names = Names> extends CloudBase<N> {
  /** Left out where the entry is called by it. */
  kind?: "aws";
  /** The twelve digits of the account. */
  account: AwsAccount;
  network: Network;
  /** The payer account that the budgets are set on. */
  budgetAccount?: AwsAccount;
  /** Where Terraform keeps its states. */
  stateStore?: AwsStateStore;
  /**
   * Regions by name, each with its subnet.
   * @keys AwsRegionName
   */
  regions: { [K in R]: Region };
}

/** A subscription of Microsoft Azure. */
export interface Azure<R extends string = string, N extends Names = Names> extends CloudBase<N> {
  /** Left out where the entry is called by it. */
  kind?: "azure";
  /**
   * Subscription id.
   * @example "00000000-0000-0000-0000-000000000000"
   */
  subscription: AzureId;
  /**
   * Entra tenant id.
   * @example "00000000-0000-0000-0000-000000000000"
   */
  tenant: AzureId;
  network: Network;
  /**
   * Resource id of the key vault that holds the secrets; needed by runners.
   */
  keyVault?: AzureKeyVault;
  /** The billing scope that the budgets are set on. */
  budgetAccount?: AzureBillingScope;
  /** Where Terraform keeps its states. */
  stateStore?: AzureStateStore;
  /**
   * Regions by name, each with its subnet.
   * @keys AzureRegionName
   */
  regions: { [K in R]: Region };
}

/** An account of a cloud, of which kind it may be. */
export interface CloudOf<R extends string = string, N extends Names = Names> {
  gcp: Gcp<R, N>;
  aws: Aws<R, N>;
  azure: Azure<R, N>;
}

/** An account of any cloud. */
export type Cloud<R extends string = string, N extends Names = Names> = CloudOf<R, N>[CloudKind];

/**
 * Accounts by name, each with its own network, states and identities. An entry that is called `gcp`, `aws` or `azure`
 * is of this kind; any other says its `kind`.
 */
export interface Clouds<N extends Names = Names> {
  gcp?: Gcp<string, N>;
  aws?: Aws<string, N>;
  azure?: Azure<string, N>;
  [name: string]: Cloud<string, N> | undefined;
}

import type {
  AwsAccount,
  AzureBillingScope,
  AzureId,
  AzureKeyVault,
  GcpBillingAccount,
  GcpName,
  GcpProject,
  NetworkName,
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
   * @default AWS and Azure: the first three that the region is known to have; GCP: three zones that the region chooses
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
   * @default a free /17 (GCP) or /16 (Azure overlay) of 100.64.0.0/10, chosen by the region's name; AWS pods take node addresses
   * @example "100.64.0.0/17"
   */
  pods?: Cidr;
  /**
   * Range of Service addresses.
   * @default a free /20 of 172.20.0.0/14, chosen by the region's name
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
export interface CloudBase {
  network: NetworkBase;
  budgetAccount?: string;
  /**
   * Whether this cloud's secret manager is used.
   * @default true when a secret names this cloud as its store
   */
  secretManager?: boolean;
}

/** Regions by name. */
export type Regions = { [region: string]: Region };

export type GcpRegions = { [region: string]: GcpRegion };

/** Google Cloud. */
export interface Gcp<R = GcpRegions> extends CloudBase {
  /** Project id. */
  project: GcpProject;
  network: GcpNetwork;
  /** The billing account that the budgets are set on. */
  budgetAccount?: GcpBillingAccount;
  /**
   * Regions by name, each with its subnet.
   * @keys GcpRegionName
   */
  regions: R;
}

/** Amazon Web Services. */
export interface Aws<R = Regions> extends CloudBase {
  /** The twelve digits of the account. */
  account: AwsAccount;
  network: Network;
  /** The payer account that the budgets are set on. */
  budgetAccount?: AwsAccount;
  /**
   * Regions by name, each with its subnet.
   * @keys AwsRegionName
   */
  regions: R;
}

/** Microsoft Azure. */
export interface Azure<R = Regions> extends CloudBase {
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
  /**
   * Regions by name, each with its subnet.
   * @keys AzureRegionName
   */
  regions: R;
}

/** The clouds in use. */
export interface Clouds<G = GcpRegions, A = Regions, Z = Regions> {
  gcp?: Gcp<G>;
  aws?: Aws<A>;
  azure?: Azure<Z>;
}

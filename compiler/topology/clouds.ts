import type { CloudKind } from "../config/model/clouds.ts";
import type { Cidr } from "../config/units.ts";
import type { Resolved } from "./resolved.ts";

/** One account of a cloud. */
export interface Cloud extends Resolved {
  /** Of the entry of the config: what all that belongs to this account is called by. */
  name: string;
  /** Whose cloud it is: which modules, prices and zones there are. */
  kind: CloudKind;
  /** Project (gcp), account (aws) or subscription (azure). */
  account: string;
  /** Entra tenant; azure alone. */
  tenant?: string;
  /** Resource id of the key vault; azure alone. */
  keyVault?: string;
  network: Resolved & { name: string; cidr: Cidr; existing: boolean };
  regions: readonly Region[];
  budgetAccount?: string;
  secretManager: boolean;
  /** Versions of the Terraform provider that its roots take. */
  provider: string;
  /** Where Terraform keeps the cloud's states. */
  stateStore: StateStore;
}

export interface StateStore {
  /** Bucket (gcp, aws) or storage account (azure). */
  bucket: string;
  region: string;
  /** Azure alone. */
  resourceGroup?: string;
  /** Azure alone. */
  container?: string;
}

export interface Region extends Resolved {
  name: string;
  /** Name of the cloud that it is declared in. */
  cloud: string;
  cloudKind: CloudKind;
  /** Empty where the region has none, where GCP chooses, or where nobody knows them. */
  zones: readonly string[];
  /** Who named them: the config, the table of known zones, the cloud itself while it makes a cluster, or nobody. */
  zonesFrom: "config" | "table" | "cloud" | "nowhere";
  subnet: Resolved & {
    name: string;
    cidr: Cidr;
    /** Absent where pods take node addresses (aws). */
    pods?: Cidr;
    services: Cidr;
    /** What the subnet calls these ranges; gcp alone. */
    secondaryRanges?: { pods: string; services: string };
    /** How the range is shared out: in how many equal parts, and which one each zone has; aws alone. */
    parts?: { count: number; of: { readonly [zone: string]: number } };
    /** What the config wrote itself; the rest was composed or chosen. */
    written: { name: boolean; pods: boolean; services: boolean };
  };
}

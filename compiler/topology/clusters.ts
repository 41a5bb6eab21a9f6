import type { CloudKind } from "../config/model/clouds.ts";
import type { Bytes, Cidr } from "../config/units.ts";
import type { Region } from "./clouds.ts";
import type { Environment } from "./environments.ts";
import type { Registries } from "./registries.ts";
import type { Resolved } from "./resolved.ts";

export interface Cluster extends Resolved {
  name: string;
  /** Name of its cloud. */
  cloud: string;
  cloudKind: CloudKind;
  /** Project, account or subscription. */
  account: string;
  region: Region;
  environment: Environment;
  version: string;
  highlyAvailable: boolean;
  endpoint: Resolved & { public: boolean; authorizedNetworks: readonly Cidr[] };
  nodePools: readonly NodePool[];
  /** Who administers it, in the cloud's own words. */
  admins: readonly string[];
  existing: boolean;
  /** Where it pulls images from. */
  registries: Registries;
  management: boolean;
  /** Folder of everything that this cluster's Argo CD applies, relative to the project. */
  path: string;
}

export interface NodePool extends Resolved {
  name: string;
  machineType: string;
  spot: boolean;
  /** Totals of the pool. */
  min: number;
  max: number;
  initial: number;
  disk: Bytes;
  /** The type of disk that the family boots from, where it takes no other than that. */
  bootDisk?: string;
  /** The node image that drives the family's accelerators, where the usual one does not. */
  image?: string;
  labels: { readonly [key: string]: string };
  taints: readonly { key: string; value: string; effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute" }[];
}

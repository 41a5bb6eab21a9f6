import type { CloudKind } from "../config/model/clouds.ts";
import type { Region } from "./clouds.ts";
import type { Resolved } from "./resolved.ts";
import type { Secret } from "./secrets.ts";

export type Runner = VmRunner | ArcRunner;

export interface VmRunner extends Resolved {
  kind: "vm";
  name: string;
  /** Name of its cloud. */
  cloud: string;
  cloudKind: CloudKind;
  account: string;
  region: Region;
  machineType: string;
  /** The type of disk that the family boots from, where it takes no other than that. */
  bootDisk?: string;
  spot: boolean;
  min: number;
  max: number;
  labels: readonly string[];
  token: Secret;
}

export interface ArcRunner extends Resolved {
  kind: "arc";
  name: string;
  cluster: string;
  min: number;
  max: number;
  labels: readonly string[];
  token: Secret;
}

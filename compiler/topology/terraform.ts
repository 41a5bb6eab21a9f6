import type { CloudKind } from "../config/model/clouds.ts";
import type { Environment } from "./environments.ts";
import type { Resolved } from "./resolved.ts";

/** One Terraform state. */
export interface TerraformRoot extends Resolved {
  /** `<cloud>/<root>`. */
  name: string;
  kind: "state-store" | "foundation" | "cluster" | "runners";
  /** Name of the cloud in whose account it is applied. */
  cloud: string;
  cloudKind: CloudKind;
  /** Folder, relative to the project. */
  path: string;
  /** Key (aws, azure) or prefix (gcp) in the state store. */
  stateKey: string;
  /** The environment whose manner of applying it has. */
  environment: Environment;
  /** `manual` is applied once by a person: the state store itself. */
  apply: "continuous" | "gated" | "manual";
  /** Names of roots whose outputs it reads. */
  dependsOn: readonly string[];
  /** The cluster it makes. */
  cluster?: string;
  /** The runner pools it makes. */
  runners?: readonly string[];
}

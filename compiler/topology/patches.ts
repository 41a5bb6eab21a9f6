import type { JsonPatchOperation } from "../config/model/patches.ts";
import type { Resolved } from "./resolved.ts";

export interface Patch extends Resolved {
  target: string;
  kind: string;
  name: string;
  cluster?: string;
  merge?: { readonly [field: string]: unknown };
  json?: readonly JsonPatchOperation[];
}

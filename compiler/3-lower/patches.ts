import { canonical } from "./resolve.ts";
import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Patch } from "../topology/patches.ts";

export const lowerPatches = ({ patches }: Ecosystem): Patch[] =>
  (patches ?? []).map((patch, index) => ({ ...canonical(patch), source: `patches[${index}]` }));

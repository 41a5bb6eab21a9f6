import { canonical } from "./resolve.ts";
import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Continuity } from "../topology/continuity.ts";

export const lowerContinuity = ({ continuity }: Ecosystem): Continuity | undefined =>
  continuity && { source: "continuity", ...canonical(continuity) };

import type { Resolved } from "./resolved.ts";

export interface Team extends Resolved {
  name: string;
  contact: string;
  namespace: string;
}

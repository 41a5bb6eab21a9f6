import type { Resolved } from "./resolved.ts";

export interface Delivery extends Resolved {
  registries: readonly string[];
  stages: readonly ("test" | "build" | "scan" | "promote")[];
  promotion: "pull-request" | "automatic";
}

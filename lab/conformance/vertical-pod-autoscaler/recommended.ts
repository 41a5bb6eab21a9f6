/** The variant of the reference in which requests are recommended for a service with a canary, and for a stateful one. */
import type { Data } from "../../cluster/client.ts";

export const CLUSTER = "cluster-paris";
export const PROGRESSIVE = "storefront";
export const STATEFUL = "context-store";

export default function withRecommendations({ services }: Data): void {
  for (const name of [PROGRESSIVE, STATEFUL])
    services[name].resources = { ...services[name].resources, recommend: true };
}

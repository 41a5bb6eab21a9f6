/** The variant of the reference in which requests are recommended for a service with a canary. */
import type { Data } from "../../cluster/client.ts";

export const CLUSTER = "cluster-paris";
export const PROGRESSIVE = "storefront";

export default function withRecommendations({ services }: Data): void {
  services[PROGRESSIVE].resources = { ...services[PROGRESSIVE].resources, recommend: true };
}

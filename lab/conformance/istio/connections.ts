/**
 * The variant of the reference in which two services of two teams connect to a third in different ways, and one of them to
 * a canary as well.
 */
import type { Data } from "../../cluster/client.ts";

export const CLUSTER = "cluster-paris";
export const CALLED = "checkout";
/** Of the team of the called one. */
export const NEAR = "storefront";
/** Of another team. */
export const FAR = "claude-service";
export const CANARY = "recommendations";

export default function withConnections({ services }: Data): void {
  services[NEAR].dependsOn = [
    {
      service: CALLED,
      port: 80,
      critical: false,
      connectTimeout: "300ms",
      outliers: { errors: 3, ejectionTime: "2m", maxEjected: "50%" },
    },
    { service: CANARY, port: 80, critical: false, outliers: { on: "gateway-error", minHealthy: "20%" } },
  ];
  services[FAR].dependsOn = [
    ...(services[FAR].dependsOn ?? []),
    { service: CALLED, port: 80, critical: false, connectTimeout: "700ms" },
  ];
}

import type { Port, Probe } from "eco-compile";

/** Repository of the demo's own images, as in release/kubernetes-manifests.yaml of v0.10.6. */
export const image = <const Name extends string>(name: Name) =>
  `us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo/${name}` as const;

/** A server that speaks gRPC alone and answers the standard health protocol on the same port. */
export function grpcServer(
  targetPort: number,
  { port = targetPort, ...timing }: { port?: number } & Pick<Probe, "delay" | "every"> = {},
) {
  const grpc: Port = { port, targetPort, protocol: "grpc" };
  const probe: Probe = { kind: "grpc", port: "grpc", ...timing };
  // Restarting is the last resort: a pod leaves the load balancer long before.
  return { ports: { grpc }, probes: { readiness: probe, liveness: { ...probe, failures: 6 } } };
}

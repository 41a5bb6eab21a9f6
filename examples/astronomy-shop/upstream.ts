import type { Dependency, Port, Probe, Scratch } from "eco-compile";
import { host, port, url } from "./eco.ts";

// What the services of the demo have in common, as of its release 3.0.0.

/** The one repository of all images of the demo; their tags end in the service's name. */
export const image = "ghcr.io/open-telemetry/demo";

/** How much the shop loses without a service, as the demo says itself. */
export type Criticality = "critical" | "high" | "medium" | "low";

/** What a service has to know to report about itself. The SDKs take either port of the collector, each its own. */
export const reports = (name: string, criticality: Criticality, port: "otlp-http" | "grpc-otlp") => ({
  OTEL_SERVICE_NAME: name,
  OTEL_EXPORTER_OTLP_ENDPOINT: url("otel-collector", port),
  OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: "cumulative",
  OTEL_RESOURCE_ATTRIBUTES: `service.namespace=astronomy-shop,service.version=3.0.0,service.criticality=${criticality}`,
});

/** Nobody waits for the collector: what it does not take is lost, and the shop goes on. */
export const REPORTS = {
  "otlp-http": { service: "otel-collector", port: 4318, critical: false },
  "grpc-otlp": { service: "otel-collector", port: 4317, critical: false },
} as const satisfies Record<string, Dependency>;

/** Who asks for flags goes by its defaults where nobody answers. No timeout: it listens to changes for as long as it runs. */
export const FLAGS = { service: "flagd", port: 8013, critical: false } as const satisfies Dependency;
export const flags = { FLAGD_HOST: host("flagd", "grpc"), FLAGD_PORT: port("flagd", "grpc") };

/** A server that speaks gRPC alone and answers the standard health protocol on the same port. */
export function grpcServer(port: number, timing: Pick<Probe, "delay" | "every"> = {}) {
  const grpc: Port = { port, protocol: "grpc" };
  const probe: Probe = { kind: "grpc", port: "grpc", ...timing };
  // Restarting is the last resort: a pod leaves the load balancer long before.
  return { ports: { grpc }, probes: { readiness: probe, liveness: { ...probe, failures: 6 } } };
}

/** A server of HTTP without a path for its health: upstream opens a connection as well. */
export function httpServer(port: number, timing: Pick<Probe, "delay" | "every"> = {}) {
  const http: Port = { port };
  const probe: Probe = { kind: "tcp", port: "http", ...timing };
  return { ports: { http }, probes: { readiness: probe, liveness: { ...probe, failures: 6 } } };
}

/** Java, .NET, Node and Python put something there. */
export const scratch: Scratch[] = [{ path: "/tmp" }];

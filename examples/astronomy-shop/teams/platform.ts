import { address, defineService, file, url } from "../eco.ts";
import { FLAGS, REPORTS, flags, image, reports, scratch } from "../upstream.ts";

// What all of the shop uses, and what tries it out.

export const flagd = defineService({
  team: "platform",
  image: "ghcr.io/open-feature/flagd",
  placement: "all",
  args: [
    "start",
    "--port",
    "8013",
    "--ofrep-port",
    "8016",
    "--management-port",
    "8014",
    "--uri",
    "file:/etc/flagd/demo.flagd.json",
  ],
  ports: {
    grpc: { port: 8013, protocol: "grpc" },
    "http-ofrep": { port: 8016 },
    "http-health": { port: 8014 },
  },
  probes: {
    readiness: { kind: "http", port: "http-health", path: "/readyz" },
    liveness: { kind: "http", port: "http-health", path: "/healthz", failures: 6 },
  },
  runAsUser: 65532,
  resources: { cpu: "100m", memory: "96Mi" },
  config: {
    env: { GOMEMLIMIT: "80MiB", OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf", ...reports("flagd", "low", "otlp-http") },
    files: { "demo.flagd.json": file("../conf/flags.json") },
  },
  telemetry: { metrics: { port: "http-health" } },
  dependsOn: [REPORTS["otlp-http"]],
  in: {
    // In staging, flags are switched by hand, in a copy that ends with the pod.
    staging: {
      args: [
        "start",
        "--port",
        "8013",
        "--ofrep-port",
        "8016",
        "--management-port",
        "8014",
        "--uri",
        "file:/app/data/demo.flagd.json",
      ],
      scaling: { min: 1, max: 1 },
      ports: { "http-ui": { port: 4000 } },
      init: [
        {
          name: "copy-flags",
          image,
          command: ["cp", "/etc/flagd/demo.flagd.json", "/app/data/demo.flagd.json"],
          inherits: true,
        },
      ],
      sidecars: [
        {
          name: "ui",
          image,
          // Sidecars run before the copy is there.
          command: ["sh", "-c", "until [ -s /app/data/demo.flagd.json ]; do sleep 1; done; exec /app/bin/server"],
          env: { FLAGD_UI_PORT: "4000", PHX_HOST: "localhost", RELEASE_TMP: "/tmp" },
          inherits: true,
          resources: { cpu: "100m", memory: "250Mi" },
        },
      ],
      secrets: [{ secret: "flagd-ui-session", env: true, keys: { secret: "SECRET_KEY_BASE" } }],
      writable: [{ path: "/app/data", size: "1Mi" }, ...scratch],
    },
  },
});

const otelCollector = defineService({
  team: "platform",
  image: "ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib",
  placement: "all",
  args: ["--config", "/etc/otel-collector/collector.yaml"],
  ports: {
    "grpc-otlp": { port: 4317, protocol: "grpc" },
    "otlp-http": { port: 4318 },
    "http-health": { port: 13133 },
    "http-metrics": { port: 8889 },
  },
  probes: {
    readiness: { kind: "http", port: "http-health" },
    liveness: { kind: "http", port: "http-health", failures: 6 },
  },
  priority: "low",
  resources: { cpu: "200m", cpuLimit: "1", memory: "400Mi" },
  scaling: { min: 2, max: 4 },
  config: {
    env: {
      KAFKA_ADDR: address("kafka"),
      BACKEND_URL: "https://otlp.telemetry.example",
      GOMEMLIMIT: "320MiB",
    },
    files: { "collector.yaml": file("../conf/collector.yaml") },
  },
  secrets: [{ secret: "telemetry-token", env: true, keys: { token: "BACKEND_TOKEN" } }],
  telemetry: { metrics: { port: "http-metrics" } },
  // It alone calls the backend, which is the same everywhere.
  egress: [{ host: "otlp.telemetry.example" }],
  dependsOn: [{ service: "kafka", port: 9092, critical: false }],
});

// Customers that never sleep. In staging alone: production has its own.
const loadGenerator = defineService({
  team: "platform",
  image,
  placement: { environments: ["staging"] },
  runAsUser: 12345,
  priority: "low",
  resources: { cpu: "300m", cpuLimit: "1", memory: "512Mi" },
  scaling: { min: 1, max: 1 },
  config: {
    env: {
      LOAD_GENERATOR_VUS: "5",
      K6_TARGET_URL: url("frontend-proxy"),
      K6_BROWSER_ENABLED: "false",
      FLAGD_OFREP_PORT: "8016",
      K6_OTEL_EXPORTER_PROTOCOL: "http/protobuf",
      K6_OTEL_HTTP_EXPORTER_ENDPOINT: address("otel-collector", "otlp-http"),
      K6_OTEL_HTTP_EXPORTER_INSECURE: "true",
      K6_OTEL_METRIC_PREFIX: "k6.",
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
      ...flags,
      ...reports("load-generator", "low", "otlp-http"),
    },
  },
  writable: scratch,
  dependsOn: [FLAGS, { service: "flagd", port: 8016, critical: false }, REPORTS["otlp-http"]],
});

export { loadGenerator as "load-generator", otelCollector as "otel-collector" };

import { address, defineService, text, url } from "../eco.ts";
import { FLAGS, REPORTS, flags, grpcServer, httpServer, image, reports, scratch } from "../upstream.ts";

// From the cart to the books.

export const cart = defineService({
  team: "ordering",
  image,
  placement: "all",
  ...grpcServer(7070),
  resources: { cpu: "100m", memory: "160Mi" },
  scaling: { min: 2, max: 6 },
  config: {
    env: {
      CART_PORT: "7070",
      ASPNETCORE_URLS: "http://*:7070",
      VALKEY_ADDR: address("valkey-cart"),
      ...flags,
      ...reports("cart", "high", "grpc-otlp"),
    },
  },
  writable: scratch,
  // Its own promise rests on the store's single pod.
  dependsOn: [{ service: "valkey-cart", port: 6379, critical: false }, FLAGS, REPORTS["grpc-otlp"]],
  slos: ["dependable"],
  chaos: ["no-flags"],
});

const valkeyCart = defineService({
  team: "ordering",
  kind: "stateful",
  image: "ghcr.io/valkey-io/valkey",
  placement: "all",
  ports: { "tcp-valkey": { port: 6379, protocol: "tcp" } },
  probes: {
    readiness: { kind: "exec", command: ["valkey-cli", "ping"], every: "5s" },
    liveness: { kind: "tcp", port: "tcp-valkey", every: "5s" },
  },
  pool: "data",
  priority: "high",
  resources: { cpu: "100m", memory: "128Mi" },
  scaling: { min: 1, max: 1 },
  // Upstream keeps carts in memory alone; here they outlive a pod.
  storage: [{ name: "carts", path: "/data", size: "1Gi" }],
});

export const checkout = defineService({
  team: "ordering",
  image,
  placement: "all",
  ...grpcServer(5050),
  runAsUser: 65532,
  priority: "high",
  resources: { cpu: "100m", memory: "64Mi" },
  scaling: { min: 2, max: 6 },
  config: {
    env: {
      CHECKOUT_PORT: "5050",
      CART_ADDR: address("cart"),
      CURRENCY_ADDR: address("currency"),
      EMAIL_ADDR: url("email"),
      PAYMENT_ADDR: address("payment"),
      PRODUCT_CATALOG_ADDR: address("product-catalog"),
      SHIPPING_ADDR: url("shipping"),
      KAFKA_ADDR: address("kafka"),
      KAFKA_TOPIC: "orders",
      GOMEMLIMIT: "48MiB",
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
      ...flags,
      ...reports("checkout", "critical", "otlp-http"),
    },
  },
  dependsOn: [
    { service: "cart", port: 7070, timeout: "2s" },
    { service: "product-catalog", port: 3550, timeout: "1s", retries: { attempts: 2, perTry: "300ms" } },
    { service: "currency", port: 7001, timeout: "1s", retries: { attempts: 2, perTry: "300ms" } },
    { service: "shipping", port: 50050, timeout: "3s", retries: { attempts: 1, perTry: "1500ms" } },
    // A card must not be charged twice.
    { service: "payment", port: 50051, timeout: "5s", retries: { attempts: 0 } },
    // An order stands without its confirmation, and before it is in the books.
    { service: "email", port: 6060, critical: false, timeout: "1s" },
    { service: "kafka", port: 9092, critical: false },
    FLAGS,
    REPORTS["otlp-http"],
  ],
  slos: ["orders-placed"],
  traffic: "5/s",
  in: { staging: { traffic: "0.3/s" } },
  rollout: "orders",
  chaos: ["no-broker"],
});

export const payment = defineService({
  team: "ordering",
  image,
  placement: "all",
  ...grpcServer(50051),
  runAsUser: 65532,
  priority: "high",
  resources: { cpu: "100m", memory: "140Mi" },
  config: {
    env: {
      PAYMENT_PORT: "50051",
      IPV6_ENABLED: "false",
      NODE_OPTIONS: "--require @opentelemetry/auto-instrumentations-node/register",
      OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
      ...flags,
      ...reports("payment", "critical", "grpc-otlp"),
    },
  },
  writable: scratch,
  dependsOn: [FLAGS, REPORTS["grpc-otlp"]],
  slos: ["dependable"],
});

export const shipping = defineService({
  team: "ordering",
  image,
  placement: "all",
  ...httpServer(50050),
  runAsUser: 65532,
  resources: { cpu: "100m", memory: "64Mi" },
  config: {
    env: {
      SHIPPING_PORT: "50050",
      IPV6_ENABLED: "false",
      QUOTE_ADDR: url("quote"),
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
      ...flags,
      ...reports("shipping", "high", "otlp-http"),
    },
  },
  dependsOn: [{ service: "quote", port: 8090, timeout: "1s" }, FLAGS, REPORTS["otlp-http"]],
  slos: ["shop-open"],
});

export const quote = defineService({
  team: "ordering",
  image,
  placement: "all",
  ...httpServer(8090),
  resources: { cpu: "100m", memory: "64Mi" },
  config: {
    env: {
      QUOTE_PORT: "8090",
      IPV6_ENABLED: "false",
      OTEL_PHP_AUTOLOAD_ENABLED: "true",
      OTEL_PHP_INTERNAL_METRICS_ENABLED: "true",
      ...reports("quote", "low", "otlp-http"),
    },
  },
  writable: scratch,
  dependsOn: [REPORTS["otlp-http"]],
  slos: ["dependable"],
});

export const email = defineService({
  team: "ordering",
  image,
  placement: "all",
  ...httpServer(6060),
  resources: { cpu: "100m", memory: "100Mi" },
  config: {
    env: { APP_ENV: "production", EMAIL_PORT: "6060", ...flags, ...reports("email", "medium", "otlp-http") },
  },
  writable: scratch,
  dependsOn: [FLAGS, REPORTS["otlp-http"]],
});

export const kafka = defineService({
  team: "ordering",
  kind: "stateful",
  image,
  placement: "all",
  ports: { "tcp-kafka": { port: 9092, protocol: "tcp" } },
  probes: {
    // A JVM that formats its disk first.
    startup: { kind: "tcp", port: "tcp-kafka", every: "5s", failures: 36 },
    readiness: { kind: "tcp", port: "tcp-kafka" },
    liveness: { kind: "tcp", port: "tcp-kafka", failures: 6 },
  },
  pool: "data",
  resources: { cpu: "250m", cpuLimit: "1", memory: "1Gi" },
  // Broker and controller are one process in the demo's image, and it is alone.
  scaling: { min: 1, max: 1 },
  config: {
    env: {
      KAFKA_ADVERTISED_LISTENERS: text`PLAINTEXT://${address("kafka")}`,
      KAFKA_LISTENERS: "PLAINTEXT://:9092,CONTROLLER://localhost:9093",
      KAFKA_CONTROLLER_QUORUM_VOTERS: "1@localhost:9093",
      // More than one consumer of a group needs more than one partition.
      KAFKA_NUM_PARTITIONS: "6",
      // A folder below the volume: at its top, file systems keep a lost+found that Kafka takes for a topic.
      KAFKA_LOG_DIRS: "/var/lib/kafka/data/log",
      KAFKA_HEAP_OPTS: "-Xmx400m -Xms400m",
      // Without the agent that the image has in /tmp: a broker is outside of the mesh, where the collector hears nobody. The
      // collector asks the broker instead.
      KAFKA_OPTS: "-Djava.awt.headless=true",
    },
  },
  writable: [{ path: "/opt/kafka/config" }, { path: "/opt/kafka/logs" }, ...scratch],
  storage: [{ name: "log", path: "/var/lib/kafka/data", size: "20Gi" }],
  gracePeriod: "2m",
  alerts: {
    NoBroker: {
      when: "absent(kafka_brokers > 0)",
      severity: "critical",
      summary: "No broker takes orders for the books.",
      runbook: "https://runbooks.astronomy.example/no-broker",
    },
  },
});

export const accounting = defineService({
  team: "ordering",
  image,
  placement: "all",
  priority: "low",
  resources: { cpu: "100m", memory: "192Mi" },
  scaling: {
    min: 1,
    max: 6,
    triggers: {
      orders: {
        kind: "kafka",
        brokers: [address("kafka")],
        group: "accounting",
        topic: "orders",
        tls: false,
        perPod: 100,
      },
    },
  },
  config: {
    env: {
      KAFKA_ADDR: address("kafka"),
      KAFKA_TOPIC: "orders",
      OTEL_DOTNET_AUTO_TRACES_ENTITYFRAMEWORKCORE_INSTRUMENTATION_ENABLED: "false",
      ...reports("accounting", "low", "otlp-http"),
    },
  },
  secrets: [{ secret: "accounting-database", env: true, keys: { connection: "DB_CONNECTION_STRING" } }],
  writable: scratch,
  dependsOn: [{ external: "postgres" }, REPORTS["otlp-http"]],
  alerts: {
    OrdersNotInTheBooks: {
      when: 'sum(max by (partition) (kafka_consumer_group_lag{group="accounting", topic="orders"})) > 1000',
      for: "15m",
      severity: "warning",
      summary: "Orders wait longer to be accounted for than the day's closing allows.",
      runbook: "https://runbooks.astronomy.example/orders-not-in-the-books",
    },
  },
});

const fraudDetection = defineService({
  team: "ordering",
  image,
  placement: "all",
  runAsUser: 65532,
  priority: "low",
  resources: { cpu: "100m", memory: "300Mi" },
  scaling: {
    min: 1,
    max: 6,
    triggers: {
      orders: {
        kind: "kafka",
        brokers: [address("kafka")],
        group: "fraud-detection",
        topic: "orders",
        tls: false,
        perPod: 100,
      },
    },
  },
  config: {
    env: {
      KAFKA_ADDR: address("kafka"),
      KAFKA_TOPIC: "orders",
      OTEL_INSTRUMENTATION_KAFKA_EXPERIMENTAL_SPAN_ATTRIBUTES: "true",
      OTEL_INSTRUMENTATION_MESSAGING_EXPERIMENTAL_RECEIVE_TELEMETRY_ENABLED: "true",
      OTEL_EXPERIMENTAL_SDK_TELEMETRY_VERSION: "latest",
      ...flags,
      ...reports("fraud-detection", "low", "otlp-http"),
    },
  },
  writable: scratch,
  dependsOn: [FLAGS, REPORTS["otlp-http"]],
});

export { fraudDetection as "fraud-detection", valkeyCart as "valkey-cart" };

import { tunable } from "eco-compile";
import { address, defineService, file, host, port, url } from "../eco.ts";
import { FLAGS, REPORTS, flags, grpcServer, httpServer, image, reports, scratch } from "../upstream.ts";

// What customers see, and what is shown to them.

const frontendProxy = defineService({
  team: "storefront",
  image,
  placement: "all",
  // The image's entrypoint fills in a template beside itself, where nothing can be written here.
  command: [
    "sh",
    "-c",
    "envsubst < /etc/frontend-proxy/envoy.tmpl.yaml > /tmp/envoy.yaml && exec envoy -c /tmp/envoy.yaml",
  ],
  ...httpServer(8080),
  priority: "high",
  resources: { cpu: "100m", memory: "128Mi" },
  config: {
    env: {
      ENVOY_PORT: "8080",
      FRONTEND_HOST: host("frontend"),
      FRONTEND_PORT: port("frontend"),
      IMAGE_PROVIDER_HOST: host("image-provider"),
      IMAGE_PROVIDER_PORT: port("image-provider"),
      OTEL_COLLECTOR_HOST: host("otel-collector", "otlp-http"),
      OTEL_COLLECTOR_PORT_HTTP: port("otel-collector", "otlp-http"),
      ...flags,
    },
    files: { "envoy.tmpl.yaml": file("../conf/envoy.tmpl.yaml") },
  },
  writable: scratch,
  dependsOn: [
    { service: "frontend", port: 8080, timeout: "15s" },
    { service: "image-provider", port: 8081, critical: false, timeout: "5s" },
    FLAGS,
    REPORTS["otlp-http"],
  ],
  slos: ["shop-open", "pages-fast"],
  traffic: "60/s",
  rollout: "storefront",
  chaos: ["lose-pods"],
  exposure: { hosts: ["shop.astronomy.example"], port: "http" },
  in: {
    staging: {
      traffic: "5/s",
      exposure: { hosts: ["shop.staging.astronomy.example"] },
      scaling: { min: 2, max: 2 }, // an experiment takes one
    },
    production: { scaling: { min: 3, max: 9, cpu: "60%" }, spread: { zones: "must" } },
  },
});

export const frontend = defineService({
  team: "storefront",
  image,
  placement: "all",
  ...httpServer(8080, { delay: "10s" }),
  runAsUser: 65532,
  priority: "high",
  resources: {
    cpu: tunable({ default: "200m", min: "100m", max: "500m" }),
    cpuLimit: "1",
    memory: "256Mi",
    recommend: true,
  },
  config: {
    env: {
      PORT: "8080",
      FRONTEND_ADDR: "frontend.storefront:8080",
      AD_ADDR: address("ad", "grpc"),
      CART_ADDR: address("cart"),
      CHECKOUT_ADDR: address("checkout"),
      CURRENCY_ADDR: address("currency"),
      PRODUCT_CATALOG_ADDR: address("product-catalog"),
      RECOMMENDATION_ADDR: address("recommendation"),
      SHIPPING_ADDR: url("shipping"),
      ENV_PLATFORM: "kubernetes",
      WEB_OTEL_SERVICE_NAME: "frontend-web",
      PUBLIC_OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "https://shop.astronomy.example/otlp-http/v1/traces",
      ...flags,
      ...reports("frontend", "critical", "grpc-otlp"),
    },
  },
  writable: [...scratch, { path: "/app/.next/cache" }],
  dependsOn: [
    {
      service: "product-catalog",
      port: 3550,
      timeout: "3s",
      retries: { attempts: 2, perTry: "1s" },
      connectTimeout: "250ms",
      outliers: { ejectionTime: "1m" },
    },
    { service: "currency", port: 7001, timeout: "2s", retries: { attempts: 2, perTry: "600ms" } },
    { service: "cart", port: 7070, timeout: "3s" },
    { service: "checkout", port: 5050, critical: false, timeout: "12s", retries: { attempts: 0 } },
    // The shop stays open without these.
    { service: "ad", port: 9555, critical: false, timeout: "1s" },
    { service: "recommendation", port: 9001, critical: false, timeout: "2s" },
    { service: "shipping", port: 50050, critical: false, timeout: "2s" },
    FLAGS,
    REPORTS["grpc-otlp"],
  ],
  slos: ["shop-open", "pages-fast"],
  traffic: "60/s",
  rollout: "storefront",
  chaos: ["lose-pods"],
  in: {
    staging: {
      traffic: "5/s",
      scaling: { min: 2, max: 2 },
      config: {
        env: {
          PUBLIC_OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "https://shop.staging.astronomy.example/otlp-http/v1/traces",
        },
      },
    },
    production: {
      scaling: {
        min: tunable({ default: 3, min: 2, max: 6 }),
        max: tunable({ default: 12, min: 6, max: 24 }),
        cpu: "60%",
        triggers: { evening: { kind: "schedule", from: "0 18 * * *", to: "0 23 * * *", pods: 6 } },
      },
    },
  },
});

const imageProvider = defineService({
  team: "storefront",
  image,
  placement: "all",
  command: ["nginx", "-c", "/etc/image-provider/nginx.conf", "-g", "daemon off;"],
  ports: { http: { port: 8081 } },
  probes: {
    readiness: { kind: "http", port: "http", path: "/status" },
    liveness: { kind: "http", port: "http", path: "/status", failures: 6 },
  },
  priority: "low",
  resources: { cpu: "50m", memory: "128Mi" },
  config: { files: { "nginx.conf": file("../conf/nginx.conf") } },
  writable: scratch,
});

const productCatalog = defineService({
  team: "storefront",
  image,
  placement: "all",
  ...grpcServer(3550),
  runAsUser: 65532,
  resources: { cpu: "100m", memory: "64Mi", recommend: true },
  scaling: { min: 2, max: 6 },
  config: {
    env: {
      PRODUCT_CATALOG_PORT: "3550",
      GOMEMLIMIT: "48MiB",
      OTEL_SEMCONV_STABILITY_OPT_IN: "database",
      ...flags,
      ...reports("product-catalog", "high", "grpc-otlp"),
    },
  },
  // The whole URL is the secret, since its password is in it.
  secrets: [{ secret: "catalog-database", env: true, keys: { url: "DB_CONNECTION_STRING" } }],
  // It ends when it finds no database, so a pod waits for one rather than fail again and again.
  init: [
    {
      name: "await-database",
      image: "docker.io/library/postgres",
      command: ["sh", "-c", 'until pg_isready --quiet --dbname="$DB_CONNECTION_STRING"; do sleep 2; done'],
      inherits: true,
    },
  ],
  dependsOn: [{ external: "postgres" }, FLAGS, REPORTS["grpc-otlp"]],
  slos: ["dependable", "calls-fast"],
  traffic: "120/s",
  in: { staging: { traffic: "15/s" } },
  rollout: "lookup",
  chaos: ["no-flags"],
});

export const currency = defineService({
  team: "storefront",
  image,
  placement: "all",
  ...grpcServer(7001),
  resources: { cpu: "100m", memory: "64Mi" },
  // The shop's busiest service: every price on every page.
  scaling: { min: 2, max: 8, cpu: "50%" },
  config: {
    env: {
      CURRENCY_PORT: "7001",
      IPV6_ENABLED: "false",
      VERSION: "3.0.0",
      ...reports("currency", "high", "grpc-otlp"),
    },
  },
  dependsOn: [REPORTS["grpc-otlp"]],
  slos: ["dependable", "calls-fast"],
  traffic: "200/s",
  in: { staging: { traffic: "15/s" } },
  rollout: "lookup",
  chaos: ["slow-calls"],
});

export const recommendation = defineService({
  team: "storefront",
  image,
  placement: "all",
  ...grpcServer(9001),
  resources: { cpu: "100m", memory: "500Mi" },
  config: {
    env: {
      RECOMMENDATION_PORT: "9001",
      PRODUCT_CATALOG_ADDR: address("product-catalog"),
      PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION: "python",
      OTEL_PYTHON_LOG_CORRELATION: "true",
      ...flags,
      ...reports("recommendation", "medium", "grpc-otlp"),
    },
  },
  writable: scratch,
  dependsOn: [{ service: "product-catalog", port: 3550, timeout: "1s" }, FLAGS, REPORTS["grpc-otlp"]],
  slos: ["shop-open"],
});

const { ports: adPorts, probes: adProbes } = grpcServer(9555, { delay: "20s" });

export const ad = defineService({
  team: "storefront",
  image,
  placement: "all",
  ports: { ...adPorts, "http-metrics": { port: 9465 } },
  probes: adProbes,
  resources: { cpu: "200m", memory: "300Mi" },
  config: {
    env: {
      AD_PORT: "9555",
      AD_PROMETHEUS_PORT: "9465",
      OTEL_LOGS_EXPORTER: "otlp",
      OTEL_EXPERIMENTAL_SDK_TELEMETRY_VERSION: "latest",
      ...flags,
      ...reports("ad", "medium", "otlp-http"),
    },
  },
  writable: scratch,
  telemetry: { metrics: { port: "http-metrics" } },
  dependsOn: [FLAGS, REPORTS["otlp-http"]],
  slos: ["dependable", "calls-fast"],
  traffic: "30/s",
  in: { staging: { traffic: "3/s" } },
  rollout: "lookup",
});

// The assistant is tried out in staging: no public digest of the chatbot is at hand, and the first environment takes a tag.

export const chatbot = defineService({
  team: "storefront",
  image,
  tag: "3.0.0-chatbot",
  placement: { environments: ["staging"] },
  ...httpServer(7860, { delay: "10s" }),
  priority: "low",
  resources: { cpu: "100m", memory: "500Mi" },
  config: {
    env: {
      CHATBOT_PORT: "7860",
      AGENT_ENDPOINT: "agent.storefront",
      AGENT_PORT: "8010",
      OTEL_EXPORTER_OTLP_INSECURE: "true",
      ...reports("chatbot", "low", "otlp-http"),
    },
  },
  writable: scratch,
  dependsOn: [{ service: "agent", port: 8010, timeout: "2m" }, REPORTS["otlp-http"]],
  exposure: { hosts: ["assistant.staging.astronomy.example"], port: "http" },
});

export const agent = defineService({
  team: "storefront",
  image,
  placement: { environments: ["staging"] },
  ...httpServer(8010, { delay: "10s" }),
  priority: "low",
  resources: { cpu: "100m", memory: "500Mi" },
  config: {
    env: {
      AGENT_PORT: "8010",
      GRAPH_RECURSION_LIMIT: "25",
      MCP_ENABLED: "True",
      MCP_ENDPOINT: "mcp.storefront",
      MCP_PORT: "8011",
      LLM_BASE_URL: url({ external: "llm", path: "/v1" }),
      LLM_MODEL: "shop-assistant",
      // Upstream answers from recorded conversations unless told otherwise.
      USE_VCR: "False",
      APPLICATION_ENDPOINT: address("frontend"),
      TRACELOOP_BASE_URL: url("otel-collector", "otlp-http"),
      OTEL_EXPORTER_OTLP_INSECURE: "true",
      ...reports("agent", "low", "otlp-http"),
    },
  },
  secrets: [{ secret: "llm-api-key", env: true, keys: { key: "API_KEY" } }],
  writable: scratch,
  dependsOn: [
    { external: "llm", connectTimeout: "2s" },
    { service: "frontend", port: 8080, timeout: "20s" },
    { service: "mcp", port: 8011, timeout: "30s" },
    REPORTS["otlp-http"],
  ],
});

export const mcp = defineService({
  team: "storefront",
  image,
  placement: { environments: ["staging"] },
  ...httpServer(8011, { delay: "10s" }),
  priority: "low",
  resources: { cpu: "100m", memory: "500Mi" },
  config: {
    env: {
      MCP_PORT: "8011",
      APPLICATION_ENDPOINT: address("frontend"),
      TRACELOOP_BASE_URL: url("otel-collector", "otlp-http"),
      OTEL_EXPORTER_OTLP_INSECURE: "true",
      ...reports("mcp", "low", "otlp-http"),
    },
  },
  writable: scratch,
  dependsOn: [{ service: "frontend", port: 8080, timeout: "20s" }, REPORTS["otlp-http"]],
});

export { frontendProxy as "frontend-proxy", imageProvider as "image-provider", productCatalog as "product-catalog" };

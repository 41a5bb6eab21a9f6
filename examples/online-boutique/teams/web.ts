import { tunable } from "eco-compile";
import { address, defineService } from "../eco.ts";
import { grpcServer, image } from "../upstream.ts";

const session = (probe: string) => ({ Cookie: `shop_session-id=x-${probe}-probe` });

// What customers see.

export const frontend = defineService({
  team: "web",
  image: image("frontend"),
  placement: "all",
  ports: { http: { port: 80, targetPort: 8080 } },
  probes: {
    readiness: { kind: "http", port: "http", path: "/_healthz", delay: "10s", headers: session("readiness") },
    liveness: {
      kind: "http",
      port: "http",
      path: "/_healthz",
      delay: "10s",
      failures: 6,
      headers: session("liveness"),
    },
  },
  resources: { cpu: tunable({ default: "100m", min: "50m", max: "400m" }), cpuLimit: "400m", memory: "128Mi" },
  scaling: { min: 1, max: 3 },
  config: {
    env: {
      PORT: "8080",
      PRODUCT_CATALOG_SERVICE_ADDR: address("productcatalogservice"),
      CURRENCY_SERVICE_ADDR: address("currencyservice"),
      CART_SERVICE_ADDR: address("cartservice"),
      RECOMMENDATION_SERVICE_ADDR: address("recommendationservice"),
      SHIPPING_SERVICE_ADDR: address("shippingservice"),
      CHECKOUT_SERVICE_ADDR: address("checkoutservice"),
      AD_SERVICE_ADDR: address("adservice"),
      // The frontend refuses to start without it; the assistant itself is an optional part of the demo.
      SHOPPING_ASSISTANT_SERVICE_ADDR: "shoppingassistantservice:80",
      ENV_PLATFORM: "gcp",
      ENABLE_PROFILER: "0",
    },
  },
  dependsOn: [
    // The shop stays open without orders, recommendations and advertisements.
    { service: "checkoutservice", port: 5050, critical: false },
    { service: "recommendationservice", port: 8080, critical: false, timeout: "300ms" },
    // Upstream's own limit, kept by the sidecar: pages do not wait for advertisements.
    { service: "adservice", port: 9555, critical: false, timeout: "100ms", connectTimeout: "50ms" },
  ],
  slos: ["shop-open", "pages-fast"],
  traffic: "30/s",
  rollout: "storefront",
  chaos: ["lose-pods"],
  exposure: { hosts: ["boutique.acme.example"], port: "http" },
  in: {
    staging: {
      traffic: "2/s", // of the load generator
      scaling: { min: 2, max: 2 }, // an experiment takes one
      config: { env: { FRONTEND_MESSAGE: "Staging: nothing that you order here is delivered." } },
    },
    production: {
      scaling: {
        min: tunable({ default: 3, min: 2, max: 6 }),
        max: tunable({ default: 10, min: 6, max: 20 }),
        cpu: "60%",
      },
    },
  },
});

export const adservice = defineService({
  team: "web",
  image: image("adservice"),
  placement: "all",
  ...grpcServer(9555, { delay: "20s", every: "15s" }),
  resources: { cpu: "200m", cpuLimit: "300m", memory: "300Mi" },
  config: { env: { PORT: "9555" } },
  gracePeriod: "5s",
  slos: ["dependable", "calls-fast"],
  traffic: "20/s",
  rollout: "lookup",
  in: { staging: { traffic: "2/s" } },
});

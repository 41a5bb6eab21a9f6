import { defineService } from "eco-compile";
import { grpcServer, image } from "../upstream.ts";

/** From the cart to the confirmation. */
export const ordering = {
  cartservice: defineService({
    team: "ordering",
    image: image("cartservice"),
    placement: "all",
    ...grpcServer(7070, { delay: "15s" }),
    resources: { cpu: "200m", cpuLimit: "300m", memory: "128Mi" },
    config: { env: { REDIS_ADDR: "redis-cart.ordering:6379" } },
    gracePeriod: "5s",
    // Its own promise rests on the store's single pod; the experiment shows what that is worth.
    dependsOn: [{ service: "redis-cart", port: 6379, critical: false }],
    slos: ["dependable"],
    chaos: ["no-cart-store"],
  }),

  "redis-cart": defineService({
    team: "ordering",
    kind: "stateful",
    image: "docker.io/library/redis",
    placement: "all",
    ports: { "tcp-redis": { port: 6379, protocol: "tcp" } },
    probes: {
      readiness: { kind: "exec", command: ["redis-cli", "ping"], every: "5s" },
      liveness: { kind: "tcp", port: "tcp-redis", every: "5s" },
    },
    resources: { cpu: "70m", cpuLimit: "125m", memory: "256Mi" },
    scaling: { min: 1, max: 1 },
    // Upstream keeps carts in an emptyDir; here they outlive a pod.
    storage: [{ name: "redis-data", path: "/data", size: "1Gi" }],
  }),

  checkoutservice: defineService({
    team: "ordering",
    image: image("checkoutservice"),
    placement: "all",
    ...grpcServer(5050),
    resources: { cpu: "100m", cpuLimit: "200m", memory: "128Mi" },
    config: {
      env: {
        PORT: "5050",
        PRODUCT_CATALOG_SERVICE_ADDR: "productcatalogservice.catalogue:3550",
        SHIPPING_SERVICE_ADDR: "shippingservice.ordering:50051",
        PAYMENT_SERVICE_ADDR: "paymentservice.ordering:50051",
        EMAIL_SERVICE_ADDR: "emailservice.ordering:5000",
        CURRENCY_SERVICE_ADDR: "currencyservice.catalogue:7000",
        CART_SERVICE_ADDR: "cartservice.ordering:7070",
      },
    },
    dependsOn: [
      { service: "productcatalogservice", port: 3550 },
      { service: "shippingservice", port: 50051 },
      { service: "paymentservice", port: 50051 },
      { service: "currencyservice", port: 7000 },
      { service: "cartservice", port: 7070 },
      // An order stands without its confirmation.
      { service: "emailservice", port: 5000, critical: false },
    ],
    slos: ["orders-placed"],
    rollout: "orders",
    chaos: ["failing-orders"],
  }),

  paymentservice: defineService({
    team: "ordering",
    image: image("paymentservice"),
    placement: "all",
    ...grpcServer(50051),
    resources: { cpu: "100m", cpuLimit: "200m", memory: "128Mi" },
    config: { env: { PORT: "50051", DISABLE_PROFILER: "1" } },
    gracePeriod: "5s",
    slos: ["dependable"],
  }),

  shippingservice: defineService({
    team: "ordering",
    image: image("shippingservice"),
    placement: "all",
    ...grpcServer(50051),
    resources: { cpu: "100m", cpuLimit: "200m", memory: "128Mi" },
    config: { env: { PORT: "50051", DISABLE_PROFILER: "1" } },
    slos: ["dependable"],
  }),

  emailservice: defineService({
    team: "ordering",
    image: image("emailservice"),
    placement: "all",
    ...grpcServer(8080, { port: 5000, every: "5s" }),
    resources: { cpu: "100m", cpuLimit: "200m", memory: "128Mi" },
    config: { env: { PORT: "8080", DISABLE_PROFILER: "1" } },
    gracePeriod: "5s",
    slos: ["orders-placed"],
  }),
};

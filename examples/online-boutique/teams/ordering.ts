import { address, defineService } from "../eco.ts";
import { grpcServer, image } from "../upstream.ts";

// From the cart to the confirmation.

export const cartservice = defineService({
  team: "ordering",
  image: image("cartservice"),
  placement: "all",
  ...grpcServer(7070, { delay: "15s" }),
  resources: { cpu: "200m", cpuLimit: "300m", memory: "128Mi" },
  config: { env: { REDIS_ADDR: address("redis-cart") } },
  gracePeriod: "5s",
  // Its own promise rests on the store's single pod; the experiment shows what that is worth.
  dependsOn: [{ service: "redis-cart", port: 6379, critical: false }],
  slos: ["dependable"],
  chaos: ["no-cart-store"],
});

const redisCart = defineService({
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
});

export const checkoutservice = defineService({
  team: "ordering",
  image: image("checkoutservice"),
  placement: "all",
  ...grpcServer(5050),
  resources: { cpu: "100m", cpuLimit: "200m", memory: "128Mi" },
  config: {
    env: {
      PORT: "5050",
      PRODUCT_CATALOG_SERVICE_ADDR: address("productcatalogservice"),
      SHIPPING_SERVICE_ADDR: address("shippingservice"),
      PAYMENT_SERVICE_ADDR: address("paymentservice"),
      EMAIL_SERVICE_ADDR: address("emailservice"),
      CURRENCY_SERVICE_ADDR: address("currencyservice"),
      CART_SERVICE_ADDR: address("cartservice"),
    },
  },
  // An order stands without its confirmation.
  dependsOn: [{ service: "emailservice", port: 5000, critical: false, timeout: "5s" }],
  slos: ["orders-placed"],
  traffic: "3/s",
  in: { staging: { traffic: "0.2/s" } },
  rollout: "orders",
  chaos: ["failing-orders"],
});

export const paymentservice = defineService({
  team: "ordering",
  image: image("paymentservice"),
  placement: "all",
  ...grpcServer(50051),
  resources: { cpu: "100m", cpuLimit: "200m", memory: "128Mi" },
  config: { env: { PORT: "50051", DISABLE_PROFILER: "1" } },
  gracePeriod: "5s",
  slos: ["dependable"],
});

export const shippingservice = defineService({
  team: "ordering",
  image: image("shippingservice"),
  placement: "all",
  ...grpcServer(50051),
  resources: { cpu: "100m", cpuLimit: "200m", memory: "128Mi" },
  config: { env: { PORT: "50051", DISABLE_PROFILER: "1" } },
  slos: ["dependable"],
});

export const emailservice = defineService({
  team: "ordering",
  image: image("emailservice"),
  placement: "all",
  ...grpcServer(8080, { port: 5000, every: "5s" }),
  resources: { cpu: "100m", cpuLimit: "200m", memory: "128Mi" },
  config: { env: { PORT: "8080", DISABLE_PROFILER: "1" } },
  gracePeriod: "5s",
  slos: ["orders-placed"],
});

export { redisCart as "redis-cart" };

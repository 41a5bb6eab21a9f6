import { address, defineService } from "../eco.ts";
import { grpcServer, image } from "../upstream.ts";

// What is for sale, what it costs where, and what goes with it.

export const productcatalogservice = defineService({
  team: "catalogue",
  image: image("productcatalogservice"),
  placement: "all",
  ...grpcServer(3550),
  resources: { cpu: "100m", cpuLimit: "200m", memory: "128Mi" },
  scaling: { min: 2, max: 4 },
  config: { env: { PORT: "3550", DISABLE_PROFILER: "1" } },
  gracePeriod: "5s",
  slos: ["dependable", "calls-fast"],
  traffic: "100/s",
  in: { staging: { traffic: "10/s" } },
  rollout: "lookup",
  chaos: ["slow-calls"],
});

export const currencyservice = defineService({
  team: "catalogue",
  image: image("currencyservice"),
  placement: "all",
  ...grpcServer(7000),
  resources: { cpu: "100m", cpuLimit: "200m", memory: "128Mi" },
  // The demo's busiest service: every price on every page.
  scaling: { min: 2, max: 6, cpu: "50%" },
  config: { env: { PORT: "7000", DISABLE_PROFILER: "1" } },
  gracePeriod: "5s",
  slos: ["dependable", "calls-fast"],
  traffic: "150/s",
  in: { staging: { traffic: "15/s" } },
  rollout: "lookup",
});

export const recommendationservice = defineService({
  team: "catalogue",
  image: image("recommendationservice"),
  placement: "all",
  ...grpcServer(8080, { every: "5s" }),
  resources: { cpu: "100m", cpuLimit: "200m", memory: "450Mi" },
  config: {
    env: {
      PORT: "8080",
      PRODUCT_CATALOG_SERVICE_ADDR: address("productcatalogservice"),
      DISABLE_PROFILER: "1",
    },
  },
  gracePeriod: "5s",
  slos: ["dependable"],
  traffic: "20/s",
  in: { staging: { traffic: "2/s" } },
  rollout: "rehearsal",
  chaos: ["busy-cpu"],
});

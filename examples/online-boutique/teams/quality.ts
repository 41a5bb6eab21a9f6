import { address, defineService } from "../eco.ts";
import { image } from "../upstream.ts";

// Customers that never sleep. In staging alone: production has its own.

export const loadgenerator = defineService({
  team: "quality",
  image: image("loadgenerator"),
  // No public digest of this image is at hand, and the first environment takes a tag.
  tag: "v0.10.6",
  placement: { clusters: ["boutique-staging"] },
  resources: { cpu: "300m", cpuLimit: "500m", memory: "512Mi" },
  scaling: { min: 1, max: 1 },
  config: { env: { FRONTEND_ADDR: address("frontend"), USERS: "10", RATE: "1" } },
  gracePeriod: "5s",
});

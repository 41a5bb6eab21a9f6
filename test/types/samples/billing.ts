import { canary, defineService } from "eco-compile";

/** A service in a file of its own: its references are checked where it is used. */
export const billing = defineService({
  team: "shop",
  image: "ghcr.io/acme/billing",
  placement: { clusters: ["main"] },
  ports: { http: { port: 80 } },
  secrets: [{ secret: "key" }],
  dependsOn: [{ service: "api", port: 80 }],
  slos: ["fast"],
  rollout: canary({ steps: [{ weight: 20, pause: "5m" }], analysis: { slos: ["available"] } }),
  chaos: ["kill"],
  in: { production: { scaling: { min: 2, max: 2 } } },
});

import { canary, defineEcosystem, rolling } from "eco-compile";
import { base, web } from "../base.ts";

/** Reached from outside, with and without a canary; and one that is not. */
export default defineEcosystem({
  ...base,
  services: {
    site: { ...web, image: "registry.example/crew/site", exposure: { hosts: ["www.sample.example", "sample.example"], port: "web", path: "/app" }, rollout: canary({ steps: [{ weight: 20, pause: "8m" }] }) },
    docs: { ...web, image: "registry.example/crew/docs", exposure: { hosts: ["docs.sample.example"], port: "web" }, rollout: rolling({ maxSurge: "50%", maxUnavailable: "10%" }), telemetry: { metrics: { port: "web", path: "/stats" }, traces: "12.5%" } },
    inner: { ...web, image: "registry.example/crew/inner", dependsOn: [{ service: "docs", port: 8000 }] },
  },
});

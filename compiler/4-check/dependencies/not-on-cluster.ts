import { defineCheck } from "../check.ts";
import { list, servicesByName } from "../../facts/placement.ts";

export default defineCheck({
  id: "dependencies/not-on-cluster",
  severity: "error",
  risk: true,
  summary: "Critical dependencies run on every cluster that their caller runs on",
  why: "Services reach each other inside their cluster. A caller that cannot answer without a service that is elsewhere can never answer there.",

  *run(topology) {
    const services = servicesByName(topology);
    for (const { name, clusters, dependsOn } of topology.services) {
      for (const { source, service, critical } of dependsOn) {
        const there = services.get(service)!.clusters;
        const missing = clusters.filter((cluster) => !there.includes(cluster));
        if (!critical || missing.length === 0) continue;
        yield {
          at: source,
          message: `${name} runs on ${list(missing)}, and ${service} does not`,
          idea: `${service} does not run on ${list(missing)}`,
          hint: `place ${service} there, or make the dependency \`critical: false\``,
          related: [{ at: `${services.get(service)!.source}.placement`, message: `where ${service} runs` }],
        };
      }
    }
  },
});

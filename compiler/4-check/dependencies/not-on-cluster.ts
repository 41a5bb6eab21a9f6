import { defineCheck } from "../check.ts";
import { groupBy, list, servicesByName } from "../../facts/placement.ts";

export default defineCheck({
  id: "dependencies/not-on-cluster",
  severity: "error",
  risk: true,
  summary: "Critical dependencies run on every cluster that their caller runs on",
  why: "Services reach each other inside their cluster. A caller that cannot answer without a service that is elsewhere can never answer there.",

  *run(topology) {
    const services = servicesByName(topology);
    const unreached = topology.workloads.flatMap(({ name, cluster, dependsOn }) =>
      dependsOn
        .filter(({ critical, peer }) => critical && peer === undefined)
        .map(({ source, service }) => ({ source, service, name, cluster: cluster.name })),
    );
    for (const [source, places] of groupBy(unreached, ({ source }) => source)) {
      const { name, service } = places[0]!;
      const clusters = list(places.map(({ cluster }) => cluster));
      yield {
        at: source,
        message: `${name} runs on ${clusters}, and ${service} does not`,
        idea: `${service} does not run on ${clusters}`,
        hint: `place ${service} there, or make the dependency \`critical: false\``,
        related: [{ at: `${services.get(service)!.source}.placement`, message: `where ${service} runs` }],
      };
    }
  },
});

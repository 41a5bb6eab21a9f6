import { SERVICES, supported, supportOf, type KubernetesTable, type Support } from "../../facts/tables/kubernetes.ts";
import { list } from "../../facts/placement.ts";
import type { Cluster } from "../../topology/clusters.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "clusters/version-unsupported",
  severity: "error",
  risk: true, // whoever pays for extended support takes it
  summary: "A cluster's cloud supports its version of Kubernetes",
  why: "A version that the cloud does not have fails in the middle of an apply. One whose standard support has ended gets no fixes any more, or is upgraded by the cloud at a time that nobody chose; the modules buy no extended support.",

  *run({ clusters }, { kubernetes }) {
    for (const cluster of clusters) {
      if (cluster.existing) continue; // its owner upgrades it
      const support = supportOf(kubernetes(), cluster.cloudKind, cluster.version);
      const message = fault(cluster, support, kubernetes());
      if (message === undefined) continue;
      yield {
        at: `${cluster.source}.version`,
        message: `${cluster.name}: ${message}`,
        idea: message,
        hint: `write \`version\` with one that is supported (${list(supported(kubernetes(), cluster.cloudKind))}); what ecosystem.lock.json keeps goes up by eco-compile upgrade kubernetes`,
      };
    }
  },
});

function fault(
  { cloudKind, version }: Cluster,
  support: Support,
  { date, clouds }: KubernetesTable,
): string | undefined {
  const service = SERVICES[cloudKind];
  const minors = clouds[cloudKind].map(({ minor }) => minor);
  switch (support.is) {
    case "ended":
      return `the standard support of Kubernetes ${version} on ${service} ended on ${support.release.standard}`;
    case "older":
      return `${service} does not offer Kubernetes ${version} any more; the oldest known is ${minors.at(-1)}`;
    case "newer":
      return `${service} is not known to offer Kubernetes ${version}; the newest known on ${date} is ${minors[0]}`;
    case "missing":
      return `${service} is not known to offer Kubernetes ${version}`;
    default:
      return undefined;
  }
}

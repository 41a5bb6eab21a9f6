import type { ContributedAddon, Contribution } from "../../5-emit/target.ts";
import { NAMESPACES, SYSTEM_NAMESPACE } from "../../facts/names.ts";
import { API_SERVER, scraped } from "../../facts/network.ts";
import { groupBy } from "../../facts/placement.ts";
import type { Topology } from "../../topology/index.ts";
import type { Security } from "../../topology/security.ts";
import type { Workload } from "../../topology/workloads.ts";
import { resources } from "../../5-emit/resources.ts";

/** The add-on whose folder the templates and constraints go into; after Gatekeeper, which makes their kinds. */
export const POLICIES_ADDON = "gatekeeper-policies";

export function contribution({ clusters, security, workloads }: Topology): Contribution {
  const byCluster = groupBy(workloads, ({ cluster }) => cluster.name);
  return {
    addons: clusters.flatMap((cluster) => [
      {
        name: "gatekeeper",
        cluster,
        namespace: NAMESPACES.gatekeeper,
        stage: "policies",
        chart: {
          repository: "https://open-policy-agent.github.io/gatekeeper/charts",
          name: "gatekeeper",
          version: "3.23.1",
        },
        images: [{ name: "docker.io/openpolicyagent/gatekeeper", values: [{ whole: "image.repository" }] }],
        values: values(security, byCluster.get(cluster.name) ?? []),
        serverSideApply: true,
        // Gatekeeper must be able to start while its own webhook does not answer; the chart's hook would set the label
        // otherwise.
        namespaceNeeds: { labels: { "admission.gatekeeper.sh/ignore": "no-self-managing" } },
        network: NETWORK,
      },
      { name: POLICIES_ADDON, cluster, namespace: NAMESPACES.gatekeeper, stage: "policies", step: 1, network: {} },
    ]),
    clusterKinds: [
      { group: "admissionregistration.k8s.io", kind: "MutatingWebhookConfiguration" },
      { group: "admissionregistration.k8s.io", kind: "ValidatingWebhookConfiguration" },
      { group: "constraints.gatekeeper.sh", kind: "*" },
      { group: "templates.gatekeeper.sh", kind: "ConstraintTemplate" },
    ],
  };
}

const NETWORK: ContributedAddon["network"] = {
  webhook: {
    pods: { "control-plane": "controller-manager" },
    accepts: [{ from: "anywhere", ports: [8443] }, scraped(8888)],
    reaches: [API_SERVER],
  },
  audit: { pods: { "control-plane": "audit-controller" }, accepts: [scraped(8888)], reaches: [API_SERVER] },
};

/**
 * While policies only report, a webhook that does not answer must not stop anything; once they refuse, it must not be a
 * way around them. Even then the system's own namespaces never wait for it: a cluster must be able to repair itself.
 * https://open-policy-agent.github.io/gatekeeper/website/docs/failing-closed
 */
const values = ({ policies }: Security, workloads: readonly Workload[]) => ({
  replicas: 3,
  validatingWebhookFailurePolicy: policies.enforcement === "deny" ? "Fail" : "Ignore",
  validatingWebhookTimeoutSeconds: 5,
  validatingWebhookExemptNamespacesLabels: {
    "kubernetes.io/metadata.name": [SYSTEM_NAMESPACE, "kube-node-lease", "kube-public", ...policies.exemptNamespaces],
  },
  // Workflows of Chaos Mesh alone are mutated: the `chaos-mesh` target says why.
  disableMutation: !workloads.some(({ experiments }) => experiments.length > 0),
  mutatingWebhookCustomRules: [
    { apiGroups: ["chaos-mesh.org"], apiVersions: ["*"], operations: ["CREATE"], resources: ["workflows"] },
  ],
  enableExternalData: false,
  logDenies: true,
  auditInterval: 300,
  controllerManager: { resources: resources("100m", "512Mi") },
  audit: { resources: resources("100m", "1Gi") },
  // What Helm's hooks would do: the namespace has its labels already, and Argo CD applies the CRDs.
  postInstall: { labelNamespace: { enabled: false }, probeWebhook: { enabled: false } },
  upgradeCRDs: { enabled: false },
});

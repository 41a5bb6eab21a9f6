import { SYSTEM_NAMESPACE } from "../../../facts/names.ts";
import type { Security } from "../../../topology/security.ts";
import type { Workload } from "../../../topology/workloads.ts";
import { resources } from "../resources.ts";

/**
 * While policies only report, a webhook that does not answer must not stop anything; once they refuse, it must not be a
 * way around them. Even then the system's own namespaces never wait for it: a cluster must be able to repair itself.
 * https://open-policy-agent.github.io/gatekeeper/website/docs/failing-closed
 */
export const gatekeeper = ({
  security: { policies },
  workloads,
}: {
  security: Security;
  workloads: readonly Pick<Workload, "experiments">[];
}) => ({
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

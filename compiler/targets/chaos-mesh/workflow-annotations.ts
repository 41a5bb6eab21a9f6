import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesObject, syncWave } from "../../5-emit/kubernetes.ts";
import { platformLabels, SOURCE_ANNOTATION } from "../../facts/names.ts";
import type { Topology } from "../../topology/index.ts";

/**
 * Gives every Workflow an annotation. Without any, aborting it fails: abort_node_reconciler.go writes into
 * `Annotations` without making the map, which panics, and a Workflow that comes from a Schedule has none (chaos-mesh
 * v2.8.3 and master at 47411975a8cb). Neither a Schedule nor Chaos Mesh's own webhooks can add one; Gatekeeper can.
 * While its webhook is away an experiment is not aborted, and ends at its deadline.
 * https://open-policy-agent.github.io/gatekeeper/website/docs/mutation#assignmetadata
 */
export const workflowAnnotations = ({ name: ecosystem, resilience: { source } }: Topology): KubernetesObject =>
  kubernetesObject(
    {
      apiVersion: "mutations.gatekeeper.sh/v1",
      kind: "AssignMetadata",
      name: "chaos-workflow-annotations",
      labels: platformLabels(ecosystem, "chaos-workflow-annotations"),
      annotations: syncWave(-1),
      source,
    },
    {
      spec: {
        match: { scope: "Namespaced", kinds: [{ apiGroups: ["chaos-mesh.org"], kinds: ["Workflow"] }] },
        location: `metadata.annotations."${SOURCE_ANNOTATION}"`,
        parameters: { assign: { value: source } },
      },
    },
  );

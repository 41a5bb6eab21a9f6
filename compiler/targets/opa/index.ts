import type { Artifact } from "../../5-emit/artifact.ts";
import { kubernetesFile, kubernetesObject, syncWave } from "../../5-emit/kubernetes.ts";
import { vendor } from "../../5-emit/vendor.ts";
import { placesOf } from "../../facts/addons.ts";
import { platformLabels } from "../../facts/names.ts";
import { COSTS_PATH, policyData } from "../../policy/data.ts";
import { budgetDocument, projectedCosts } from "../../facts/costs.ts";
import { machines } from "../../facts/machines/index.ts";
import type { Addon } from "../../topology/addons.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Topology } from "../../topology/index.ts";
import { constraintSpec } from "../../policy/constraint.ts";
import type { PolicyData } from "../../policy/parameters.ts";
import { policyAction } from "../../policy/levels.ts";
import type { ShippedPolicies, ShippedTemplates } from "../../policy/shipped.ts";
import type { Target } from "../../5-emit/target.ts";
import { contribution, POLICIES_ADDON } from "./contribution.ts";

/**
 * Data for the hand-written policies, and for each cluster Gatekeeper's templates and constraints with the same data.
 */
export default {
  name: "opa",
  summary: "Policy data for pull requests; Gatekeeper templates and constraints per cluster",
  provides: ["admission"],
  contribute: contribution,
  emit(topology, _options, library) {
    const exempt = (
      library.json("policies/exempt-namespaces.json") as {
        exempt_namespaces: PolicyData["exempt_namespaces"];
      }
    ).exempt_namespaces;
    const { templates } = library.json("policies/dist/constraint-templates.json") as ShippedTemplates;
    const { policies: described } = library.json("policies/dist/policies.json") as ShippedPolicies;
    const data = policyData(
      topology,
      exempt,
      described.map(({ name }) => name),
    );
    return [
      {
        path: COSTS_PATH,
        body: {
          kind: "json",
          data: budgetDocument(projectedCosts(topology, machines())),
        },
        source: "budgets",
      },
      { path: "generated/policies/data.json", body: { kind: "json", data: { eco: data } }, source: "security" },
      ...placesOf(topology, POLICIES_ADDON).flatMap(({ addon, cluster }) =>
        clusterFiles(topology, addon, cluster, data, templates, described),
      ),
      ...vendor(topology, library, ["policies"]),
    ];
  },
} satisfies Target;

function clusterFiles(
  { name: ecosystem, security }: Topology,
  addon: Addon,
  cluster: Cluster,
  data: PolicyData,
  templates: ShippedTemplates["templates"],
  described: ShippedPolicies["policies"],
): Artifact[] {
  const labels = platformLabels(ecosystem, POLICIES_ADDON);
  const { source } = security.policies;
  const template = ({ template: { spec, metadata, ...identity } }: ShippedTemplates["templates"][number]) =>
    kubernetesObject(
      {
        apiVersion: identity.apiVersion,
        kind: identity.kind,
        name: metadata.name,
        labels,
        annotations: { ...metadata.annotations, ...syncWave(0) },
        source,
      },
      { spec },
    );
  // Its template makes the kind: until Gatekeeper has, there is nothing to dry-run a constraint against.
  const waits = { ...syncWave(1), "argocd.argoproj.io/sync-options": "SkipDryRunOnMissingResource=true" };
  const constraint = (entry: ShippedTemplates["templates"][number]) => {
    const action = policyAction(
      described.find(({ name }) => name === entry.policy)!,
      security.policies,
    );
    if (action === undefined) return []; // it is off everywhere
    const object = kubernetesObject(
      {
        apiVersion: "constraints.gatekeeper.sh/v1beta1",
        kind: entry.kind,
        name: entry.policy,
        labels,
        annotations: waits,
        source,
      },
      { spec: constraintSpec(data, cluster.name, entry, action) },
    );
    return [object];
  };
  return [
    kubernetesFile(`${addon.path}/manifests/templates.yaml`, templates.map(template), source),
    kubernetesFile(`${addon.path}/manifests/constraints.yaml`, templates.flatMap(constraint), source),
  ];
}

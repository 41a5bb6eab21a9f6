import { defineCheck } from "../../4-check/check.ts";
import { clustersThatRecommend } from "../../facts/recommendations.ts";

export default defineCheck({
  id: "vertical-pod-autoscaler/existing-cluster",
  severity: "warning",
  summary: "A cluster that is there already recommends requests where its owner has turned that on",
  why: "GKE and AKS have a recommender of their own, a setting of the cluster. Terraform leaves a cluster alone that it has not made: without the setting the API server does not know the kind, and the workload's Application does not sync.",

  *run(topology) {
    const recommending = clustersThatRecommend(topology);
    for (const { name, source, cloudKind, existing } of topology.clusters) {
      if (!existing || !recommending.has(name) || cloudKind === "aws") continue;
      yield {
        at: source,
        message: `${name} has to have vertical pod autoscaling turned on, which nothing here does`,
        hint: `\`${COMMANDS[cloudKind]}\`; then ignore this with the reason that it is done`,
      };
    }
  },
});

const COMMANDS = {
  gcp: "gcloud container clusters update NAME --enable-vertical-pod-autoscaling",
  azure: "az aks update --name NAME --resource-group GROUP --enable-vpa",
};

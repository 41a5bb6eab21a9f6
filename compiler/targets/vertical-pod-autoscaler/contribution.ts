import type { ContributedAddon, Contribution } from "../../5-emit/target.ts";
import { resources } from "../../5-emit/resources.ts";
import { NAMESPACES } from "../../facts/names.ts";
import { API_SERVER, scraped } from "../../facts/network.ts";
import { clustersThatRecommend } from "../../facts/recommendations.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Topology } from "../../topology/index.ts";

const NAME = "vertical-pod-autoscaler";

/**
 * The recommender, on clusters of AWS where it has something to do. GKE and AKS have their own, which Terraform turns on:
 * https://cloud.google.com/kubernetes-engine/docs/how-to/vertical-pod-autoscaling
 * https://learn.microsoft.com/azure/aks/vertical-pod-autoscaler
 */
export function contribution(topology: Topology): Contribution {
  const recommending = clustersThatRecommend(topology);
  return {
    addons: topology.clusters
      .filter(({ name, cloudKind }) => cloudKind === "aws" && recommending.has(name))
      .map((cluster) => recommenderOf(cluster)),
  };
}

const recommenderOf = (cluster: Cluster): ContributedAddon => ({
  name: NAME,
  cluster,
  namespace: NAMESPACES.verticalPodAutoscaler,
  stage: "controllers",
  chart: { repository: "https://kubernetes.github.io/autoscaler", name: NAME, version: "0.13.0" },
  images: [
    {
      name: "registry.k8s.io/autoscaling/vpa-recommender",
      values: [{ whole: "recommender.image.repository" }],
    },
  ],
  values: values(),
  workloadKinds: [{ group: "autoscaling.k8s.io", kind: "VerticalPodAutoscaler" }],
  network: {
    recommender: {
      pods: { "app.kubernetes.io/component": "recommender" },
      accepts: [scraped(8942)],
      reaches: [API_SERVER],
    },
  },
});

/**
 * Of its three programs the one that recommends: the other two change pods. Its chart says of itself that it is not ready for
 * production, which is about these two and their webhook; what is left are a Deployment and its rights.
 * https://github.com/kubernetes/autoscaler/tree/vertical-pod-autoscaler-1.8.1/vertical-pod-autoscaler/charts/vertical-pod-autoscaler
 */
const values = () => ({
  admissionController: { enabled: false },
  updater: { enabled: false },
  recommender: {
    replicas: 2, // one leads
    extraArgs: ["--memory-saver=true"], // follows only the pods that it recommends for
    resources: resources("50m", "512Mi"),
  },
  podSecurityContext: { runAsNonRoot: true, runAsUser: 65_534, seccompProfile: { type: "RuntimeDefault" } },
  containerSecurityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  },
});

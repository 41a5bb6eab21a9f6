import { registryAndRepository } from "../../5-emit/chart-images.ts";
import type { Contribution, Need } from "../../5-emit/target.ts";
import { NAMESPACES } from "../../facts/names.ts";
import { API_SERVER, QUERIES, scraped } from "../../facts/network.ts";
import { groupBy, onePerForm } from "../../facts/placement.ts";
import type { Topology } from "../../topology/index.ts";
import type { Strategy } from "../../topology/rollouts.ts";
import { resources } from "../../5-emit/resources.ts";

/** The release whose schemas the compiler holds Rollouts to. */
export const ARGO_ROLLOUTS = "v1.10.1";

/** The controller, on clusters where something is released step by step; its analyses ask for metrics. */
export function contribution(topology: Topology): Contribution {
  const { clusters, workloads } = topology;
  const progressive = workloads.filter(({ strategy }) => strategy.kind !== "rolling");
  const byCluster = groupBy(progressive, ({ cluster }) => cluster.name);
  return {
    addons: clusters
      .filter(({ name }) => byCluster.has(name))
      .map((cluster) => ({
        name: "argo-rollouts",
        cluster,
        namespace: NAMESPACES.rollouts,
        stage: "rollouts",
        chart: {
          repository: "https://argoproj.github.io/argo-helm",
          name: "argo-rollouts",
          version: "2.41.0",
          app: { version: ARGO_ROLLOUTS, value: ["controller", "image", "tag"] },
        },
        images: [{ name: "quay.io/argoproj/argo-rollouts", values: [registryAndRepository("controller.image")] }],
        values: values(),
        serverSideApply: true,
        network: {
          controller: {
            pods: { "app.kubernetes.io/component": "rollouts-controller" },
            accepts: [scraped(8090)],
            reaches: [API_SERVER, QUERIES],
          },
        },
        workloadKinds: [
          { group: "argoproj.io", kind: "AnalysisTemplate" },
          { group: "argoproj.io", kind: "Rollout" },
        ],
      })),
    needs: onePerForm(topology).flatMap(({ name, strategy }) =>
      analyses(strategy).map(({ source }): Need => ({
        word: "metrics",
        at: source,
        what: `the analysis of ${name}'s rollout`,
      })),
    ),
  };
}

const analyses = (strategy: Strategy) => {
  switch (strategy.kind) {
    case "rolling":
      return [];
    case "blue-green":
      return [strategy.prePromotion, strategy.postPromotion].filter((analysis) => analysis !== undefined);
    default:
      return strategy.analysis === undefined ? [] : [strategy.analysis];
  }
};

/**
 * The chart's own program is v1.9.0; its roles are those of ours, and its CRDs lack one field of Datadog's metrics,
 * which nothing here writes. https://github.com/argoproj/argo-helm/tree/argo-rollouts-2.41.0/charts/argo-rollouts
 */
const values = () => ({
  fullnameOverride: "argo-rollouts",
  controller: {
    replicas: 2,
    image: { tag: ARGO_ROLLOUTS },
    resources: resources("100m", "256Mi"),
    pdb: { enabled: true, maxUnavailable: 1 },
    metrics: { enabled: true, serviceMonitor: { enabled: true } },
  },
  dashboard: { enabled: false }, // it has no login
  podSecurityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
  providerRBAC: {
    // Rights for the one traffic router that is used.
    providers: {
      istio: true,
      ambassador: false,
      apisix: false,
      awsAppMesh: false,
      awsLoadBalancerController: false,
      contour: false,
      gatewayAPI: false,
      glooPlatform: false,
      smi: false,
      traefik: false,
    },
  },
});

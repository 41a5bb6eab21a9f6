import { resources } from "../resources.ts";

/** The release whose schemas the compiler holds Rollouts to. */
export const ARGO_ROLLOUTS = "v1.10.1";

/**
 * The chart's own program is v1.9.0; its roles are those of ours, and its CRDs lack one field of Datadog's metrics,
 * which nothing here writes. https://github.com/argoproj/argo-helm/tree/argo-rollouts-2.41.0/charts/argo-rollouts
 */
export const argoRollouts = () => ({
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

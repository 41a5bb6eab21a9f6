import { resources } from "../resources.ts";

/** https://github.com/argoproj/argo-helm/tree/argo-rollouts-2.41.0/charts/argo-rollouts */
export const argoRollouts = () => ({
  fullnameOverride: "argo-rollouts",
  controller: {
    replicas: 2,
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

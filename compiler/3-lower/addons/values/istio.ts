import { NAMESPACES } from "../../../facts/names.ts";
import type { CloudName } from "../../../topology/clouds.ts";
import { resources } from "../resources.ts";

/** https://github.com/istio/istio/tree/1.30.3/manifests/charts/base */
export const istioBase = () => ({ global: { istioNamespace: NAMESPACES.istio } });

/**
 * Redirects the pods' traffic from the node, so that no pod needs NET_ADMIN and namespaces can stay restricted. It runs
 * in kube-system: it needs the node itself, and GKE lets node-critical pods run there alone.
 * https://istio.io/latest/docs/setup/additional-setup/cni/
 */
export const istioCni = ({ cluster }: { cluster: { cloud: CloudName } }) => ({
  ...(cluster.cloud === "gcp" ? { cniBinDir: "/home/kubernetes/bin" } : {}), // https://istio.io/latest/docs/setup/platform-setup/gke/
  seccompProfile: { type: "RuntimeDefault" },
  resources: resources("50m", "128Mi"),
});

/** https://github.com/istio/istio/tree/1.30.3/manifests/charts/istio-control/istio-discovery */
export const istiod = () => ({
  global: { istioNamespace: NAMESPACES.istio },
  cni: { enabled: true },
  autoscaleMin: 2,
  autoscaleMax: 5,
  seccompProfile: { type: "RuntimeDefault" }, // what the restricted standard asks for beside the chart's own settings
  resources: resources("200m", "1Gi"),
  meshConfig: { enablePrometheusMerge: true, defaultConfig: { holdApplicationUntilProxyStarts: true } },
});

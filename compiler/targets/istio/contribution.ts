import type { ContributedAddon, Contribution } from "../../5-emit/target.ts";
import { NAMESPACES, SYSTEM_NAMESPACE } from "../../facts/names.ts";
import { API_SERVER, scraped } from "../../facts/network.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Topology } from "../../topology/index.ts";
import { resources } from "../../5-emit/resources.ts";

/**
 * All of Istio's charts, and from 1.31 on the only place. The bucket where they were is emptied in December 2026.
 * https://istio.io/latest/blog/2026/retirement-of-gcp/
 */
const CHARTS = "https://blob.istio.io/istio-release/charts";

/**
 * All of Istio's images, and from 1.31 on the only place; the charts of 1.30 default to registry.istio.io, which is
 * switched off with that bucket. https://istio.io/latest/blog/2026/retirement-of-gcr.io-follow-up/
 */
const HUB = "docker.io/istio";

const PROXY = `${HUB}/proxyv2`;

const WEBHOOKS = "admissionregistration.k8s.io";

/** The add-on whose folder the objects go into; after istiod's, whose webhook judges them. */
export const POLICIES_ADDON = "istio-policies";

export const contribution = ({ clusters, security }: Topology): Contribution => ({
  addons: security.mesh.enabled ? clusters.flatMap(meshOf) : [],
  clusterKinds: [
    { group: WEBHOOKS, kind: "MutatingWebhookConfiguration" },
    { group: WEBHOOKS, kind: "ValidatingWebhookConfiguration" },
  ],
});

function meshOf(cluster: Cluster): ContributedAddon[] {
  const chart = (name: string) => ({ repository: CHARTS, name, version: "1.30.3" });
  // istiod closes its webhooks, which begin open, as soon as it answers.
  const closes = (name: string) => [
    { group: WEBHOOKS, kind: "ValidatingWebhookConfiguration", name, paths: [".webhooks[]?.failurePolicy"] },
  ];
  return [
    {
      name: "istio-base",
      cluster,
      namespace: NAMESPACES.istio,
      stage: "mesh",
      chart: chart("base"),
      images: [],
      values: baseValues(),
      serverSideApply: true,
      liveFields: closes("istiod-default-validator"),
      network: {},
    },
    {
      name: "istio-cni",
      cluster,
      namespace: SYSTEM_NAMESPACE,
      stage: "mesh",
      step: 1,
      chart: chart("cni"),
      images: [{ name: `${HUB}/install-cni`, values: [{ hub: "global.hub", name: "image" }] }],
      values: cniValues(cluster),
      pods: { onEachNode: true },
    },
    {
      name: "istiod",
      cluster,
      namespace: NAMESPACES.istio,
      stage: "mesh",
      step: 2,
      chart: chart("istiod"),
      images: [
        { name: `${HUB}/pilot`, values: [{ hub: "hub", name: "image" }] },
        { name: PROXY, values: [{ hub: "global.hub", name: "global.proxy.image" }] },
      ],
      values: istiodValues(),
      liveFields: closes("istio-validator-istio-system"),
      workloadKinds: [
        { group: "networking.istio.io", kind: "DestinationRule" },
        { group: "networking.istio.io", kind: "VirtualService" },
      ],
      network: {
        // https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio
        discovery: {
          pods: { app: "istiod" },
          accepts: [
            { from: "mesh", ports: [15_012] }, // certificates and configuration, over TLS; 15010 gives them without
            { from: "anywhere", ports: [15_017] }, // webhooks
            scraped(15_014),
          ],
          reaches: [API_SERVER],
        },
      },
      // The sidecar, pinned by the version of the chart, with its `global.proxy.resources`.
      injects: {
        images: [PROXY],
        requests: { cpu: "100m", memory: "128Mi" },
        limits: { cpu: "2000m", memory: "1024Mi" },
      },
    },
    { name: POLICIES_ADDON, cluster, namespace: NAMESPACES.istio, stage: "mesh", step: 3, network: {} },
  ];
}

/** https://github.com/istio/istio/tree/1.30.3/manifests/charts/base */
const baseValues = () => ({ global: { istioNamespace: NAMESPACES.istio } });

/**
 * Redirects the pods' traffic from the node, so that no pod needs NET_ADMIN and namespaces can stay restricted. It runs
 * in kube-system: it needs the node itself, and GKE lets node-critical pods run there alone.
 * https://istio.io/latest/docs/setup/additional-setup/cni/
 */
const cniValues = ({ cloudKind }: Cluster) => ({
  global: { hub: HUB },
  ...(cloudKind === "gcp" ? { cniBinDir: "/home/kubernetes/bin" } : {}), // https://istio.io/latest/docs/setup/platform-setup/gke/
  seccompProfile: { type: "RuntimeDefault" },
  resources: resources("50m", "128Mi"),
});

/** https://github.com/istio/istio/tree/1.30.3/manifests/charts/istio-control/istio-discovery */
const istiodValues = () => ({
  global: { istioNamespace: NAMESPACES.istio, hub: HUB },
  cni: { enabled: true },
  autoscaleMin: 2,
  autoscaleMax: 5,
  seccompProfile: { type: "RuntimeDefault" }, // what the restricted standard asks for beside the chart's own settings
  resources: resources("200m", "1Gi"),
  meshConfig: { enablePrometheusMerge: true, defaultConfig: { holdApplicationUntilProxyStarts: true } },
});

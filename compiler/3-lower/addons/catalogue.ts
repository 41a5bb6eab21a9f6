import { LAST_WAVE, NAMESPACES, SYSTEM_NAMESPACE } from "../../facts/names.ts";
import type { TargetName } from "../targets.ts";
import type { Addon } from "../../topology/addons.ts";
import type { ClusterNeeds } from "./index.ts";
import { argoCd } from "./values/argo-cd.ts";
import { argoRollouts } from "./values/argo-rollouts.ts";
import { chaosMesh } from "./values/chaos-mesh.ts";
import { gatekeeper } from "./values/gatekeeper.ts";
import { istioBase, istioCni, istiod } from "./values/istio.ts";
import { prometheus } from "./values/prometheus.ts";
import { sourceController, tofuController } from "./values/terraform.ts";

/** One add-on: where its pinned chart comes from, which clusters get it, and when it is applied. */
export interface CatalogueEntry {
  name: string;
  namespace: string;
  /**
   * Sync wave: what others need comes first. Every wave waits until the one before is healthy, but only while something
   * in it is new or changed; see {@link LAST_WAVE}.
   */
  wave: number;
  /** Which clusters get it. */
  when: "always" | "aws" | "mesh" | "rollouts" | "chaos" | "management";
  chart?: Addon["chart"];
  /** A chart of `helm-library/` instead; `writtenBy` writes its values. */
  libraryChart?: string;
  /** Values of the chart, as far as they differ from its own. */
  values?: (needs: ClusterNeeds) => Readonly<Record<string, unknown>>;
  /** The target that writes its manifests. Where it is turned off, an add-on that has no upstream chart is none. */
  writtenBy?: TargetName;
  /** For CRDs that do not fit the annotation that client-side apply keeps them in. */
  serverSideApply?: true;
  liveFields?: Addon["liveFields"];
}

const ISTIO = "https://istio-release.storage.googleapis.com/charts";
const ARGO = "https://argoproj.github.io/argo-helm";
const WEBHOOKS = "admissionregistration.k8s.io";

/**
 * Every add-on whose objects the compiler emits. Versions were read in the charts' own sources: argo-helm af0a931,
 * prometheus-community/helm-charts cf408a2, istio tag 1.30.3, gatekeeper's Go module v3.23.1, chaos-mesh tag v2.8.3,
 * fluxcd-community/helm-charts 82a385b, tofu-controller 4cb9876.
 */
export const catalogue: readonly CatalogueEntry[] = [
  {
    // Installed by the bootstrap; from then on it looks after itself.
    name: "argo-cd",
    namespace: NAMESPACES.argocd,
    wave: -50,
    when: "always",
    chart: { repository: ARGO, name: "argo-cd", version: "10.1.1" },
    values: argoCd,
    serverSideApply: true,
  },
  { name: "namespaces", namespace: NAMESPACES.argocd, wave: -40, when: "always", writtenBy: "namespaces" },
  { name: "storage", namespace: NAMESPACES.argocd, wave: -38, when: "aws", writtenBy: "storage" },
  {
    name: "prometheus",
    namespace: NAMESPACES.monitoring,
    wave: -35,
    when: "always",
    chart: {
      repository: "https://prometheus-community.github.io/helm-charts",
      name: "kube-prometheus-stack",
      version: "88.5.3",
    },
    values: prometheus,
    writtenBy: "prometheus",
    serverSideApply: true,
  },
  {
    name: "istio-base",
    namespace: NAMESPACES.istio,
    wave: -30,
    when: "mesh",
    chart: { repository: ISTIO, name: "base", version: "1.30.3" },
    values: istioBase,
    serverSideApply: true,
    // istiod closes the webhook, which begins open, as soon as it answers.
    liveFields: [
      {
        group: WEBHOOKS,
        kind: "ValidatingWebhookConfiguration",
        name: "istiod-default-validator",
        paths: [".webhooks[]?.failurePolicy"],
      },
    ],
  },
  {
    name: "istio-cni",
    namespace: SYSTEM_NAMESPACE,
    wave: -28,
    when: "mesh",
    chart: { repository: ISTIO, name: "cni", version: "1.30.3" },
    values: istioCni,
  },
  {
    name: "istiod",
    namespace: NAMESPACES.istio,
    wave: -26,
    when: "mesh",
    chart: { repository: ISTIO, name: "istiod", version: "1.30.3" },
    values: istiod,
    liveFields: [
      {
        group: WEBHOOKS,
        kind: "ValidatingWebhookConfiguration",
        name: "istio-validator-istio-system",
        paths: [".webhooks[]?.failurePolicy"],
      },
    ],
  },
  { name: "istio-policies", namespace: NAMESPACES.istio, wave: -24, when: "mesh", writtenBy: "istio" },
  {
    name: "argo-rollouts",
    namespace: NAMESPACES.rollouts,
    wave: -20,
    when: "rollouts",
    chart: { repository: ARGO, name: "argo-rollouts", version: "2.41.0" },
    values: argoRollouts,
    serverSideApply: true,
  },
  {
    name: "gatekeeper",
    namespace: NAMESPACES.gatekeeper,
    wave: -16,
    when: "always",
    chart: {
      repository: "https://open-policy-agent.github.io/gatekeeper/charts",
      name: "gatekeeper",
      version: "3.23.1",
    },
    values: gatekeeper,
    serverSideApply: true,
  },
  { name: "gatekeeper-policies", namespace: NAMESPACES.gatekeeper, wave: -14, when: "always", writtenBy: "opa" },
  {
    name: "chaos-mesh",
    namespace: NAMESPACES.chaos,
    wave: -12,
    when: "chaos",
    chart: { repository: "https://charts.chaos-mesh.org", name: "chaos-mesh", version: "2.8.3" },
    values: chaosMesh,
    serverSideApply: true,
    // The chart draws new certificates, and restarts everything for them, whenever it is rendered.
    liveFields: [
      { group: "", kind: "Secret", paths: [".data"] },
      { group: "apps", kind: "Deployment", paths: [".spec.template.metadata.annotations.rollme"] },
      { group: "apps", kind: "DaemonSet", paths: [".spec.template.metadata.annotations.rollme"] },
      { group: WEBHOOKS, kind: "MutatingWebhookConfiguration", paths: [".webhooks[]?.clientConfig.caBundle"] },
      { group: WEBHOOKS, kind: "ValidatingWebhookConfiguration", paths: [".webhooks[]?.clientConfig.caBundle"] },
    ],
  },
  {
    name: "source-controller",
    namespace: NAMESPACES.terraform,
    wave: -8,
    when: "management",
    chart: { repository: "https://fluxcd-community.github.io/helm-charts", name: "flux2", version: "2.18.3" },
    values: sourceController,
    serverSideApply: true,
  },
  {
    name: "tofu-controller",
    namespace: NAMESPACES.terraform,
    wave: -6,
    when: "management",
    chart: { repository: "https://flux-iac.github.io/tofu-controller", name: "tofu-controller", version: "0.16.5" },
    values: tofuController,
    serverSideApply: true,
  },
  // Its image is one of our own, which is nowhere until somebody has built and pushed it.
  {
    name: "slo-gate",
    namespace: NAMESPACES.sloGate,
    wave: LAST_WAVE,
    when: "chaos",
    libraryChart: "service",
    writtenBy: "chaos-mesh",
  },
];

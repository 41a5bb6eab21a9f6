import { ARGO_ROLLOUTS } from "../../compiler/targets/argo-rollouts/contribution.ts";

/**
 * What the charts of the add-on catalogue deploy, beside what the lab runs in its place. A chart's version says little
 * about the program that it carries, so that is written down here for one version of the chart; agreement.test.ts fails
 * when the catalogue moves on.
 */
export interface Deployed {
  /** The chart's version in the catalogue. */
  chart: string;
  /** The program's version in that chart, or in our values for it. */
  carries: string;
  /** The package of versions.json that stands for it. */
  tool: string;
  /** Why the lab runs another version; absent where it does not. */
  otherwise?: string;
}

/** Read in the charts' sources at the commits that the catalogue names. */
export const DEPLOYED: Readonly<Record<string, Deployed>> = {
  "argo-cd": {
    chart: "10.1.1",
    carries: "v3.4.4",
    tool: "argo-cd",
    otherwise: "the Go proxy has one commit of its nested module gitops-engine, and that one is v3.5.3's",
  },
  "argo-rollouts": { chart: "2.41.0", carries: ARGO_ROLLOUTS, tool: "argo-rollouts" },
  gatekeeper: { chart: "3.23.1", carries: "v3.23.1", tool: "gatekeeper" },
  "chaos-mesh": {
    chart: "2.8.3",
    carries: "v2.8.3",
    tool: "chaos-mesh",
    otherwise: "the Go proxy has no v2 tag of the module; this is the commit that the compiler's schemas are from",
  },
  istiod: {
    chart: "1.30.3",
    carries: "1.30.3",
    tool: "istio",
    otherwise: "the Go proxy has three commits of the module and no tag; this one is the first after 1.30 was branched",
  },
  "kube-prometheus-stack": {
    chart: "88.5.3",
    carries: "v3.14.0",
    tool: "prometheus",
    otherwise: "the same release: the Go module's v0.314.0 is Prometheus 3.14.0",
  },
};

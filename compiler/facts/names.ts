import { createHash } from "node:crypto";
import type { CloudKind } from "../config/model/clouds.ts";
import type { Cloud } from "../topology/clouds.ts";
import type { Cluster } from "../topology/clusters.ts";

/**
 * Every name that two targets must agree on, computed once. A name that the user chose is never changed: too long is an
 * error (`names/too-long`). A composed one that does not fit is cut and closed with a hash of the whole.
 */

/** Kubernetes' limit for label values, Service names and the like (RFC 1123 label). */
export const LABEL_MAX = 63;

/**
 * Joins parts with `-`; where the result is longer than `max`, keeps its start and ends it with eight characters of its
 * hash.
 */
export function compose(parts: readonly string[], max: number = LABEL_MAX): string {
  const name = parts.join("-");
  if (name.length <= max) return name;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${name.slice(0, max - hash.length - 1).replace(/-+$/, "")}-${hash}`;
}

/** Namespaces of the platform's own add-ons. */
export const NAMESPACES = {
  argocd: "argocd",
  rollouts: "argo-rollouts",
  istio: "istio-system",
  keda: "keda",
  chaos: "chaos-mesh",
  gatekeeper: "gatekeeper-system",
  monitoring: "monitoring",
  terraform: "flux-system",
  sloGate: "slo-gate",
  verticalPodAutoscaler: "vertical-pod-autoscaler",
} as const;

/** Prometheus, where analyses and slo-gate ask: the Service that its operator makes for every Prometheus. */
export const PROMETHEUS_PORT = 9090;
export const PROMETHEUS_URL = `http://prometheus-operated.${NAMESPACES.monitoring}.svc.cluster.local:${PROMETHEUS_PORT}`;

/** Name, port and address of slo-gate in a cluster. */
export const SLO_GATE = {
  name: "slo-gate",
  port: 8080,
  url: `http://slo-gate.${NAMESPACES.sloGate}.svc.cluster.local:8080`,
} as const;

/** What scales workloads by more than CPU and memory, as its chart labels its pods. */
export const KEDA_OPERATOR = {
  name: "keda-operator",
  namespace: NAMESPACES.keda,
  selector: { app: "keda-operator" },
} as const;

/** The branch or pointer that an environment follows. */
export const environmentRevision = (environment: string, pointer: boolean, revision: string): string =>
  pointer ? `env/${environment}` : revision;

/** Folder of everything that one cluster's Argo CD applies. */
export const clusterPath = (cluster: string): string => `generated/clusters/${cluster}`;
export const workloadPath = (cluster: string, service: string): string => `${clusterPath(cluster)}/services/${service}`;
export const addonPath = (cluster: string, addon: string): string => `${clusterPath(cluster)}/platform/${addon}`;
export const terraformPath = (cloud: string, root: string): string => `generated/terraform/${cloud}/${root}`;
/** Where vendored parts of the library go. */
export const VENDORED_LIBRARY = "generated/lib";

/** The Service of the canary or the preview. */
export const canaryService = (service: string): string => compose([service, "canary"]);
export const previewService = (service: string): string => compose([service, "preview"]);

/** Name of the VirtualService route that a rollout moves; both the Rollout and the VirtualService name it. */
export const PRIMARY_ROUTE = "primary";
/** Name of the route that a shadow rollout adds for copies; Argo CD must not undo it. */
export const MIRROR_ROUTE = "mirror";

/** The AnalysisTemplate of a workload for one use of analysis: `steps`, `pre`, `post`. */
export const smokeTestName = (service: string): string => compose([service, "smoke-test"]);
export const analysisTemplate = (service: string, use: string): string => compose([service, use]);

/** The Kubernetes Secret that carries a declared secret. */
export const kubernetesSecret = (secret: string): string => compose([secret]);

/** The Argo CD Application of a workload: unique in its cluster, since services are. */
export const workloadApplication = (service: string): string => compose([service]);
/** The Argo CD Application of an add-on; the prefix keeps it apart from services. */
export const addonApplication = (addon: string): string => compose(["platform", addon]);
/** The Argo CD project of the add-ons. */
export const PLATFORM_PROJECT = "platform-addons";

/** What selects the pods of a workload, as the charts do it: immutable, so the name alone. */
export const selectorLabels = (service: string): Record<string, string> => ({ "app.kubernetes.io/name": service });

/** Standard labels of every object of a workload. */
export const standardLabels = (ecosystem: string, service: string, team: string): Record<string, string> => ({
  "app.kubernetes.io/instance": service,
  "app.kubernetes.io/managed-by": "eco-compile",
  "app.kubernetes.io/name": service,
  "app.kubernetes.io/part-of": ecosystem,
  "eco-compile.dev/team": team,
});

/** Labels of what belongs to no workload. */
export const platformLabels = (ecosystem: string, name: string): Record<string, string> => ({
  "app.kubernetes.io/managed-by": "eco-compile",
  "app.kubernetes.io/name": name,
  "app.kubernetes.io/part-of": ecosystem,
});

/** The annotation that leads from an object back to the config. */
export const SOURCE_ANNOTATION = "eco-compile.dev/source";

/**
 * The store of a cloud's Terraform states, whose name is unique among everybody's. GCS and S3 take 63 characters, and GCS none with Google's own name in it
 * (https://cloud.google.com/storage/docs/buckets#naming); Azure takes 24 letters and digits.
 */
export function stateStoreName(
  { name: cloud, kind, account }: Pick<Cloud, "name" | "kind" | "account">,
  ecosystem: string,
): string {
  // Two entries may be of one account: the store of one that is not called by its kind says which it is of.
  const owner = cloud === kind ? [ecosystem, account] : [ecosystem, account, cloud];
  const hash = createHash("sha256").update(owner.join("/")).digest("hex");
  if (kind === "azure") return `${ecosystem.replaceAll("-", "").slice(0, 11)}tfstate${hash.slice(0, 6)}`;
  const name = compose([...owner, "tfstate"]);
  return /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name) && !/goog/.test(name) ? name : `tfstate-${hash.slice(0, 16)}`;
}

/** Terraform outputs that other roots read; the modules' README documents them. */
export const rootName = (cloud: string, root: string): string => `${cloud}/${root}`;
/** The tofu-controller object of a root, `<cloud>/<root>`. */
export const terraformObject = (root: string): string => compose(root.split("/"));

/**
 * The Application and project of a folder of somebody's own, and the module that calls one; the prefix keeps it apart
 * from services.
 */
export const extraName = (folder: string): string =>
  compose([
    "extra",
    folder
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, ""),
  ]);

/** Where Kubernetes and the clouds run their own; node agents of the platform run there too. */
export const SYSTEM_NAMESPACE = "kube-system";
/** The Argo CD Application that brings every other one of a cluster, and its project. */
export const ROOT_APPLICATION = addonApplication("root");
export const ROOT_PROJECT = "platform-root";
/** The Argo CD Application of the Terraform objects. */
export const TERRAFORM_APPLICATION = addonApplication("terraform");
/** The objects that make the other clusters; on the management cluster alone. */
export const terraformObjectsPath = (cluster: string): string => `${clusterPath(cluster)}/terraform`;
/** The Flux GitRepository that the Terraform roots of one environment are read from. */
export const gitRepository = (ecosystem: string, environment: string): string => compose([ecosystem, environment]);

/**
 * What an experiment on a workload is called. CronJobs and Chaos Mesh put a suffix behind it: 52 characters leave room
 * for either.
 */
export const experimentName = (service: string, experiment: string): string => compose([service, experiment], 52);

/**
 * Characters of a subnet's name. On aws and azure it is the network's too, and the modules put words behind it: `name`
 * of terraform-modules/aws/network/variables.tf and its like. One that is there already is called as it is.
 */
const SUBNET_MAX: Record<CloudKind, number> = { gcp: LABEL_MAX, aws: 40, azure: 60 };
export const subnetMax = (kind: CloudKind): number => SUBNET_MAX[kind];

/** What a region's subnet is called where the config does not say it. */
export const subnetName = (
  kind: CloudKind,
  { name, existing }: Pick<Cloud["network"], "name" | "existing">,
  region: string,
): string => compose([name, region], existing ? LABEL_MAX : SUBNET_MAX[kind]);

/**
 * Characters that a cloud takes for the name of an identity: a service account's id on gcp
 * (https://cloud.google.com/iam/docs/service-accounts-create), a role's name on aws
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html), a federated credential's on azure
 * (https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations).
 */
const IDENTITY_MAX: Record<CloudKind, number> = { gcp: 30, aws: 64, azure: 120 };

/**
 * What the identity of a Kubernetes service account is called at the cloud of its cluster. Names of service accounts
 * may hold dots, which gcp and azure refuse.
 */
export const cloudIdentity = (
  { name, cloudKind }: Pick<Cluster, "name" | "cloudKind">,
  namespace: string,
  serviceAccount: string,
): string => compose([name, namespace, serviceAccount.replaceAll(".", "-")], IDENTITY_MAX[cloudKind]);

/**
 * What a service account whose add-on has `permissions` must be annotated with, for the values of the chart that makes
 * it. On gcp, the e-mail address of its identity
 * (https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity#kubernetes-sa-to-iam). On aws nothing: EKS
 * Pod Identity binds by name. On azure nothing that could be known here: the client id is drawn when Terraform makes the
 * identity, see `terraform-modules/azure/workload-identity/README.md`.
 */
export const identityAnnotations = (
  cluster: Pick<Cluster, "name" | "cloudKind" | "account">,
  namespace: string,
  serviceAccount: string,
): Record<string, string> => {
  if (cluster.cloudKind !== "gcp") return {};
  const id = cloudIdentity(cluster, namespace, serviceAccount);
  return { "iam.gke.io/gcp-service-account": `${id}@${cluster.account}.iam.gserviceaccount.com` };
};

/** Made by Kubernetes: used, never written. */
export const isSystemNamespace = (name: string): boolean =>
  name === SYSTEM_NAMESPACE || name === "kube-public" || name === "kube-node-lease" || name === "default";

import type { KubernetesObject, TargetArtifact } from "../5-emit/artifact.ts";
import type { Emission } from "../5-emit/index.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { isWithin } from "../facts/image-names.ts";
import { groupOf } from "../facts/kinds.ts";
import { addonApplication, workloadApplication } from "../facts/names.ts";
import type { Addon } from "../topology/addons.ts";
import type { Cluster } from "../topology/clusters.ts";
import type { Topology } from "../topology/index.ts";
import type { Workload } from "../topology/workloads.ts";
import { fault } from "./fault.ts";
import { kubernetesDiagnostics, schemasOf } from "./kubernetes-diagnostics.ts";
import type { SchemaLookup } from "./kubernetes/index.ts";
import { policyDiagnostics } from "./policy-diagnostics.ts";

/** What a chart makes of the values of a workload or an add-on, on one cluster. */
export interface RenderedChart {
  of: Pick<Workload | Addon, "name" | "namespace" | "path" | "source"> & Pick<Addon, "images" | "broughtBy">;
  isAddon: boolean;
  cluster: Cluster;
  objects: readonly KubernetesObject[];
}

/**
 * Holds what charts render to what the compiler's own objects are held to: schemas, rules and policies; and to what
 * their Applications may apply. Objects that say no namespace get that of their release, as Argo CD applies them.
 */
export async function verifyRendered(
  charts: readonly RenderedChart[],
  { artifacts }: Pick<Emission, "artifacts">,
  topology: Topology,
): Promise<{ diagnostics: Diagnostic[] }> {
  const made = charts.map((chart): TargetArtifact & { chart: RenderedChart } => ({
    chart,
    path: `${chart.of.path}/values.yaml`,
    target: "render",
    source: chart.of.source,
    body: { kind: "kubernetes", objects: chart.objects },
  }));
  const schemas = schemasOf([...artifacts, ...made]);
  const placed = made.map((artifact) => ({
    ...artifact,
    body: { kind: "kubernetes" as const, objects: artifact.chart.objects.map(inRelease(artifact.chart, schemas)) },
  }));
  return {
    diagnostics: [
      ...(await kubernetesDiagnostics([], placed, schemas)),
      ...(await policyDiagnostics(placed, topology)),
      ...placed.flatMap((artifact) => [
        ...refusedByProject(artifact, artifact.chart, artifacts, schemas),
        ...imagesFromElsewhere(artifact, artifact.chart),
      ]),
    ],
  };
}

const inRelease =
  ({ of }: RenderedChart, schemas: SchemaLookup) =>
  (object: KubernetesObject): KubernetesObject =>
    object.metadata?.namespace === undefined && scopeOf(object, schemas) === "Namespaced"
      ? { ...object, metadata: { ...object.metadata, namespace: of.namespace } }
      : object;

/** Undefined: of a kind that nobody knows, or no object. */
const scopeOf = ({ apiVersion, kind }: Partial<KubernetesObject>, schemas: SchemaLookup) =>
  typeof apiVersion === "string" && typeof kind === "string" ? schemas(apiVersion, kind)?.["x-eco-scope"] : undefined;

/** Whatever a chart prints: what is none is a finding of its own. */
const isObject = (object: Partial<KubernetesObject>): boolean =>
  typeof object.apiVersion === "string" && typeof object.kind === "string" && typeof object.metadata === "object";

type Objects = TargetArtifact & { body: { kind: "kubernetes"; objects: readonly KubernetesObject[] } };

/** https://argo-cd.readthedocs.io/en/stable/operator-manual/project-specification/ */
interface ProjectSpec {
  destinations?: readonly { namespace: string }[];
  clusterResourceWhitelist?: readonly { group: string; kind: string }[];
  /** Absent: any. */
  namespaceResourceWhitelist?: readonly { group: string; kind: string }[];
}

/** What the AppProject of its Application does not admit: Argo CD applies nothing of it then. */
function refusedByProject(
  artifact: Objects,
  { of, isAddon, cluster }: RenderedChart,
  artifacts: readonly TargetArtifact[],
  schemas: SchemaLookup,
): Diagnostic[] {
  const named = (kind: string, name: unknown) =>
    artifacts
      .filter(({ path }) => path.startsWith(`${cluster.path}/argocd/`))
      .flatMap(({ body }) => (body.kind === "kubernetes" ? body.objects : []))
      .find((object) => object.kind === kind && object.metadata.name === name);
  const application = named("Application", isAddon ? addonApplication(of.name) : workloadApplication(of.name));
  const project = (application?.["spec"] as { project?: string } | undefined)?.project;
  const spec = named("AppProject", project)?.["spec"] as ProjectSpec | undefined;
  if (spec === undefined) return []; // somebody else applies it
  return artifact.body.objects.filter(isObject).flatMap((object) => {
    const why = refusal(object, spec, scopeOf(object, schemas));
    if (why === undefined) return [];
    const what = `${object.kind} ${object.metadata.name} of the chart of ${of.name}: the project ${project} ${why}`;
    return [{ ...fault("verify/refused-by-project", artifact, `${what}, on ${cluster.name}`), idea: what }];
  });
}

function refusal(
  { apiVersion, kind, metadata: { namespace } }: KubernetesObject,
  { destinations = [], clusterResourceWhitelist = [], namespaceResourceWhitelist }: ProjectSpec,
  scope: "Namespaced" | "Cluster" | undefined,
): string | undefined {
  const group = groupOf(apiVersion);
  const admits = (list: readonly { group: string; kind: string }[]): boolean =>
    list.some((each) => [each.group, "*"].includes(group) && [each.kind, "*"].includes(kind));
  const title = `${group === "" ? "" : `${group}/`}${kind}`;
  if (scope === "Cluster")
    return admits(clusterResourceWhitelist) ? undefined : `admits no ${title}, which is of no namespace`;
  if (namespaceResourceWhitelist !== undefined && !admits(namespaceResourceWhitelist)) return `admits no ${title}`;
  if (namespace === undefined) return undefined; // of a kind that nobody knows
  return destinations.some((each) => each.namespace === namespace) ? undefined : `has no namespace ${namespace}`;
}

/** Images that an add-on of the project's own runs, and does not name. */
function imagesFromElsewhere(artifact: Objects, { of: { name, images, broughtBy } }: RenderedChart): Diagnostic[] {
  if (broughtBy === undefined || images === undefined) return [];
  const run = new Set(
    artifact.body.objects
      .filter(isObject)
      .flatMap(imagesIn)
      .filter((image) => !isWithin(image, images)),
  );
  return [...run].map((image) =>
    fault(
      "verify/undeclared-image",
      artifact,
      `the chart of ${name} runs ${image}, which is in none of its images`,
      `${broughtBy}.images`,
    ),
  );
}

interface PodSpec {
  containers?: readonly { image?: string }[];
  initContainers?: readonly { image?: string }[];
}

/** Of pods, and of what makes pods. */
function imagesIn({ kind, spec }: KubernetesObject): string[] {
  const { jobTemplate, template } = (spec ?? {}) as { jobTemplate?: { spec?: object }; template?: { spec?: PodSpec } };
  const pod =
    kind === "Pod"
      ? (spec as PodSpec)
      : kind === "CronJob"
        ? (jobTemplate?.spec as { template?: { spec?: PodSpec } } | undefined)?.template?.spec
        : template?.spec;
  return [...(pod?.containers ?? []), ...(pod?.initContainers ?? [])].flatMap(({ image }) => image ?? []);
}

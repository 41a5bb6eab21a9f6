import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { formatPath, type PathSegment } from "../diagnostics/config-path.ts";
import { COSTS_PATH, policyData } from "../policy/data.ts";
import type { Topology } from "../topology/index.ts";
import type { KubernetesObject, TargetArtifact } from "../5-emit/artifact.ts";
import { HclBlock, type HclPart } from "../5-emit/serialise/hcl-file.ts";
import { placeOfFault } from "./fault.ts";
import { policyCheck } from "../facts/policies.ts";
import { policyLevel } from "../policy/levels.ts";
import { loadPolicies, type PolicyInput } from "../policy/evaluate.ts";
import { readExemptNamespaces, readPolicies, shippedFolder } from "../policy/shipped.ts";

interface Judged {
  artifact: TargetArtifact;
  input: PolicyInput;
  name: string;
}

/**
 * Asks the shipped policies about everything that they read: objects, values of our charts, what Terraform's modules
 * are given.
 */
export async function policyDiagnostics(
  artifacts: readonly TargetArtifact[],
  topology: Topology,
): Promise<Diagnostic[]> {
  const scopes = topology.clusters.map(({ name, path, environment }) => ({
    name,
    prefix: `${path}/`,
    environment: environment.name,
  }));
  const installed = [...topology.workloads, ...topology.platform.addons];
  const namespaces = new Map<string, string>(
    installed.map(({ path, namespace }) => [`${path}/values.yaml`, namespace]),
  );
  const seen = new Map<unknown, Set<string>>();
  const judged = artifacts.flatMap((artifact) => {
    if (artifact.foreign !== undefined) return foreignDocuments(artifact, artifact.foreign);
    const scope = scopes.find(({ prefix }) => artifact.path.startsWith(prefix));
    return isRepeated(seen, artifact, scope?.environment)
      ? []
      : documents(artifact, scope?.name, namespaces.get(artifact.path));
  });
  if (judged.length === 0) return [];
  const folder = shippedFolder();
  const shipped = readPolicies(folder);
  const names = shipped.policies.map(({ name }) => name);
  const data = policyData(topology, readExemptNamespaces(), names);
  const { evaluate, policies } = await loadPolicies(data, folder, shipped);
  const described = new Map(policies.map((policy) => [policy.name, policy]));
  return evaluate(judged.map(({ input }) => input)).flatMap(({ policy, message, index, path }): Diagnostic[] => {
    const { title, ...known } = described.get(policy)!;
    const severity = policyLevel(known, topology.security.policies);
    if (severity === "off") return [];
    const { artifact, name } = judged[index]!;
    return [
      {
        ...placeOfFault(artifact),
        id: policyCheck(policy),
        severity,
        message: `${name} in ${artifact.path}${path.length === 0 ? "" : ` at ${formatPath(path)}`}: ${message}`,
        idea: `${title}${path.length === 0 ? "" : `: not so at ${anyIndex(path)}`}`,
      },
    ];
  });
}

/**
 * One policy about one field: whichever container, host or label it is, the same decision mends all of them. `spec.containers[0].image`
 * is any container's.
 */
const anyIndex = (path: readonly PathSegment[]): string => formatPath(path).replace(/\[\d+\]/g, "[*]");

/** Values that several clusters of an environment share: what policies ask of values follows from the environment. */
function isRepeated(seen: Map<unknown, Set<string>>, { body }: TargetArtifact, environment = ""): boolean {
  if (body.kind !== "values") return false;
  const environments = seen.get(body.data) ?? new Set();
  if (environments.has(environment)) return true;
  seen.set(body.data, environments.add(environment));
  return false;
}

function documents(artifact: TargetArtifact, cluster: string | undefined, namespace: string | undefined): Judged[] {
  const { body, path } = artifact;
  const scope = cluster === undefined ? {} : { cluster };
  switch (body.kind) {
    case "kubernetes":
      return body.objects
        .filter((object) => object?.kind !== undefined && hasPods(object))
        .map((object) => ({
          artifact,
          name: `${object.kind} ${object.metadata?.name}`,
          input: { kind: "object", object, ...scope },
        }));
    case "values":
      return body.chart === undefined
        ? []
        : [
            {
              artifact,
              name: `values of ${body.name}`,
              input: { kind: "values", object: body.data, ...scope, ...(namespace === undefined ? {} : { namespace }) },
            },
          ];
    case "hcl": {
      const module = moduleInputs(body.parts);
      const cloud = path.split("/")[2]; // generated/terraform/<cloud>/<root>
      return Object.keys(module).length === 0
        ? []
        : [
            {
              artifact,
              name: "Terraform root",
              input: { kind: "terraform", object: { module }, ...(cloud === undefined ? {} : { cloud }) },
            },
          ];
    }
    case "json":
      return path === COSTS_PATH
        ? [{ artifact, name: "projected costs", input: { kind: "costs", object: body.data } }]
        : [];
    default:
      return [];
  }
}

/** What somebody else wrote: objects of a cluster, Terraform files of a root. */
function foreignDocuments(
  artifact: TargetArtifact,
  { position: _, ...scope }: NonNullable<TargetArtifact["foreign"]>,
): Judged[] {
  const { body, path } = artifact;
  if (body.kind === "kubernetes") return documents(artifact, scope.cluster, undefined);
  return body.kind === "json"
    ? [
        {
          artifact,
          name: path.slice(path.lastIndexOf("/") + 1),
          input: { kind: "terraform", object: body.data, ...scope },
        },
      ]
    : [];
}

/** A Rollout that refers to its Deployment says nothing about pods; the Deployment's values do. */
const hasPods = ({ kind, spec }: KubernetesObject): boolean =>
  kind !== "Rollout" || (spec as { template?: unknown } | undefined)?.template !== undefined;

/** What each module block of a file is given: `{ network: { cidr: "10.0.0.0/16" } }`. */
function moduleInputs(parts: readonly HclPart[]): Record<string, Record<string, unknown>> {
  return Object.fromEntries(
    parts
      .filter((part) => part instanceof HclBlock)
      .filter(({ head }) => head.startsWith("module "))
      .map(({ head, body }) => [
        JSON.parse(head.slice("module ".length)) as string,
        Object.assign({}, ...body.filter((part) => !(part instanceof HclBlock))) as Record<string, unknown>,
      ]),
  );
}

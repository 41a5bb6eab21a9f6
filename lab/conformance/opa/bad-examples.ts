/** For each policy that speaks at admission, a delivered object that is broken so that this policy alone refuses it. */
import type { Data, KubernetesObject } from "../../cluster/client.ts";

export interface BadExample {
  policy: string;
  object: KubernetesObject;
}

type Break = readonly [kind: "Deployment" | "Service", breaks: (object: Data) => void];

const pod = ({ spec }: Data): Data => spec.template.spec;
const main = (deployment: Data): Data => pod(deployment).containers[0];

const BREAKS: Readonly<Record<string, Break>> = {
  "allowed-registries": [
    "Deployment",
    (object) => (main(object).image = `quay.io/stranger/web@sha256:${"0".repeat(64)}`),
  ],
  "host-access": ["Deployment", (object) => (pod(object).hostPID = true)],
  "image-digests": [
    "Deployment",
    (object) => (main(object).image = main(object).image.replace(/@sha256:.*$|:[^/:]+$/, ":latest")),
  ],
  probes: ["Deployment", (object) => delete main(object).readinessProbe],
  "public-endpoints": ["Service", ({ spec }) => (spec.type = "LoadBalancer")],
  "required-labels": ["Deployment", ({ metadata }) => delete metadata.labels["eco-compile.dev/team"]],
  resources: ["Deployment", (object) => delete main(object).resources.limits.memory],
  "restricted-pods": ["Deployment", (object) => (pod(object).securityContext.runAsUser = 0)],
  "service-account-tokens": ["Deployment", (object) => (pod(object).automountServiceAccountToken = true)],
};

/**
 * Names of the policies that a cluster's constraints ask for nothing: a production cluster wants digests, another may
 * not.
 */
const silentIn = (constraints: readonly KubernetesObject[]): Set<string> =>
  new Set(
    constraints
      .filter(({ spec }: Data) => spec.parameters?.digest_required === false)
      .map(({ metadata }) => metadata.name),
  );

/** `objects` are those of a cluster, each with its namespace. */
export function badExamples(
  objects: readonly KubernetesObject[],
  constraints: readonly KubernetesObject[],
): BadExample[] {
  const silent = silentIn(constraints);
  // With a port, since whoever has none needs no probes.
  const deployment = objects.find(
    (object) =>
      object.kind === "Deployment" &&
      object.metadata["labels"] !== undefined &&
      "eco-compile.dev/team" in (object.metadata["labels"] as object) &&
      main(object).ports?.length > 0,
  )!;
  const service = objects.find(
    ({ kind, metadata }) => kind === "Service" && metadata.namespace === deployment.metadata.namespace,
  )!;
  return constraints
    .filter(({ metadata }) => !silent.has(metadata.name))
    .map(({ metadata: { name: policy } }) => {
      const known = BREAKS[policy];
      if (!known) throw new Error(`no bad example of ${policy}`);
      const [kind, breaks] = known;
      const object: KubernetesObject = structuredClone(kind === "Deployment" ? deployment : service);
      object.metadata.name = `bad-${policy}`;
      breaks(object);
      return { policy, object };
    });
}

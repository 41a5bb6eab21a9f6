import type { Artifact, KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesFile, kubernetesObject, syncWave } from "../../5-emit/kubernetes.ts";
import { block, hclFile } from "../../5-emit/serialise/hcl-file.ts";
import type { Produced } from "../../5-emit/target.ts";
import { backendArguments } from "../../facts/backend.ts";
import { gitRepository, NAMESPACES, platformLabels, terraformObject, terraformObjectsPath } from "../../facts/names.ts";
import type { Cloud } from "../../topology/clouds.ts";
import type { Environment } from "../../topology/environments.ts";
import type { TerraformRoot } from "../../topology/terraform.ts";
import type { Topology } from "../../topology/index.ts";
import { CONFIRM } from "./application.ts";
import type { ArgoCdOptions } from "./options.ts";
import { gitUrl, inRepository } from "./repository.ts";
import { runnerPod } from "./runner.ts";

/** The roots that a target has written and that no person applies. */
export const appliedRoots = ({ terraformRoots }: Topology, produced: Produced): TerraformRoot[] =>
  terraformRoots.filter(({ apply, path }) => apply !== "manual" && produced.below(path));

/**
 * The object of each root that a controller looks after, and the repository they are read from; on the management
 * cluster.
 */
export function terraformFiles(
  topology: Topology,
  roots: readonly TerraformRoot[],
  options: ArgoCdOptions,
): Artifact[] {
  if (roots.length === 0) return [];
  const folder = terraformObjectsPath(topology.management.name);
  const environments = topology.environments.filter(({ name }) =>
    roots.some(({ environment }) => environment.name === name),
  );
  return [
    kubernetesFile(
      `${folder}/repositories.yaml`,
      environments.map((environment) => repository(topology, environment, options)),
      "repository.url",
    ),
    ...roots.map((root) =>
      kubernetesFile(`${folder}/${objectName(root)}.yaml`, [terraform(topology, root, options)], root.source),
    ),
  ];
}

/** https://fluxcd.io/flux/components/source/gitrepositories/ */
function repository(
  topology: Topology,
  { name, revision, source }: Environment,
  { repositorySecret }: ArgoCdOptions,
): KubernetesObject {
  const { name: ecosystem, library, extra } = topology;
  const modules = [...new Set(extra.filter(({ root }) => root !== undefined).map(({ folder }) => folder))].sort();
  return kubernetesObject(
    {
      apiVersion: "source.toolkit.fluxcd.io/v1",
      kind: "GitRepository",
      name: gitRepository(ecosystem, name),
      namespace: NAMESPACES.terraform,
      labels: platformLabels(ecosystem, "terraform"),
      annotations: { ...CONFIRM, ...syncWave(-1) },
      source,
    },
    {
      spec: {
        url: gitUrl(topology.repository.url),
        ref: { branch: revision },
        interval: "5m",
        timeout: "1m",
        sparseCheckout: ["generated/terraform", library.modules, ...modules].map((path) =>
          inRepository(topology, path),
        ),
        ...(repositorySecret === undefined ? {} : { secretRef: { name: repositorySecret } }),
      },
    },
  );
}

/** https://flux-iac.github.io/tofu-controller/References/terraform/ */
function terraform(topology: Topology, root: TerraformRoot, options: ArgoCdOptions): KubernetesObject {
  const { name: ecosystem, clouds, terraformRoots } = topology;
  const cloud = clouds.find(({ name }) => name === root.cloud)!;
  const dependsOn = terraformRoots.filter(({ name, apply }) => root.dependsOn.includes(name) && apply === "continuous");
  return kubernetesObject(
    {
      apiVersion: "infra.contrib.fluxcd.io/v1alpha2",
      kind: "Terraform",
      name: objectName(root),
      namespace: NAMESPACES.terraform,
      labels: platformLabels(ecosystem, objectName(root)),
      annotations: CONFIRM,
      source: root.source,
    },
    {
      spec: {
        path: `./${inRepository(topology, root.path)}`,
        sourceRef: {
          kind: "GitRepository",
          name: gitRepository(ecosystem, root.environment.name),
          namespace: NAMESPACES.terraform,
        },
        interval: "15m",
        retryInterval: "2m",
        // `disable` looks for drift and does nothing else: CI applies these roots, behind an approval.
        approvePlan: root.apply === "continuous" ? "auto" : "disable",
        // A root that CI applies never counts as updated here, so that waiting for it would be for ever.
        ...(dependsOn.length === 0 ? {} : { dependsOn: dependsOn.map((other) => ({ name: objectName(other) })) }),
        backendConfig: { customConfiguration: backend(root, cloud) },
        destroyResourcesOnDeletion: false, // whoever deletes this object keeps the cloud as it is
        upgradeOnInit: false, // providers move when the config does
        storeReadablePlan: "human",
        serviceAccountName: "tf-runner",
        runnerPodTemplate: { spec: runnerPod(cloud, options.identities ?? {}) },
      },
    },
  );
}

const objectName = ({ name }: TerraformRoot): string => terraformObject(name);

/** The backend of the root's own file, word for word. It stands in a file that overrides that one. */
function backend(root: TerraformRoot, cloud: Cloud): string {
  const { type, arguments: given } = backendArguments(root, cloud);
  return hclFile([block("backend", [type], given)]);
}

import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Runner as ConfigRunner } from "../config/model/clusters.ts";
import { rootName, terraformPath } from "../facts/names.ts";
import type { Choices } from "../lock/choices.ts";
import { oneOf } from "../lock/forms.ts";
import { familyTable, needsOf } from "../facts/tables/machine-families.ts";
import { entries } from "./resolve.ts";
import type { Secrets } from "./secrets.ts";
import type { Cloud } from "../topology/clouds.ts";
import type { Cluster } from "../topology/clusters.ts";
import type { Environment } from "../topology/environments.ts";
import type { Runner, VmRunner } from "../topology/runners.ts";
import type { TerraformRoot } from "../topology/terraform.ts";

/** Pools of CI runners. */
export function lowerRunners({ runners, clusters }: Ecosystem, clouds: readonly Cloud[], secrets: Secrets): Runner[] {
  return entries<ConfigRunner>(runners, "runners").map(({ name, value, source }): Runner => {
    const shared = {
      name,
      source,
      min: value.min,
      max: value.max,
      labels: value.labels ?? [name],
      token:
        value.kind === "arc"
          ? secrets.on(value.token, clusters[value.cluster]!.environment, value.cluster)
          : secrets.declared(value.token),
    };
    if (value.kind === "arc") return { kind: "arc", ...shared, cluster: value.cluster };
    const cloud = clouds.find((cloud) => cloud.name === value.cloud)!;
    const { disk: bootDisk } = needsOf(familyTable(), cloud.kind, value.machineType);
    return {
      kind: "vm",
      ...shared,
      cloud: cloud.name,
      cloudKind: cloud.kind,
      account: cloud.account,
      region: cloud.regions.find((region) => region.name === value.region)!,
      machineType: value.machineType,
      ...(bootDisk === undefined ? {} : { bootDisk }),
      spot: value.spot ?? true,
    };
  });
}

/** What the roots of a cloud are made from. */
interface RootInputs {
  ecosystem: Ecosystem;
  clouds: readonly Cloud[];
  clusters: readonly Cluster[];
  runners: readonly Runner[];
  environments: readonly Environment[];
  choices: Choices;
}

/** Every Terraform state: one store and one foundation per entry of the clouds, one root per cluster, one for a cloud's runners. */
export function lowerTerraformRoots({
  ecosystem,
  clouds,
  clusters,
  runners,
  environments,
  choices,
}: RootInputs): TerraformRoot[] {
  const names = oneOf(environments.map(({ name }) => name));
  return clouds.flatMap(({ name: cloud, kind: cloudKind, source }) => {
    const inside = clusters.filter((cluster) => cluster.cloud === cloud);
    const pools = runners.filter((runner): runner is VmRunner => runner.kind === "vm" && runner.cloud === cloud);
    const latest = () =>
      environments.findLast(({ name }) => inside.some(({ environment }) => environment.name === name)) ??
      environments.at(-1)!;
    // Not by its clusters of today: one of production must not put a person between staging and its network.
    const of =
      ecosystem.clouds[cloud]!.foundation?.environment ??
      choices.read(`${source}.foundation.environment`, names, { now: () => latest().name });
    const environment = environments.find(({ name }) => name === of)!;
    const root = (kind: TerraformRoot["kind"], name: string, rest: Partial<TerraformRoot> = {}): TerraformRoot => ({
      name: rootName(cloud, name),
      kind,
      cloud,
      cloudKind,
      source,
      path: terraformPath(cloud, name),
      stateKey: `${cloud}/${name}`,
      environment,
      apply: environment.apply,
      dependsOn: [rootName(cloud, "foundation")],
      ...rest,
    });
    return [
      root("state-store", "state-store", { apply: "manual", dependsOn: [] }),
      root("foundation", "foundation", { dependsOn: [] }),
      ...(pools.length === 0
        ? []
        : [root("runners", "runners", { runners: pools.map(({ name }) => name), source: pools[0]!.source })]),
      ...inside.map((cluster) =>
        root("cluster", cluster.name, {
          source: cluster.source,
          cluster: cluster.name,
          environment: cluster.environment,
          // No cluster applies the root that it runs on.
          apply: cluster.management ? "gated" : cluster.environment.apply,
        }),
      ),
    ];
  });
}

/** Names that roots of their own use; a cluster may not have them. */
export const RESERVED_ROOTS: readonly string[] = ["state-store", "foundation", "runners"];

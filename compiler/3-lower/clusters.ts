import type { Cluster as ConfigCluster, NodePool as ConfigNodePool } from "../config/model/clusters.ts";
import type { Ecosystem } from "../config/model/ecosystem.ts";
import { childPath } from "../diagnostics/config-path.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { clusterPath } from "../facts/names.ts";
import type { Choices } from "../lock/choices.ts";
import { MINOR, NAME } from "../lock/forms.ts";
import { newest, nextMinor } from "../facts/tables/kubernetes.ts";
import { familyTable, needsOf } from "../facts/tables/machine-families.ts";
import { registriesReader } from "./registries.ts";
import { compareNames, entries, sorted, type TunableReader } from "./resolve.ts";
import type { CloudKind } from "../config/model/clouds.ts";
import type { Cloud } from "../topology/clouds.ts";
import type { Cluster, NodePool } from "../topology/clusters.ts";
import type { Environment } from "../topology/environments.ts";

/** Clusters without their add-ons: those follow from the workloads. */
export function lowerClusters(
  ecosystem: Ecosystem,
  clouds: readonly Cloud[],
  environments: readonly Environment[],
  tunables: TunableReader,
  choices: Choices,
): Cluster[] {
  const registriesOn = registriesReader(ecosystem);
  return entries<ConfigCluster>(ecosystem.clusters, "clusters").map(({ name, value, source }) => {
    const cloud = clouds.find((cloud) => cloud.name === value.cloud)!;
    const endpoint = value.endpoint ?? {};
    choices.hold(`${source}.cloud`, cloud.name, NAME, (before) => moved(name, value, before));
    return {
      name,
      source,
      cloud: cloud.name,
      cloudKind: cloud.kind,
      account: cloud.account,
      region: cloud.regions.find((region) => region.name === value.region)!,
      environment: environments.find((environment) => environment.name === value.environment)!,
      version: value.version ?? versionOf(cloud.kind, source, choices),
      highlyAvailable: value.highlyAvailable ?? true,
      endpoint: {
        source: `${source}.endpoint`,
        public: endpoint.public ?? false,
        authorizedNetworks: [...(endpoint.authorizedNetworks ?? [])].sort(compareNames),
      },
      nodePools: entries(value.nodePools, `${source}.nodePools`).map((pool) =>
        lowerNodePool(cloud.kind, pool, tunables),
      ),
      admins: "admins" in value ? (value.admins ?? []) : [],
      existing: value.existing ?? false,
      registries: registriesOn(value.environment, name),
      management: ecosystem.management.cluster === name,
      path: clusterPath(name),
    };
  });
}

/** A cluster that the config puts into another cloud than the one that it was made in. */
const moved = (name: string, { cloud, environment }: ConfigCluster, before: string): Diagnostic => ({
  id: "lock/moved",
  severity: "error",
  at: `${childPath("clusters", name)}.cloud`,
  message: `${name} was in ${before}, and cannot move to ${cloud}: its state and its identities are of the account of ${before}`,
  idea: `clusters of ${environment} were in ${before}, and cannot move to ${cloud}: their states and identities are of the account of ${before}`,
  hint: `leave it in ${before}, and add a cluster with another name in ${cloud}; place the services there, and take ${name} out when nothing runs on it`,
});

/** What a cluster gets that says no version; "1.33" is what compilers without a lock took. */
const versionOf = (cloud: CloudKind, source: string, choices: Choices): string =>
  choices.read(`${source}.version`, MINOR, {
    now: () => newest(cloud),
    before: () => "1.33",
    after: (old) => nextMinor(cloud, old),
  });

function lowerNodePool(
  cloud: CloudKind,
  { name, value, source }: { name: string; value: ConfigNodePool; source: string },
  tunables: TunableReader,
): NodePool {
  const min = tunables.read(value.min, `${source}.min`);
  const { disk: bootDisk, image } = needsOf(familyTable(), cloud, value.machineType);
  return {
    name,
    source,
    machineType: value.machineType,
    spot: value.spot ?? false,
    min,
    max: tunables.read(value.max, `${source}.max`),
    initial: value.initial ?? min,
    disk: value.disk ?? "100Gi",
    ...(bootDisk === undefined ? {} : { bootDisk }),
    ...(typeof image === "string" ? { image } : {}),
    labels: sorted(value.labels),
    taints: (value.taints ?? []).map(({ key, value, effect }) => ({ key, value, effect })),
  };
}

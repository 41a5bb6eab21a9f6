import type { Ecosystem } from "../config/model/ecosystem.ts";
import type {
  Aws,
  Azure,
  CloudKind,
  Gcp,
  GcpRegion,
  GcpSubnet,
  Region as ConfigRegion,
} from "../config/model/clouds.ts";
import type { Secret } from "../config/model/secrets.ts";
import type { Cidr } from "../config/units.ts";
import { compose, stateStoreName, subnetName } from "../facts/names.ts";
import { fewestParts } from "../facts/subnet-parts.ts";
import { zonesOf, zoneTable } from "../facts/tables/zones.ts";
import { kindOf, KINDS } from "../2-validate/kinds.ts";
import type { Choices } from "../lock/choices.ts";
import { COUNT, NAME, VERSION, ZONES } from "../lock/forms.ts";
import { entries } from "./resolve.ts";
import { chooseRanges, prefixOf, rangeOf, type Range, type WantedRange } from "./ranges.ts";
import type { Cloud, Region } from "../topology/clouds.ts";

/** The entries of the config by kind, then by name. */
const cloudEntries = (clouds: Ecosystem["clouds"]) =>
  entries(clouds, "clouds")
    .flatMap(({ name, value, source }) =>
      value === undefined ? [] : [{ name, value, source, kind: kindOf(name, value)! }],
    )
    .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));

/** Pods: shared address space (RFC 6598), routed inside the clouds alone. */
const POD_RANGE = { pool: "100.64.0.0/10", prefix: { gcp: 17, azure: 16 } } as const;
/** Services: virtual addresses, seen inside one cluster alone. */
const SERVICE_RANGE = { pool: "172.20.0.0/14", prefix: 20 } as const;

const account = {
  gcp: (cloud: Gcp) => cloud.project,
  aws: (cloud: Aws) => cloud.account,
  azure: (cloud: Azure) => cloud.subscription,
};

/** Clouds with their regions; what the config leaves out and a cloud cannot change later is chosen once. */
export function lowerClouds({ name: ecosystem, clouds, secrets }: Ecosystem, choices: Choices): Cloud[] {
  const ranges = chooseRanges(wantedRanges(clouds), writtenRanges(clouds), choices);
  return cloudEntries(clouds).map(({ name, kind, value: cloud, source }) => {
    const id = account[kind](cloud as Gcp & Aws & Azure);
    const network = {
      name: cloud.network.name,
      cidr: cloud.network.cidr,
      existing: cloud.network.existing ?? false,
      source: `${source}.network`,
    };
    const regions = regionsOf(cloud, source).map(({ name: region, value, source }): Region => {
      const { subnet } = value;
      const at = `${source}.subnet`;
      const pods = subnet.pods ?? ranges.get(`${at}.pods`);
      const zones = zonesIn(kind, { region, source, written: value.zones }, choices);
      return {
        name: region,
        cloud: name,
        cloudKind: kind,
        source,
        ...zones,
        subnet: {
          source: at,
          name: subnet.name ?? subnetName(kind, network, region),
          cidr: subnet.cidr,
          ...(pods === undefined ? {} : { pods }),
          services: subnet.services ?? ranges.get(`${at}.services`)!,
          ...(kind === "gcp" ? secondaryRanges(subnet) : {}),
          ...(kind === "aws" && !network.existing ? { parts: partsOf(at, subnet.cidr, zones.zones, choices) } : {}),
          written: {
            name: subnet.name !== undefined,
            pods: subnet.pods !== undefined,
            services: subnet.services !== undefined,
          },
        },
      };
    });
    const home = () => regions[0]?.name ?? "";
    const secretManager =
      cloud.secretManager ?? Object.values(secrets ?? {}).some((secret) => storesOf(secret, name).includes(name));
    return {
      name,
      kind,
      source,
      account: id,
      ...(kind === "azure" ? azureOnly(cloud as Azure) : {}),
      network,
      regions,
      ...(cloud.budgetAccount === undefined ? {} : { budgetAccount: cloud.budgetAccount }),
      secretManager,
      provider: cloud.provider ?? choices.read(`${source}.provider`, VERSION, { now: () => PROVIDERS[kind] }),
      stateStore: {
        bucket: stateStoreName({ name, kind, account: id }, ecosystem),
        region: cloud.stateStore?.region ?? choices.read(`${source}.stateStore.region`, NAME, { now: home }),
        ...(kind === "azure" ? { resourceGroup: stateGroup(name, ecosystem), container: "tfstate" } : {}),
      },
    };
  });
}

/** The resource group of a state store on azure: two entries may be of one subscription. */
const stateGroup = (name: string, ecosystem: string): string =>
  compose(name === "azure" ? [ecosystem, "tfstate"] : [ecosystem, name, "tfstate"]);

/** The versions of the providers that the modules ask for. */
const PROVIDERS: Record<CloudKind, string> = { gcp: "~> 6.50", aws: "~> 6.25", azure: "~> 4.55" };

const regionsOf = (cloud: Gcp | Aws | Azure, source: string) =>
  entries<ConfigRegion | GcpRegion>(cloud.regions, `${source}.regions`);

const secondaryRanges = ({ secondaryRanges: written }: GcpSubnet) => ({
  secondaryRanges: { pods: written?.pods ?? "pods", services: written?.services ?? "services" },
});

const azureOnly = ({ tenant, keyVault }: Azure) => ({ tenant, ...(keyVault === undefined ? {} : { keyVault }) });

/** The narrowest range that can be cut in eighths: a public subnet, an eighth of one, is no smaller than a /28. */
const EIGHTHS_TO = 22;

/**
 * How a region's range on AWS is shared out: into equal parts, one for each zone and the last for what is public. Both
 * are chosen once, so that another zone takes a free part and moves none.
 */
function partsOf(at: string, cidr: Cidr, zones: readonly string[], choices: Choices): Region["subnet"]["parts"] {
  const enough = fewestParts(zones.length);
  const count = choices.read(`${at}.parts`, COUNT, {
    now: () => (prefixOf(cidr) <= EIGHTHS_TO ? Math.max(8, enough) : enough),
    before: () => enough,
  });
  const path = (zone: string) => `${at}.partOf.${zone}`;
  const taken = new Set(zones.flatMap((zone) => choices.recorded(path(zone), COUNT) ?? []));
  const free = (): number => {
    let part = 0;
    while (taken.has(part)) part++;
    taken.add(part);
    return part;
  };
  return { count, of: Object.fromEntries(zones.map((zone) => [zone, choices.read(path(zone), COUNT, { now: free })])) };
}

/** How many zones a cluster needs to survive the loss of one: what votes on its nodes keeps a majority. */
export const ENOUGH_ZONES = 3;

/**
 * The zones that the config names, or else the first ones that the region has. GCP chooses by itself where none is
 * named; nothing is chosen for a region that the table does not know.
 */
function zonesIn(
  cloud: CloudKind,
  { region, source, written }: { region: string; source: string; written: readonly string[] | undefined },
  choices: Choices,
): Pick<Region, "zones" | "zonesFrom"> {
  if (written !== undefined) return { zones: written, zonesFrom: "config" };
  if (cloud === "gcp") return { zones: [], zonesFrom: "cloud" };
  const zones = choices.read(`${source}.zones`, ZONES, {
    now: () => zonesOf(zoneTable(), cloud, region)?.slice(0, ENOUGH_ZONES),
    before: () => (cloud === "aws" ? ["a", "b", "c"].map((letter) => `${region}${letter}`) : ["1", "2", "3"]),
  });
  return zones === undefined ? { zones: [], zonesFrom: "nowhere" } : { zones, zonesFrom: "table" };
}

/** How many zones a cluster of this region spreads over; GCP's own choice is three. */
export const zoneCount = ({ cloudKind, zones }: Pick<Region, "cloudKind" | "zones">): number =>
  cloudKind === "gcp" && zones.length === 0 ? ENOUGH_ZONES : zones.length;

/** Every range that the config writes itself: nothing that is chosen may lie in one. */
const writtenRanges = (clouds: Ecosystem["clouds"]): Range[] =>
  cloudEntries(clouds)
    .flatMap(({ value: { network, regions } }) => [
      network.cidr,
      ...Object.values(regions).flatMap(({ subnet: { cidr, pods, services } }) => [cidr, pods, services]),
    ])
    .filter((cidr) => cidr !== undefined)
    .map(rangeOf);

/** Every range that the config leaves to be chosen, in the order in which places are given out. */
const wantedRanges = (clouds: Ecosystem["clouds"]): WantedRange[] =>
  cloudEntries(clouds).flatMap(({ kind, value, source: at }) =>
    regionsOf(value, at).flatMap(({ value: { subnet }, source }) => [
      ...(kind === "aws" || subnet.pods !== undefined
        ? []
        : [
            {
              path: `${source}.subnet.pods`,
              purpose: source,
              pool: POD_RANGE.pool,
              prefix: POD_RANGE.prefix[kind],
            } as const,
          ]),
      ...(subnet.services !== undefined
        ? []
        : [{ path: `${source}.subnet.services`, purpose: source, ...SERVICE_RANGE }]),
    ]),
  );

/** Every store that a secret is kept in somewhere; one that names none is in that of whoever reads it, perhaps in `own`. */
const storesOf = ({ store, in: environments = {}, on: clusters = {} }: Secret, own: string): string[] => {
  const differing = [...Object.values(environments), ...Object.values(clusters)];
  return [store, ...differing.flatMap((difference) => (difference?.store === undefined ? [] : [difference.store]))].map(
    (name) => name ?? own,
  );
};

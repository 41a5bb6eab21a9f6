import ipaddr from "ipaddr.js";
import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Aws, Azure, Gcp, GcpRegion, GcpSubnet, Region as ConfigRegion } from "../config/model/foundation.ts";
import type { Cidr } from "../config/units.ts";
import { compose, stateStoreName } from "./names.ts";
import { entries } from "./resolve.ts";
import type { Cloud, CloudName, Region } from "./topology.ts";

/** Fixed order: also the order in which free ranges are given out. */
export const CLOUDS: readonly CloudName[] = ["gcp", "aws", "azure"];

/** Pods: shared address space (RFC 6598), routed inside the clouds alone. */
const POD_RANGE = { base: "100.64.0.0", prefix: { gcp: 17, azure: 16 } } as const;
/** Services: virtual addresses, seen inside one cluster alone. */
const SERVICE_RANGE = { base: "172.20.0.0", prefix: 20 } as const;

const account = {
  gcp: (cloud: Gcp) => cloud.project,
  aws: (cloud: Aws) => cloud.account,
  azure: (cloud: Azure) => cloud.subscription,
};

/** Clouds with their regions; ranges that the config leaves out are taken from the shared address space, one after the other. */
export function lowerClouds({ name: ecosystem, clouds, secrets }: Ecosystem): Cloud[] {
  const podRanges = rangeAllocator(POD_RANGE.base, writtenRanges(clouds, "pods"));
  const serviceRanges = rangeAllocator(SERVICE_RANGE.base, writtenRanges(clouds, "services"));
  return CLOUDS.flatMap((name) => {
    const cloud = clouds[name];
    if (cloud === undefined) return [];
    const source = `clouds.${name}`;
    const id = account[name](cloud as Gcp & Aws & Azure);
    const network = { name: cloud.network.name, cidr: cloud.network.cidr, existing: cloud.network.existing ?? false, source: `${source}.network` };
    const regions = entries<ConfigRegion | GcpRegion>(cloud.regions, `${source}.regions`).map(({ name: region, value: { subnet, zones }, source }): Region => {
      const pods = subnet.pods ?? (name === "aws" ? undefined : podRanges(POD_RANGE.prefix[name]));
      return {
        name: region,
        cloud: name,
        source,
        zones: zones ?? defaultZones[name](region),
        subnet: {
          source: `${source}.subnet`,
          name: subnet.name ?? compose([network.name, region]),
          cidr: subnet.cidr,
          ...(pods === undefined ? {} : { pods }),
          services: subnet.services ?? serviceRanges(SERVICE_RANGE.prefix),
          ...(name === "gcp" ? secondaryRanges(subnet) : {}),
          written: { pods: subnet.pods !== undefined, services: subnet.services !== undefined },
        },
      };
    });
    return {
      name,
      source,
      account: id,
      ...(name === "azure" ? azureOnly(cloud as Azure) : {}),
      network,
      regions,
      ...(cloud.budgetAccount === undefined ? {} : { budgetAccount: cloud.budgetAccount }),
      secretManager: cloud.secretManager ?? Object.values(secrets ?? {}).some(({ store }) => store === name),
      stateStore: {
        bucket: stateStoreName(name, ecosystem, id),
        region: regions[0]?.name ?? "",
        ...(name === "azure" ? { resourceGroup: compose([ecosystem, "tfstate"]), container: "tfstate" } : {}),
      },
    };
  });
}

const secondaryRanges = ({ secondaryRanges: written }: GcpSubnet) => ({ secondaryRanges: { pods: written?.pods ?? "pods", services: written?.services ?? "services" } });

const azureOnly = ({ tenant, keyVault }: Azure) => ({ tenant, ...(keyVault === undefined ? {} : { keyVault }) });

/** What the clouds call their zones. GCP chooses three by itself: an empty list leaves it the choice. */
const defaultZones: Record<CloudName, (region: string) => string[]> = {
  gcp: () => [],
  aws: (region) => ["a", "b", "c"].map((letter) => `${region}${letter}`),
  azure: () => ["1", "2", "3"],
};

/** How many zones a cluster of this region spreads over; GCP's own choice is three. */
export const zoneCount = ({ zones }: Pick<Region, "zones">): number => zones.length || 3;

type Range = readonly [first: number, last: number];

function writtenRanges(clouds: Ecosystem["clouds"], which: "pods" | "services"): Range[] {
  return CLOUDS.flatMap((name) => Object.values(clouds[name]?.regions ?? {})).flatMap(({ subnet }) => (subnet[which] ? [rangeOf(subnet[which])] : []));
}

/** Gives out ranges one after the other, aligned to their size, past whatever the config wrote itself. */
function rangeAllocator(base: string, taken: readonly Range[]): (prefix: number) => Cidr {
  let next = toNumber(base);
  return (prefix) => {
    const size = 2 ** (32 - prefix);
    let first = Math.ceil(next / size) * size;
    for (let hit: Range | undefined; (hit = taken.find(([from, to]) => from < first + size && first <= to)); ) first = Math.ceil((hit[1] + 1) / size) * size;
    next = first + size;
    return `${toAddress(first)}/${prefix}` as Cidr;
  };
}

/** First and last address of a network, as numbers. */
export function rangeOf(cidr: Cidr): Range {
  const [address, prefix] = ipaddr.IPv4.parseCIDR(cidr);
  const size = 2 ** (32 - prefix);
  const first = Math.floor(toNumber(address.toString()) / size) * size;
  return [first, first + size - 1];
}

const toNumber = (address: string): number => ipaddr.IPv4.parse(address).octets.reduce((sum, octet) => sum * 256 + octet, 0);
const toAddress = (value: number): string => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");

import { createHash } from "node:crypto";
import ipaddr from "ipaddr.js";
import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Aws, Azure, Gcp, GcpRegion, GcpSubnet, Region as ConfigRegion } from "../config/model/clouds.ts";
import type { Cidr } from "../config/units.ts";
import { DiagnosticError } from "../diagnostics/diagnostic.ts";
import { compose, stateStoreName } from "../facts/names.ts";
import { zonesOf, zoneTable } from "../facts/tables/zones.ts";
import { entries } from "./resolve.ts";
import type { Cloud, CloudName, Region } from "../topology/clouds.ts";

/** Fixed order: also the order in which free ranges are given out. */
export const CLOUDS: readonly CloudName[] = ["gcp", "aws", "azure"];

/** Pods: shared address space (RFC 6598), routed inside the clouds alone. */
const POD_RANGE = { pool: "100.64.0.0/10", prefix: { gcp: 17, azure: 16 } } as const;
/** Services: virtual addresses, seen inside one cluster alone. */
const SERVICE_RANGE = { pool: "172.20.0.0/14", prefix: 20 } as const;

const account = {
  gcp: (cloud: Gcp) => cloud.project,
  aws: (cloud: Aws) => cloud.account,
  azure: (cloud: Azure) => cloud.subscription,
};

/** Clouds with their regions; ranges that the config leaves out are chosen for it. */
export function lowerClouds({ name: ecosystem, clouds, secrets }: Ecosystem): Cloud[] {
  const written = writtenRanges(clouds);
  const podRange = rangeAllocator(POD_RANGE.pool, written);
  const serviceRange = rangeAllocator(SERVICE_RANGE.pool, written);
  return CLOUDS.flatMap((name) => {
    const cloud = clouds[name];
    if (cloud === undefined) return [];
    const source = `clouds.${name}`;
    const id = account[name](cloud as Gcp & Aws & Azure);
    const network = {
      name: cloud.network.name,
      cidr: cloud.network.cidr,
      existing: cloud.network.existing ?? false,
      source: `${source}.network`,
    };
    const regions = entries<ConfigRegion | GcpRegion>(cloud.regions, `${source}.regions`).map(
      ({ name: region, value: { subnet, zones }, source }): Region => {
        const pods = subnet.pods ?? (name === "aws" ? undefined : podRange(source, POD_RANGE.prefix[name]));
        return {
          name: region,
          cloud: name,
          source,
          ...chooseZones(name, region, zones),
          subnet: {
            source: `${source}.subnet`,
            name: subnet.name ?? compose([network.name, region]),
            cidr: subnet.cidr,
            ...(pods === undefined ? {} : { pods }),
            services: subnet.services ?? serviceRange(source, SERVICE_RANGE.prefix),
            ...(name === "gcp" ? secondaryRanges(subnet) : {}),
            written: { pods: subnet.pods !== undefined, services: subnet.services !== undefined },
          },
        };
      },
    );
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

const secondaryRanges = ({ secondaryRanges: written }: GcpSubnet) => ({
  secondaryRanges: { pods: written?.pods ?? "pods", services: written?.services ?? "services" },
});

const azureOnly = ({ tenant, keyVault }: Azure) => ({ tenant, ...(keyVault === undefined ? {} : { keyVault }) });

/** How many zones a cluster needs to survive the loss of one: what votes on its nodes keeps a majority. */
export const ENOUGH_ZONES = 3;

/** The zones that the config names, or else the first ones that the region has. GCP chooses by itself where none is named. */
function chooseZones(
  cloud: CloudName,
  region: string,
  written?: readonly string[],
): Pick<Region, "zones" | "zonesFrom"> {
  if (written !== undefined) return { zones: written, zonesFrom: "config" };
  if (cloud === "gcp") return { zones: [], zonesFrom: "cloud" };
  const known = zonesOf(zoneTable(), cloud, region);
  return known === undefined
    ? { zones: [], zonesFrom: "nowhere" }
    : { zones: known.slice(0, ENOUGH_ZONES), zonesFrom: "table" };
}

/** How many zones a cluster of this region spreads over; GCP's own choice is three. */
export const zoneCount = ({ cloud, zones }: Pick<Region, "cloud" | "zones">): number =>
  cloud === "gcp" && zones.length === 0 ? ENOUGH_ZONES : zones.length;

type Range = readonly [first: number, last: number];

/** Every range that the config writes itself: nothing that is chosen may lie in one. */
const writtenRanges = (clouds: Ecosystem["clouds"]): Range[] =>
  CLOUDS.flatMap((name) => [
    clouds[name]?.network.cidr,
    ...Object.values(clouds[name]?.regions ?? {}).flatMap(({ subnet: { cidr, pods, services } }) => [
      cidr,
      pods,
      services,
    ]),
  ])
    .filter((cidr) => cidr !== undefined)
    .map(rangeOf);

/**
 * Chooses a free range of a pool by the hash of what it is for, so that another region does not move the ranges of
 * those that are there: a cluster's ranges cannot change during its life. Where two fall on one place, the later name
 * takes the next free one.
 */
function rangeAllocator(pool: Cidr, written: readonly Range[]): (purpose: string, prefix: number) => Cidr {
  const taken = [...written];
  const [from, to] = rangeOf(pool);
  return (purpose, prefix) => {
    const size = 2 ** (32 - prefix);
    const places = (to - from + 1) / size;
    const start = createHash("sha256").update(purpose).digest().readUInt32BE() % places;
    for (let place = 0; place < places; place++) {
      const first = from + ((start + place) % places) * size;
      if (taken.some(([low, high]) => low < first + size && first <= high)) continue;
      taken.push([first, first + size - 1]);
      return `${toAddress(first)}/${prefix}` as Cidr;
    }
    throw new DiagnosticError([
      {
        id: "networks/overlapping-cidrs",
        severity: "error",
        at: `${purpose}.subnet`,
        message: `no /${prefix} of ${pool} is free`,
        hint: "write the ranges for pods and services yourself",
      },
    ]);
  };
}

/** First and last address of a network, as numbers. */
export function rangeOf(cidr: Cidr): Range {
  const [address, prefix] = ipaddr.IPv4.parseCIDR(cidr);
  const size = 2 ** (32 - prefix);
  const first = Math.floor(toNumber(address.toString()) / size) * size;
  return [first, first + size - 1];
}

const toNumber = (address: string): number =>
  ipaddr.IPv4.parse(address).octets.reduce((sum, octet) => sum * 256 + octet, 0);
const toAddress = (value: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");

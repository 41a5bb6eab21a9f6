import { mebibytes, type MachineRow } from "./table.ts";

/** libcloud's `INSTANCE_TYPES`. */
export type Ec2Types = Readonly<Record<string, { ram: number; extra: { vcpu: string } }>>;
/** libcloud's `ec2_linux`: price by type and region. */
export type Ec2Prices = Readonly<Record<string, Readonly<Record<string, number>>>>;

const SIZES: Readonly<Record<string, number>> = { medium: 1, large: 2 };
/** GiB per vCPU of the compute, general purpose and memory families: https://aws.amazon.com/ec2/instance-types/ */
const RATIOS: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8 };

/**
 * Cores and GiB by name, for families that are younger than libcloud's list: an `xlarge` has 4 vCPUs, and the family's
 * letter fixes the memory per vCPU since the fifth generation
 * (https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html).
 */
export function ec2Size(type: string): readonly [cores: number, gibibytes: number] | undefined {
  const match = /^([cmr])(?:[5-9]|1\d)(?!n\.)[a-z]*(?:-flex)?\.(?:(\d*)xlarge|(medium|large))$/.exec(type);
  if (!match) return undefined;
  const [, family, count, small] = match;
  const cores = small === undefined ? 4 * Number(count || 1) : SIZES[small]!;
  return [cores, cores * RATIOS[family!]!];
}

/** The generated price list of AWS' Karpenter provider: one region, current. */
export function karpenterPrices(source: string): Map<string, number> {
  return new Map(
    [...source.matchAll(/"([a-z0-9-]+\.[a-z0-9-]+)": ([0-9.]+)/g)].map(([, type, price]) => [type!, Number(price)]),
  );
}

export function awsMachines(
  types: Ec2Types,
  home: { region: string; prices: ReadonlyMap<string, number> },
  elsewhere: Ec2Prices,
): MachineRow[] {
  const abroad = trusted(home, elsewhere);
  return [...new Set([...Object.keys(types), ...home.prices.keys()])].flatMap((type) => {
    const known = types[type];
    const size = known ? ([Number(known.extra.vcpu), known.ram / 1024] as const) : ec2Size(type);
    if (size === undefined) return [];
    const hourly = new Map(abroad.get(type));
    const price = home.prices.get(type);
    if (price !== undefined) hourly.set(home.region, price);
    return [{ type, cores: size[0], mebibytes: mebibytes(size[1]), hourly }];
  });
}

/** Prices of one family in one region agree when their ratio to the home region's is the same within this share. */
const TOLERANCE = 0.01;

/**
 * A quarter of libcloud's prices are those of dedicated tenancy, 6 to 10 % above, without saying so. Within a family,
 * the ratio between two regions' prices is the same for every size: a price is kept where another size's has the same
 * ratio to the home region's and no agreeing pair is lower. Zero means that libcloud does not know it.
 */
function trusted(
  home: { region: string; prices: ReadonlyMap<string, number> },
  prices: Ec2Prices,
): Map<string, Map<string, number>> {
  const families = new Map<string, { type: string; region: string; price: number; ratio: number }[]>();
  for (const [type, regions] of Object.entries(prices)) {
    const reference = home.prices.get(type);
    if (reference === undefined) continue;
    for (const [region, price] of Object.entries(regions)) {
      if (price === 0 || region === home.region) continue;
      const key = `${type.split(".")[0]} ${region}`;
      families.set(key, [...(families.get(key) ?? []), { type, region, price, ratio: price / reference }]);
    }
  }
  const kept = new Map<string, Map<string, number>>();
  for (const offers of families.values()) {
    offers.sort((a, b) => a.ratio - b.ratio);
    const lowest = offers.find(
      ({ ratio }, index) => offers[index + 1] !== undefined && offers[index + 1]!.ratio <= ratio * (1 + TOLERANCE),
    );
    if (lowest === undefined) continue;
    for (const { type, region, price, ratio } of offers) {
      if (ratio < lowest.ratio || ratio > lowest.ratio * (1 + TOLERANCE)) continue;
      kept.set(type, (kept.get(type) ?? new Map<string, number>()).set(region, price));
    }
  }
  return kept;
}

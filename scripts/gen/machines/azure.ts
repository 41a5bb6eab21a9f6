import { mebibytes, type MachineRow } from "./table.ts";

/** Cores and GiB of a size, or undefined where its name does not say. */
type SizeRule = readonly [pattern: RegExp, size: (...groups: string[]) => readonly [cores: number, gibibytes: number]];

/** GiB per vCPU that the features in a name stand for: `l` is low, `m` is more memory, `t` tiny. */
const perCore = (features: string, usual: number) => (features.includes("l") ? 2 : features.includes("m") ? 8 : usual);

/**
 * Names say family, vCPUs, vCPUs left by a constrained size, features and version:
 * https://learn.microsoft.com/azure/virtual-machines/vm-naming-conventions. The memory per vCPU is on each family's
 * page below https://learn.microsoft.com/azure/virtual-machines/sizes/overview; E sizes above 48 vCPUs leave their
 * ratio and are left out.
 */
const RULES: readonly SizeRule[] = [
  [
    /^Standard_D(\d+)(?:-(\d+))?([adlps]*)_v[3-6]$/,
    (vcpus, left, features) => [Number(left ?? vcpus), Number(vcpus) * perCore(features!, 4)],
  ],
  [/^Standard_E([1-4]?\d)(?:-(\d+))?[abdps]*_v[3-6]$/, (vcpus, left) => [Number(left ?? vcpus), Number(vcpus) * 8]],
  [/^Standard_B(\d+)[ap]?ts_v2$/, (vcpus) => [Number(vcpus), 1]],
  [/^Standard_B(\d+)[ap]?(l?)s_v2$/, (vcpus, low) => [Number(vcpus), Number(vcpus) * perCore(low!, 4)]],
  [/^Standard_F(\d+)s(?:_v2)?$/, (vcpus) => [Number(vcpus), Number(vcpus) * 2]],
  [/^Standard_F(\d+)a([lm]?)s_v6$/, (vcpus, features) => [Number(vcpus), Number(vcpus) * perCore(features!, 4)]],
  [/^Standard_L(\d+)a?s_v[23]$/, (vcpus) => [Number(vcpus), Number(vcpus) * 8]],
  [/^Standard_A(\d+)(m?)_v2$/, (vcpus, more) => [Number(vcpus), Number(vcpus) * perCore(more!, 2)]],
];

/**
 * Sizes from before the naming rule:
 * https://learn.microsoft.com/azure/virtual-machines/sizes/general-purpose/dv2-series and /b-series
 */
const OLDER: Readonly<Record<string, readonly [cores: number, gibibytes: number]>> = {
  D1: [1, 3.5],
  D2: [2, 7],
  D3: [4, 14],
  D4: [8, 28],
  D5: [16, 56],
  D11: [2, 14],
  D12: [4, 28],
  D13: [8, 56],
  D14: [16, 112],
  D15: [20, 140],
};
const BURSTABLE: typeof OLDER = {
  B1ls: [1, 0.5],
  B1s: [1, 1],
  B1ms: [1, 2],
  B2s: [2, 4],
  B2ms: [2, 8],
  B4ms: [4, 16],
  B8ms: [8, 32],
  B12ms: [12, 48],
  B16ms: [16, 64],
  B20ms: [20, 80],
};

export function azureSize(type: string): readonly [cores: number, gibibytes: number] | undefined {
  const older = /^Standard_(D)S?(\d+)_v2$/.exec(type);
  if (older) return OLDER[`${older[1]}${older[2]}`];
  const burstable = BURSTABLE[type.replace("Standard_", "")];
  if (burstable) return burstable;
  for (const [pattern, size] of RULES) {
    const match = pattern.exec(type);
    if (match) return size(...match.slice(1));
  }
  return undefined;
}

/** The generated price list of Azure's Karpenter provider: one Go map per region. */
export function azureMachines(source: string): MachineRow[] {
  const types = new Map<string, Map<string, number>>();
  for (const [, region, body] of source.matchAll(
    /initialOnDemandPrices\["([a-z0-9]+)"\] = map\[string\]float64\{([^}]*)\}/g,
  )) {
    for (const [, type, price] of body!.matchAll(/"([A-Za-z0-9_-]+)":\s+([0-9.]+)/g)) {
      if (azureSize(type!) === undefined || Number(price) === 0) continue;
      const hourly = types.get(type!) ?? new Map<string, number>();
      types.set(type!, hourly.set(region!, Number(price)));
    }
  }
  return [...types].map(([type, hourly]) => {
    const [cores, gibibytes] = azureSize(type)!;
    return { type, cores, mebibytes: mebibytes(gibibytes), hourly };
  });
}

import type { ServiceFields } from "../config/model/services.ts";
import type { Reference } from "../config/model/values.ts";
import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { External as ConfigExternal, ExternalFields } from "../config/model/externals.ts";
import { fraction } from "../config/units.ts";
import { isAddress } from "../facts/destinations.ts";
import { merged, writtenAt, type Layer } from "../facts/differences.ts";
import { callsIn, isOutside, type Call, type Place, type PlacedValue } from "../facts/values.ts";
import type { External, ExternalDependency } from "../topology/externals.ts";
import { lowerConnection } from "./calls.ts";
import { Forms } from "./forms.ts";
import { entries } from "./resolve.ts";

export type Externals = Forms<External>;

/** What is declared outside of the platform, in every form that it has on a cluster. */
export function lowerExternals(ecosystem: Ecosystem): Externals {
  const forms = new Forms(ecosystem, "externals", lowerExternal);
  for (const { name } of entries<ConfigExternal>(ecosystem.externals, "externals"))
    for (const { name: cluster, value } of entries(ecosystem.clusters, "clusters"))
      forms.on(name, value.environment, cluster);
  return forms;
}

function lowerExternal(name: string, layers: readonly Layer[]): External {
  const { host, addresses, port, protocol, availability } = merged<ExternalFields>(layers);
  return {
    name,
    source: layers[0]!.at,
    host,
    addresses: addresses ?? (isAddress(host) ? [host] : []),
    port,
    protocol: protocol ?? "tcp",
    ...(availability === undefined ? {} : { availability: fraction(availability) }),
    differs: layers.slice(1).map(({ at }) => at),
    written: {
      host: writtenAt(layers, ["host"]),
      addresses: writtenAt(layers, ["addresses"]),
      port: writtenAt(layers, ["port"]),
      protocol: writtenAt(layers, ["protocol"]),
    },
  };
}

/** Every call that a service's configuration has the address of, by the path in the service. */
export const callsOf = (values: readonly PlacedValue[]): Call[] =>
  values.flatMap(({ value, path: within }) =>
    callsIn(value).map(({ to, path }) => ({ to, path: [...within, ...path] })),
  );

/** The names of what a service calls outside. */
export const externalsNamed = (
  { dependsOn = [] }: Pick<ServiceFields, "dependsOn">,
  calls: readonly Call[],
): string[] => [
  ...dependsOn.flatMap((entry) => ("external" in entry ? [entry.external] : [])),
  ...calls.flatMap(({ to }) => (isOutside(to) ? [to.external] : [])),
];

/** What a service says that it calls outside, and what its configuration has the address of. */
export function externalsOf(
  { dependsOn = [] }: Pick<ServiceFields, "dependsOn">,
  calls: readonly { source: string; to: Reference }[],
  externals: ReadonlyMap<string, External>,
  at: (index: number) => string,
): ExternalDependency[] {
  const said = dependsOn.flatMap((entry, index): ExternalDependency[] =>
    "external" in entry
      ? [
          {
            source: at(index),
            external: externals.get(entry.external)!,
            critical: entry.critical ?? true,
            ...lowerConnection(entry, at(index)),
          },
        ]
      : [],
  );
  const all = new Map(said.map((dependency) => [dependency.external.name, dependency]));
  for (const { source, to } of calls)
    if (isOutside(to) && !all.has(to.external))
      all.set(to.external, { source, external: externals.get(to.external)!, critical: true });
  return [...all.values()];
}

/** Host and port of what is outside, and the scheme of a URL. */
export const placeOutside = ({ host, port, protocol }: External): Place => ({
  scheme: protocol === "https" ? "https" : "http",
  host,
  port,
});

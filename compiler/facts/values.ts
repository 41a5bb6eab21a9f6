import type { ServiceFields } from "../config/model/services.ts";
import type {
  Address,
  AddressPart,
  ExternalAddress,
  ExternalAddressPart,
  ExternalUrl,
  PodValue,
  Reference,
  SecretValue,
  Text,
  Url,
  Value,
  Variable,
} from "../config/model/values.ts";
import type { PathSegment } from "../diagnostics/config-path.ts";

/** A part of a value that names a service or something outside, and where in the value it stands. */
export interface Call<To = Reference> {
  to: To;
  path: readonly PathSegment[];
}

/** A value of a service's configuration, and where in the service it stands. */
export interface PlacedValue {
  value: Variable;
  path: readonly PathSegment[];
}

/** Every value of a service in which addresses may stand, in the order of their names. */
export const valuesOf = ({ config, scaling }: Pick<ServiceFields, "config" | "scaling">): PlacedValue[] => [
  ...(["env", "files"] as const).flatMap((field) =>
    byName(config?.[field]).map(([name, value]): PlacedValue => ({ value, path: ["config", field, name] })),
  ),
  ...byName(scaling?.triggers).flatMap(([name, trigger]): PlacedValue[] => {
    const path = ["scaling", "triggers", name];
    if (trigger.kind === "rabbitmq") return [{ value: trigger.broker, path: [...path, "broker"] }];
    if (trigger.kind !== "kafka") return [];
    return trigger.brokers.map((value, index) => ({ value, path: [...path, "brokers", index] }));
  }),
];

const byName = <T>(record: Readonly<Record<string, T>> = {}): [string, T][] =>
  Object.keys(record)
    .sort()
    .map((name) => [name, record[name]!]);

/** What a part of a value names: a service, or something outside. */
export const isOutside = (to: Reference): to is ExternalAddress | ExternalAddressPart | ExternalUrl =>
  to.kind === "external-address" || to.kind === "external-address-part" || to.kind === "external-url";

/** Everything that a value names to be called. */
export function callsIn(value: Variable): Call[] {
  if (typeof value === "string" || value.kind === "pod" || value.kind === "file" || value.kind === "secret") return [];
  if (value.kind !== "text") return [{ to: value, path: [] }];
  return value.parts.flatMap((part, index) =>
    typeof part === "string" || isSecret(part) ? [] : [{ to: part, path: ["parts", index] }],
  );
}

/** The keys of secrets that a value is made of, and where in it they stand. */
export function secretsIn(value: Variable): { key: SecretValue; path: readonly PathSegment[] }[] {
  if (typeof value === "string") return [];
  if (value.kind === "secret") return [{ key: value, path: [] }];
  if (value.kind !== "text") return [];
  return value.parts.flatMap((part, index) => (isSecret(part) ? [{ key: part, path: ["parts", index] }] : []));
}

/** Host and port of what a value names, and with which scheme it is called. */
export type PlaceOf = (to: Reference) => Place;

export interface Place {
  scheme: "http" | "https";
  /** An address of IPv6 without brackets. */
  host: string;
  port: number;
}

/** Host and port in one, as an address of IPv6 has brackets then. */
export const hostAndPort = ({ host, port }: Pick<Place, "host" | "port">): string =>
  `${host.includes(":") ? `[${host}]` : host}:${port}`;

/** A value as text; one with a secret in it has none. */
export const textOf = (value: Value, placeOf: PlaceOf): string => partsOf(value, placeOf).join("");

/** A value as texts, between which the keys of secrets stand. */
export function partsOf(value: Value, placeOf: PlaceOf): (string | SecretValue)[] {
  if (typeof value === "string") return [value];
  if (value.kind === "file") return [value.text];
  if (value.kind === "text")
    return joined(value.parts.flatMap((part) => (isSecret(part) ? [part] : partsOf(part, placeOf))));
  const place = placeOf(value);
  switch (value.kind) {
    case "address":
    case "external-address":
      return [hostAndPort(place)];
    case "address-part":
    case "external-address-part":
      return [String(place[value.part])];
    case "url":
    case "external-url":
      return [`${place.scheme}://${hostAndPort(place)}${value.path ?? ""}`];
  }
}

/** Texts that follow each other are one. */
function joined(parts: readonly (string | SecretValue)[]): (string | SecretValue)[] {
  const all: (string | SecretValue)[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (typeof part === "string" && typeof last === "string") all[all.length - 1] = last + part;
    else all.push(part);
  }
  return all;
}

const isSecret = (part: Text["parts"][number]): part is SecretValue =>
  typeof part === "object" && part.kind === "secret";

/** The port that a call means, of those that a service has; undefined where it has none of the name, or several and none is named. */
export function portOf<P>(ports: ReadonlyMap<string, P>, { port }: Address | AddressPart | Url): P | undefined {
  if (port !== undefined) return ports.get(port);
  return ports.size === 1 ? [...ports.values()][0] : undefined;
}

/** https://kubernetes.io/docs/concepts/workloads/pods/downward-api/#available-fields */
export const FIELD_PATHS: Readonly<Record<PodValue["field"], string>> = {
  name: "metadata.name",
  namespace: "metadata.namespace",
  ip: "status.podIP",
  serviceAccount: "spec.serviceAccountName",
  node: "spec.nodeName",
  nodeIp: "status.hostIP",
};

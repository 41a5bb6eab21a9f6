import type { DefineEcosystem, DefineService } from "./generated/inference.ts";
import type { Only } from "./literal-names.ts";
import type { BlueGreen, Canary, Rolling, Shadow } from "./model/rollouts.ts";
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
} from "./model/values.ts";
import type { RequestPath } from "./texts.ts";
import type { Tunable } from "./tunable.ts";

/**
 * Describes an ecosystem. Returns its argument as it is; the work is in the types, which turn a misspelt service,
 * cluster, region, secret, SLO, team or strategy into an error at its literal.
 */
export const defineEcosystem: DefineEcosystem = (ecosystem) => ecosystem;

/**
 * Describes a service wherever it stands. Its names stay literals, so that `defineEcosystem` checks them where it is
 * given the service: a wrong one is an error there. In a file of a team, the `defineService` of `project()` finds it where
 * it is written.
 */
export const defineService: DefineService = (service) => service;

/** The SLO names that a strategy gates on stay literals until `defineEcosystem` checks them. */
type Gating<L extends string> = Only<{ slo: L }>;

/** A strategy that moves traffic step by step. */
export const canary = <const L extends string = never>(
  options: Omit<Canary<Gating<L>>, "kind">,
): Canary<Gating<L>> => ({ kind: "canary", ...options });

/** A strategy that starts the new version beside the old one and switches at once. */
export const blueGreen = <const L extends string = never>(
  options: Omit<BlueGreen<Gating<L>>, "kind">,
): BlueGreen<Gating<L>> => ({ kind: "blue-green", ...options });

/** A strategy that shows live traffic to the new version before it answers any. */
export const shadow = <const L extends string = never>(
  options: Omit<Shadow<Gating<L>>, "kind">,
): Shadow<Gating<L>> => ({ kind: "shadow", ...options });

/** Kubernetes' own rolling update. */
export const rolling = (options: Omit<Rolling, "kind"> = {}): Rolling => ({ kind: "rolling", ...options });

/** Names of services, and of what is declared outside, stay literals until `defineEcosystem` checks them. */
type Calling<S extends string> = Only<{ service: S }>;
type Outside<E extends string> = Only<{ external: E }>;
type Secretly<S extends string> = Only<{ secret: S }>;

/**
 * Host and port of a declared service, inside its cluster: `quote.shop:80`; or of something declared in `externals`. Who
 * has it depends on it.
 */
export function address<const S extends string>(service: S, port?: string): Address<Calling<S>>;
export function address<const E extends string>(outside: { external: E }): ExternalAddress<Outside<E>>;
export function address(to: string | { external: string }, port?: string): Address | ExternalAddress {
  if (typeof to === "object") return { kind: "external-address", ...to };
  return { kind: "address", service: to, ...(port === undefined ? {} : { port }) };
}

/**
 * Host of a declared service, inside its cluster: `quote.shop`; or of something declared in `externals`. For software that
 * wants host and port apart; who has one of them depends on the service.
 */
export function host<const S extends string>(service: S, port?: string): AddressPart<Calling<S>>;
export function host<const E extends string>(outside: { external: E }): ExternalAddressPart<Outside<E>>;
export function host(to: string | { external: string }, port?: string): AddressPart | ExternalAddressPart {
  return partOf("host", to, port);
}

/** Number of a port of a declared service, by the port's name; or of something declared in `externals`. */
export function port<const S extends string>(service: S, port?: string): AddressPart<Calling<S>>;
export function port<const E extends string>(outside: { external: E }): ExternalAddressPart<Outside<E>>;
export function port(to: string | { external: string }, port?: string): AddressPart | ExternalAddressPart {
  return partOf("port", to, port);
}

function partOf(part: "host" | "port", to: string | { external: string }, port?: string) {
  if (typeof to === "object") return { kind: "external-address-part", part, ...to } as const;
  return { kind: "address-part", part, service: to, ...(port === undefined ? {} : { port }) } as const;
}

/**
 * URL of a declared service, inside its cluster: `http://quote.shop:80/v1`; or of something declared in `externals`. Who
 * has it depends on it.
 */
export function url<const S extends string>(service: S, port?: string, path?: RequestPath): Url<Calling<S>>;
export function url<const E extends string>(outside: { external: E; path?: RequestPath }): ExternalUrl<Outside<E>>;
export function url(
  to: string | { external: string; path?: RequestPath },
  port?: string,
  path?: RequestPath,
): Url | ExternalUrl {
  if (typeof to === "object") return { kind: "external-url", ...to };
  return {
    kind: "url",
    service: to,
    ...(port === undefined ? {} : { port }),
    ...(path === undefined ? {} : { path }),
  };
}

/** A key of a declared secret, as a variable or within a text of one; without a key its only one. */
export const secret = <const S extends string>(name: S, key?: string): SecretValue<Secretly<S>> => ({
  kind: "secret",
  secret: name,
  ...(key === undefined ? {} : { key }),
});

/** Text around addresses, URLs and secrets, as a template: text`amqp://${address("queue")}/orders`. */
export const text = <const S extends string = never, const E extends string = never, const K extends string = never>(
  strings: TemplateStringsArray,
  ...values: readonly (
    | string
    | number
    | Reference<Only<{ service: S; external: E }>>
    | SecretValue<Only<{ secret: K }>>
  )[]
): Text<Only<{ service: S; external: E; secret: K }>> => ({
  kind: "text",
  parts: strings
    .flatMap((string, index) => (index === 0 ? [string] : [values[index - 1]!, string]))
    .map((part) => (typeof part === "number" ? String(part) : part))
    .filter((part) => part !== ""),
});

/** What only the running pod knows, as a variable: its name, its node. */
export const pod = (field: PodValue["field"]): PodValue => ({ kind: "pod", field });

/** A value that the optimizer may change between bounds. */
export const tunable = <const T extends string | number>(options: Omit<Tunable<T>, "kind">): Tunable<T> => ({
  kind: "tunable",
  ...options,
});

import type { Cluster } from "./model/clusters.ts";
import type { Clouds, GcpRegion, Region } from "./model/clouds.ts";
import type { Environment } from "./model/environments.ts";
import type { Team } from "./model/teams.ts";
import type { Ecosystem } from "./model/ecosystem.ts";
import type { AlertRoute, Observability } from "./model/observability.ts";
import type { Secret } from "./model/secrets.ts";
import type { Experiment, Resilience } from "./model/resilience.ts";
import type { BlueGreen, Canary, Rolling, Shadow, Slo, Strategy } from "./model/rollouts.ts";
import type { Service } from "./model/services.ts";
import type { Names } from "./names.ts";
import type { Tunable } from "./tunable.ts";

/**
 * {@link Ecosystem} with literal names: every family is inferred from the keys that declare it, and `NoInfer` keeps a
 * misspelt use from becoming a new name.
 */
export type TypedEcosystem<
  E extends string,
  T extends string,
  G extends string,
  A extends string,
  Z extends string,
  C extends string,
  X extends string,
  L extends string,
  R extends string,
  F extends string,
  W extends string,
  S extends string,
  N extends Names = {
    environment: NoInfer<E>;
    team: NoInfer<T>;
    gcpRegion: NoInfer<G>;
    awsRegion: NoInfer<A>;
    azureRegion: NoInfer<Z>;
    cluster: NoInfer<C>;
    secret: NoInfer<X>;
    slo: NoInfer<L>;
    rollout: NoInfer<R>;
    experiment: NoInfer<F>;
    alertRoute: NoInfer<W>;
    service: NoInfer<S>;
  },
> = Ecosystem<
  N,
  {
    clouds: Clouds<{ [K in G]: GcpRegion }, { [K in A]: Region }, { [K in Z]: Region }>;
    environments: { [K in E]: Environment<N> };
    teams: { [K in T]: Team };
    clusters: { [K in C]: Cluster<N> };
    secrets: { [K in X]: Secret };
    slos: { [K in L]: Slo };
    rollouts: { [K in R]: Strategy<N> };
    resilience: Resilience<N, { [K in F]: Experiment<N> }>;
    observability: Observability<{ [K in W]: AlertRoute }>;
    services: { [K in S]: Service<N> };
  }
>;

/**
 * Describes an ecosystem. Returns its argument as it is; the work is in the types, which turn a misspelt service,
 * cluster, region, secret, SLO, team or strategy into an error at its literal.
 */
export function defineEcosystem<
  const E extends string = never,
  const T extends string = never,
  const G extends string = never,
  const A extends string = never,
  const Z extends string = never,
  const C extends string = never,
  const X extends string = never,
  const L extends string = never,
  const R extends string = never,
  const F extends string = never,
  const W extends string = never,
  const S extends string = never,
>(ecosystem: TypedEcosystem<E, T, G, A, Z, C, X, L, R, F, W, S>): TypedEcosystem<E, T, G, A, Z, C, X, L, R, F, W, S> {
  return ecosystem;
}

/**
 * Describes a service in a file of its own. Its names stay literals, so that `defineEcosystem` checks them where it is
 * used.
 */
export function defineService<
  const E extends string = never,
  const T extends string = never,
  const C extends string = never,
  const X extends string = never,
  const L extends string = never,
  const R extends string = never,
  const F extends string = never,
  const S extends string = never,
>(
  service: Service<{
    environment: E;
    team: T;
    gcpRegion: never;
    awsRegion: never;
    azureRegion: never;
    cluster: C;
    secret: X;
    slo: L;
    rollout: R;
    experiment: F;
    alertRoute: never;
    service: S;
  }>,
): typeof service {
  return service;
}

/** The SLO names that a strategy gates on stay literals until `defineEcosystem` checks them. */
type Gating<L extends string> = { [F in keyof Names]: F extends "slo" ? L : never };

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

/** A value that the optimizer may change between bounds. */
export const tunable = <const T extends string | number>(options: Omit<Tunable<T>, "kind">): Tunable<T> => ({
  kind: "tunable",
  ...options,
});

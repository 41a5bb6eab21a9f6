/**
 * Services beside the reference ecosystem's own, written into its config as a team would: one for each answer to too
 * little traffic, one that never starts.
 */
import type { Traffic } from "../../components/mesh-proxies.ts";
import type { Data } from "../../cluster/client.ts";
import { digestOf } from "./compiled.ts";

export const NO_TRAFFIC = ["inconclusive", "pass", "fail"] as const;

/** What a new version says when nobody asks: no series at all, or quantiles of a histogram that stands still. */
export const SILENCES = [
  { silence: "empty", slo: "available" },
  { silence: "nan", slo: "fast" },
] as const;

/** Its pods ask for more than any node has. */
export const NEVER_STARTS = "never-starts";

/**
 * Seconds after which a release without progress is given up, where a scenario cannot wait for the ten minutes that the
 * compiler writes.
 */
const DEADLINE = 10;

/** A service as small as can be, with the form of one of the reference ecosystem's. */
const small = (like: Data, change: Data): Data => ({
  ...Object.fromEntries(
    Object.entries(like).filter(([field]) => !["chaos", "dependsOn", "exposure", "resources"].includes(field)),
  ),
  placement: { clusters: ["cluster-paris"] },
  resources: { cpu: "10m", memory: "32Mi" },
  scaling: { min: 1, max: 1 },
  ...change,
});

export interface Copy {
  name: string;
  /** A service of the reference ecosystem. */
  of: string;
  change?: Data;
}

/** Adds the services and images of the scenarios, and copies of other services, to a loaded config. */
export function addScenarios(config: Data, images: Data, copies: readonly Copy[]): void {
  const { services } = config;
  const add = (name: string, service: Data): void => {
    services[name] = service;
    images[name] = { staging: digestOf(name, 1) };
  };
  for (const noTraffic of NO_TRAFFIC) {
    for (const { silence, slo } of SILENCES) {
      const rollout = { kind: "canary", steps: [{ weight: 20, pause: "5m" }], analysis: { slos: [slo], noTraffic } };
      add(`${silence}-${noTraffic}`, small(services.storefront, { slos: [slo], rollout }));
    }
  }
  add(NEVER_STARTS, small(services.storefront, {}));
  for (const { name, of, change } of copies) add(name, small(services[of], change ?? {}));
  config.patches = [
    ...(config.patches ?? []),
    { target: "helm", kind: "Values", name: NEVER_STARTS, merge: { nodeSelector: { "eco-compile.dev/pool": "none" } } },
    {
      target: "argo-rollouts",
      kind: "Rollout",
      name: NEVER_STARTS,
      merge: { spec: { progressDeadlineSeconds: DEADLINE } },
    },
  ];
}

/** What callers of a version that is trusted see: so many requests that the failures of a canary drown in them. */
const LIVE: Traffic = { perSecond: 20_000, milliseconds: 20 };
const GOOD: Traffic = { perSecond: 20, milliseconds: 20 };
const FAILING: Traffic = { perSecond: 20, failing: 0.2, milliseconds: 20 };
const SLOW: Traffic = { perSecond: 20, milliseconds: 20_000 };

/** Which requests a pod gets: those of callers, or those that reach a new version. */
export function trafficOf(service: string, release: number, isLive: boolean): Traffic | undefined {
  if (isLive) return release === 3 && AFTER_SWITCH.has(service) ? { ...FAILING, perSecond: 20_000 } : LIVE;
  if (service.startsWith("empty-") || (ONLY_LIVE.has(service) && (release < 3 || AFTER_SWITCH.has(service))))
    return undefined;
  if (service.startsWith("nan-")) return { ...GOOD, milliseconds: "unknown" };
  if (release < 3) return GOOD;
  return service === "recommendations" ? SLOW : FAILING;
}

/**
 * Blue/green: nobody asks the preview by itself. One of them turns bad only once callers are there, so that the
 * analysis after the switch decides.
 */
const ONLY_LIVE = new Set(["checkout", "checkoutservice"]);
const AFTER_SWITCH = new Set(["checkoutservice"]);

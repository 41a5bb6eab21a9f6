/**
 * Services beside the reference ecosystem's own, written into its config as a team would: some that get few requests or
 * none, one that is judged before it is switched to, one that never starts.
 */
import type { Traffic } from "../../components/mesh-proxies.ts";
import type { Data } from "../../cluster/client.ts";
import { digestOf } from "./compiled.ts";

/** Services whose new version gets so few requests that nothing can be said, by how many a second. */
export const UNDECIDED = { "asked-never": 0, "asked-seldom": 2 } as const;

/** Its preview is called by a load generator. */
export const PREVIEWED = "previewed";

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
  for (const name of Object.keys(UNDECIDED)) {
    const rollout = {
      kind: "canary",
      steps: [{ weight: 20, pause: "5m" }],
      analysis: { slos: ["available"], hold: "6m" },
    };
    add(name, small(services.storefront, { slos: ["available"], traffic: "100/s", rollout }));
  }
  const judged = { slos: ["available"], traffic: "100/s" };
  add(
    PREVIEWED,
    small(services.checkout, { slos: ["available"], rollout: { kind: "blue-green", prePromotion: judged } }),
  );
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
const GOOD: Traffic = { perSecond: 400, milliseconds: 20 };
const FAILING: Traffic = { perSecond: 400, failing: 0.2, milliseconds: 20 };
const SLOW: Traffic = { perSecond: 400, milliseconds: 20_000 };

/** Which requests a pod gets: those of callers, or those that reach a new version. */
export function trafficOf(service: string, release: number, isLive: boolean): Traffic | undefined {
  if (isLive) return release === 3 && JUDGED_LIVE.has(service) ? { ...LIVE, failing: 0.2 } : LIVE;
  if (JUDGED_LIVE.has(service)) return undefined; // nobody asks the preview
  if (service in UNDECIDED) {
    const perSecond = UNDECIDED[service as keyof typeof UNDECIDED];
    return perSecond === 0 ? undefined : { ...GOOD, perSecond };
  }
  if (release < 3) return GOOD;
  return service === "recommendations" ? SLOW : FAILING;
}

/** Blue/green that is judged once callers are there. */
const JUDGED_LIVE = new Set(["checkout", "checkoutservice", "m-unjudged-switch"]);

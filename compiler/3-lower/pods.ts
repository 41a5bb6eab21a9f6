import type { Spread as ConfigSpread } from "../config/model/pods.ts";
import type { ServiceFields } from "../config/model/services.ts";
import { seconds, type Duration } from "../config/units.ts";
import type { PathSegment } from "../diagnostics/config-path.ts";
import { PULL_KEY } from "../facts/secret-readers.ts";
import type { Pods, Priority, Spread } from "../topology/pods.ts";
import type { Secret } from "../topology/secrets.ts";
import type { TeamRules } from "../topology/teams.ts";
import type { Probe, Workload } from "../topology/workloads.ts";
import { lowerSecretKey } from "./secrets.ts";

interface Known extends Pick<Workload, "kind" | "gracePeriod" | "probes" | "strategy"> {
  /** What holds for its team on the cluster. */
  rules: TeamRules;
}

/** How the pods of a service run, of which the rest is known. */
export function lowerPods(
  { kind, gracePeriod, probes, strategy, rules }: Known,
  config: ServiceFields,
  at: (...path: PathSegment[]) => string,
  secrets: ReadonlyMap<string, Secret>,
): Pods {
  const serves = kind !== "job";
  const drain = config.drain ?? (serves ? defaultDrain(gracePeriod) : undefined);
  const minReady = config.minReady ?? (serves && strategy.kind === "rolling" ? "5s" : undefined);
  const startsWithin = startTime(probes) + seconds(minReady ?? "0s");
  const progressDeadline = config.progressDeadline ?? (kind === "service" ? defaultDeadline(startsWithin) : undefined);
  return {
    ...(drain === undefined ? {} : { drain }),
    ...(config.pool === undefined ? {} : { pool: config.pool }),
    everyNode: config.everyNode ?? false,
    ...raised(config.priority ?? rules.priority),
    written: { priority: config.priority !== undefined },
    pullSecrets: (config.pullSecrets ?? []).map((secret, index) =>
      lowerSecretKey({ secret, key: PULL_KEY }, secrets, at("pullSecrets", index)),
    ),
    apiAccess: config.apiAccess ?? false,
    ...((serves && kind !== "daemon") || config.spread !== undefined
      ? { spread: lowerSpread(config.spread, at("spread")) }
      : {}),
    ...(minReady === undefined ? {} : { minReady }),
    ...(progressDeadline === undefined ? {} : { progressDeadline }),
    startsWithin: `${startsWithin}s`,
  };
}

/** A priority that is not that of everything else. */
const raised = (priority: Priority | "normal"): { priority?: Priority } => (priority === "normal" ? {} : { priority });

/** Half of the time that a pod has is its own, whatever it is. */
const defaultDrain = (gracePeriod: Duration): Duration => `${Math.min(5, Math.floor(seconds(gracePeriod) / 2))}s`;

/** Beside the start itself, a node may have to be added and the image to be fetched. Kubernetes' numbers have 32 bits. */
const defaultDeadline = (startsWithin: number): Duration =>
  `${Math.min(Math.max(600, Math.ceil(startsWithin) + 300), 2_147_483_647)}s`;

/**
 * The startup probe gives up after its delay and all its failures; readiness is asked after that, and once is enough.
 * https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-startup-probes
 */
function startTime({ startup, readiness }: { startup?: Probe; readiness?: Probe }): number {
  const started = startup === undefined ? 0 : seconds(startup.delay) + seconds(startup.every) * startup.failures;
  return readiness === undefined ? started : Math.max(started, seconds(readiness.delay)) + seconds(readiness.every);
}

const lowerSpread = (spread: ConfigSpread = {}, source: string): Spread => ({
  source,
  zones: spread.zones ?? "wish",
  nodes: spread.nodes ?? "wish",
});

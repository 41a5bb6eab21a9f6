import type { Ecosystem } from "../config/model/ecosystem.ts";
import type {
  Analysis as ConfigAnalysis,
  CanaryStep as ConfigStep,
  Rolling as ConfigRolling,
  Slo as ConfigSlo,
  Strategy as ConfigStrategy,
} from "../config/model/rollouts.ts";
import type { Service } from "../config/model/services.ts";
import { fraction } from "../config/units.ts";
import { canonical, entries, type TunableReader } from "./resolve.ts";
import type { Analysis, CanaryStep, Slo, Strategy } from "../topology/rollouts.ts";
import type { Service as PlacedService } from "../topology/services.ts";

type Kind = PlacedService["kind"];

/** Promises by name. */
export function lowerSlos({ slos }: Ecosystem): Slo[] {
  return entries<ConfigSlo>(slos, "slos").map(({ name, value, source }) => ({
    name,
    source,
    objective: fraction(value.objective),
    window: value.window ?? "30d",
    ...(value.metric === undefined ? {} : { metric: { source: `${source}.metric`, ...canonical(value.metric) } }),
  }));
}

/** The declared strategies, and those that are written inside of services. */
export class Strategies {
  readonly #written: Ecosystem["rollouts"];
  readonly #named = new Map<string, Strategy>();
  readonly #inline = new Map<string, Strategy>();
  readonly #slos: readonly Slo[];
  readonly #tunables: TunableReader;

  constructor({ rollouts }: Ecosystem, slos: readonly Slo[], tunables: TunableReader) {
    this.#written = rollouts;
    this.#slos = slos;
    this.#tunables = tunables;
    for (const { name, value, source } of entries(rollouts, "rollouts"))
      this.#named.set(name, lowerStrategy(name, value, source, slos, tunables));
  }

  get all(): Strategy[] {
    return [...this.#named.values(), ...this.#inline.values()];
  }

  /** What a service writes at `source`. One that is written there is called as the service is. */
  of({ name, kind }: { name: string; kind: Kind }, rollout: Service["rollout"], source: string): Strategy {
    if (typeof rollout === "string") return ofKind(kind, this.#named.get(rollout)!, this.#written![rollout]!);
    let strategy = this.#inline.get(source);
    if (strategy === undefined) {
      const written = rollout ?? { kind: "rolling" };
      strategy = ofKind(kind, lowerStrategy(name, written, source, this.#slos, this.#tunables), written);
      this.#inline.set(source, strategy);
    }
    return strategy;
  }
}

/**
 * A daemon takes the pod of a node away before the next comes, unless told to add one first: no autoscaler makes room on a node
 * that is full. Kubernetes takes one of the two alone, and rounds both up:
 * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/daemon-set-v1/#DaemonSetSpec
 */
function ofKind(kind: Kind, strategy: Strategy, written: ConfigStrategy): Strategy {
  if (kind !== "daemon" || strategy.kind !== "rolling") return strategy;
  const { maxSurge = "0%", maxUnavailable } = written as ConfigRolling;
  return { ...strategy, maxSurge, maxUnavailable: maxUnavailable ?? (fraction(maxSurge) > 0 ? "0%" : "10%") };
}

/** Rounded, so that a fraction of a hundred keeps no binary dust: 0.29 * 100 is 28.999… */
export const percent = (text: `${number}%`): number => Number((fraction(text) * 100).toFixed(6));

/** Fills one strategy's defaults. `name` is its own, or its service's where it is written inside one. */
function lowerStrategy(
  name: string,
  strategy: ConfigStrategy,
  source: string,
  slos: readonly Slo[],
  tunables: TunableReader,
): Strategy {
  const analysis = (value: ConfigAnalysis | undefined, field: string) =>
    value === undefined ? {} : { [field]: lowerAnalysis(value, `${source}.${field}`, slos) };
  const steps = (value: readonly ConfigStep[]): CanaryStep[] =>
    value.map(({ weight, pause }, index) => {
      const at = `${source}.steps[${index}]`;
      return { source: at, weight: tunables.read(weight, `${at}.weight`), ...(pause === undefined ? {} : { pause }) };
    });
  switch (strategy.kind) {
    case "rolling":
      return {
        kind: "rolling",
        name,
        source,
        maxSurge: strategy.maxSurge ?? "25%",
        maxUnavailable: strategy.maxUnavailable ?? "0%",
      };
    case "canary":
      return { kind: "canary", name, source, steps: steps(strategy.steps), ...analysis(strategy.analysis, "analysis") };
    case "blue-green":
      return {
        kind: "blue-green",
        name,
        source,
        autoPromote: strategy.autoPromote ?? true,
        ...(strategy.previewReplicas === undefined ? {} : { previewReplicas: strategy.previewReplicas }),
        keepOldFor: strategy.keepOldFor ?? "10m",
        ...analysis(strategy.prePromotion, "prePromotion"),
        ...analysis(strategy.postPromotion, "postPromotion"),
      };
    case "shadow":
      return {
        kind: "shadow",
        name,
        source,
        mirror: percent(strategy.mirror ?? "100%"),
        replicas: strategy.replicas ?? 1,
        duration: strategy.duration,
        writes: strategy.writes ?? false,
        steps: steps(strategy.steps ?? []),
        ...analysis(strategy.analysis, "analysis"),
      };
  }
}

function lowerAnalysis(analysis: ConfigAnalysis, source: string, slos: readonly Slo[]): Analysis {
  return {
    source,
    slos: analysis.slos.map((name) => slos.find((slo) => slo.name === name)!),
    window: analysis.window ?? "2m",
    interval: analysis.interval ?? "1m",
    count: analysis.count ?? 5,
    failureLimit: analysis.failureLimit ?? 1,
    minimumRequests: analysis.minimumRequests ?? 20,
    noTraffic: analysis.noTraffic ?? "inconclusive",
  };
}

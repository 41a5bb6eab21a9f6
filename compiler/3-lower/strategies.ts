import type { Ecosystem } from "../config/model/ecosystem.ts";
import type {
  Analysis as ConfigAnalysis,
  BlueGreen as ConfigBlueGreen,
  CanaryStep as ConfigStep,
  Counter as ConfigCounter,
  Judgement as ConfigJudgement,
  Rolling as ConfigRolling,
  SmokeTest as ConfigSmokeTest,
  Slo as ConfigSlo,
  Strategy as ConfigStrategy,
} from "../config/model/rollouts.ts";
import type { Service } from "../config/model/services.ts";
import { fraction, perSecond, seconds, type Duration } from "../config/units.ts";
import { lowerContainerResources } from "./containers.ts";
import { canonical, entries, sorted, type TunableReader } from "./resolve.ts";
import type {
  Analysis,
  BlueGreenStrategy,
  CanaryStep,
  Slo,
  SloCounter,
  SmokeTest,
  Strategy,
} from "../topology/rollouts.ts";
import type { Service as PlacedService } from "../topology/services.ts";

type Kind = PlacedService["kind"];

/** Promises by name. */
export function lowerSlos({ slos }: Ecosystem): Slo[] {
  return entries<ConfigSlo>(slos, "slos").map(({ name, value, source }) => ({
    name,
    source,
    objective: fraction(value.objective),
    window: value.window ?? "30d",
    ...(value.metric === undefined ? {} : { metric: lowerMetric(value.metric, `${source}.metric`) }),
  }));
}

const lowerMetric = (metric: NonNullable<ConfigSlo["metric"]>, source: string): NonNullable<Slo["metric"]> =>
  metric.kind === "query"
    ? { source, kind: "query", good: lowerCounter(metric.good), total: lowerCounter(metric.total) }
    : { source, ...canonical(metric) };

/** PromQL's strings have the escapes of JSON's: https://prometheus.io/docs/prometheus/latest/querying/basics/#string-literals */
const lowerCounter = ({ counter, matchers = {} }: ConfigCounter): SloCounter => ({
  name: counter,
  matchers: Object.entries(sorted(matchers))
    .map(([label, value]) => {
      if (typeof value === "string") return `${label}=${JSON.stringify(value)}`;
      return "matches" in value
        ? `${label}=~${JSON.stringify(value.matches)}`
        : `${label}!~${JSON.stringify(value.unlike)}`;
    })
    .join(","),
});

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
      return lowerBlueGreen(name, strategy, source, slos);
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

function lowerBlueGreen(
  name: string,
  { autoPromote = true, previewReplicas, keepOldFor, smokeTest, prePromotion, postPromotion }: ConfigBlueGreen,
  source: string,
  slos: readonly Slo[],
): BlueGreenStrategy {
  // The other version serves nobody, before the switch as after it: there is nothing to compare with.
  const analysis = (value: ConfigJudgement, field: string) =>
    lowerAnalysis({ ...value, against: "objective" }, `${source}.${field}`, slos);
  const post = postPromotion && analysis(postPromotion, "postPromotion");
  return {
    kind: "blue-green",
    name,
    source,
    autoPromote,
    ...(previewReplicas === undefined ? {} : { previewReplicas }),
    keepOldFor: keepOldFor ?? (post === undefined ? "10m" : longerThan(post)),
    ...(smokeTest === undefined ? {} : { smokeTest: lowerSmokeTest(smokeTest, `${source}.smokeTest`) }),
    ...(prePromotion?.traffic === undefined ? {} : { previewTraffic: perSecond(prePromotion.traffic) }),
    ...(prePromotion === undefined ? {} : { prePromotion: analysis(prePromotion, "prePromotion") }),
    ...(post === undefined ? {} : { postPromotion: post }),
  };
}

const lowerSmokeTest = (
  { command, args, env, resources, timeout = "5m" }: ConfigSmokeTest,
  source: string,
): SmokeTest => ({
  source,
  command,
  ...(args === undefined ? {} : { args }),
  env: sorted(env),
  resources: lowerContainerResources(resources),
  timeout,
});

/** An analysis takes its `hold`, and longer by the time that Prometheus is away. */
const longerThan = ({ hold, outage }: Analysis): Duration => `${seconds(hold) + seconds(outage) + 600}s`;

function lowerAnalysis(analysis: ConfigAnalysis, source: string, slos: readonly Slo[]): Analysis {
  const { detect } = analysis;
  return {
    source,
    slos: analysis.slos.map((name) => slos.find((slo) => slo.name === name)!),
    falseAbort: fraction(analysis.falseAbort ?? "1%"),
    falsePass: fraction(analysis.falsePass ?? "1%"),
    burn: detect?.burn ?? 10,
    ...(detect?.within === undefined ? {} : { within: detect.within }),
    agree: analysis.agree ?? 2,
    against: analysis.against ?? "both",
    bunches: analysis.bunches ?? "retries",
    hold: analysis.hold ?? "20m",
    outage: analysis.outage ?? "10m",
  };
}

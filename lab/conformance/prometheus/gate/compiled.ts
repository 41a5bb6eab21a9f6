/** The gates that the compiler has written, as they stand in the committed files. */
import type { Data } from "../../../cluster/client.ts";
import { objectsIn } from "../../../delivery/applications.ts";
import type { Case, Gate, Moment } from "./ask.ts";
import { CODES, NEW, OLD, type Pod, type Requests, type SeriesFor } from "./pods.ts";

export interface Compiled {
  /** Workload, cluster and SLO, for people. */
  title: string;
  file: string;
  gate: Gate;
}

export function compiledGates(project: string): Compiled[] {
  const metrics = objectsIn(`${project}generated/clusters`)
    .filter(({ object }) => object.kind === "AnalysisTemplate")
    .flatMap(({ object, file }) =>
      (object as Data).spec.metrics
        .filter(({ provider }: Data) => provider.prometheus)
        .map((metric: Data) => ({
          file,
          metric,
          of: `${object.metadata.name.replace(/-(watch|gate)$/, "")}: ${metric.name.replace(/-watch$/, "")}`,
        })),
    );
  return metrics.filter(watches).map(({ file, of, metric }) => {
    const gate = metrics.find((other) => other.file === file && other.of === of && !watches(other))!;
    return {
      title: `${file}: ${of}`,
      file,
      gate: {
        watch: asked(metric),
        gate: asked(gate.metric),
        abortAt: bound(metric.failureCondition),
        passAt: bound(gate.metric.successCondition),
      },
    };
  });
}

const watches = ({ metric }: { metric: Data }): boolean => metric.successCondition === undefined;

const asked = ({ provider }: Data): string =>
  provider.prometheus.query.replaceAll("{{args.version}}", NEW).replaceAll("{{args.stable}}", OLD);

const bound = (condition: string): number => Number(/result\[0\] [<>]= (-?[\d.]+)$/.exec(condition)![1]);

/** Releases that every gate must tell apart, at traffic that leaves nothing to chance. */
export function casesOf({ title, gate }: Compiled): Case[] {
  const { objective, burn, counting, others } = read(gate);
  const allowed = 1 - objective;
  const serving = (bad: number): Pod => pod(OLD, "s1", 0, sharing(bad));
  const latest = (bad: number): Pod => pod(NEW, "c1", 20, sharing(bad));
  const of = (name: string, pods: readonly Pod[], verdict: Moment["verdict"], counted: SeriesFor = counting): Case => ({
    name: `${title}: ${name}`,
    gate,
    history: { pods },
    counting: counted,
    moments: [{ at: 30 * 60 + 10, verdict }],
  });
  return [
    of("nothing is known", [], "nothing"),
    of("it keeps twice what is promised", [serving(allowed / 2), latest(allowed / 2)], "passed"),
    of("nothing fails", [serving(0), latest(0)], "passed"),
    of("it burns what must not pass", [serving(0), latest(Math.min(1, burn * allowed))], "aborted"),
    of("everything fails", [serving(0), latest(1)], "aborted"),
    of("only the other version fails", [serving(1), latest(0)], "passed"),
    of("nobody calls it", [serving(0)], "nothing"),
    ...others.map(([label, counted]) => of(`another ${label} fails`, [serving(0), latest(1)], "nothing", counted)),
  ];
}

const pod = (version: string, name: string, born: number, requests: Pod["requests"]): Pod => ({
  version,
  name,
  born,
  requests,
});

const MANY = 1e6;
const sharing = (bad: number) => (): Requests => ({ ok: Math.round(MANY * (1 - bad)), failed: Math.round(MANY * bad) });

/** What a query says of itself: its factors, and what its counters are called. */
function read({ gate }: Gate) {
  const [, burn] = /([\d.]+) \* \(sum/.exec(gate)!;
  const [, drift] = /\n- ([\d.]+) \* sum/.exec(gate)!;
  const selectors = [...gate.matchAll(/last_over_time\((\w+)\{(.*?)\}\[/g)].map(([, name, matchers]) => ({
    name: name!,
    matchers: [...matchers!.matchAll(/(\w+)(=~|!~|!=|=)"((?:[^"\\]|\\.)*)"/g)].map(([, label, how, value]) => ({
      label: label!,
      how: how!,
      value: value!,
    })),
  }));
  const total = selectors[0]!;
  const good = selectors.find(
    ({ name, matchers }) => name !== total.name || matchers.length !== total.matchers.length,
  )!;
  const times = Math.exp(Number(burn));
  const equal = ({ matchers }: typeof total) =>
    Object.fromEntries(matchers.filter(({ how }) => how === "=").map(({ label, value }) => [label, value]));
  const counting =
    (others: Readonly<Record<string, string>> = {}): SeriesFor =>
    ({ name: pod, version }, request) => {
      const { bad, code, grpc } = CODES[request];
      const own = { pod, rollouts_pod_template_hash: version, ...others };
      const le = good.matchers.find(({ label }) => label === "le")?.value.split("|")[0];
      if (le !== undefined) {
        const labels = { ...equal(total), response_code: bad ? "202" : "200", ...own };
        return [text(total.name, labels), ...(bad ? [] : [text(good.name, { ...labels, le })])];
      }
      if (total.name === "istio_requests_total") {
        return [text(total.name, { ...equal(total), response_code: code, grpc_response_status: grpc, ...own })];
      }
      const all = text(total.name, { ...equal(total), ...own });
      const ok = text(good.name, { ...equal(good), ...own });
      return bad ? [all] : good.name === total.name ? [ok] : [all, ok];
    };
  return {
    burn: times,
    objective: 1 - Number(drift) / (times - 1),
    counting: counting(),
    others: Object.keys(equal(total))
      .filter((label) => label !== "rollouts_pod_template_hash")
      .map((label) => [label, counting({ [label]: "other" })] as const),
  };
}

const text = (name: string, labels: Readonly<Record<string, string>>): string =>
  `${name}{${Object.entries(labels)
    .map(([label, value]) => `${label}="${value}"`)
    .join(",")}}`;

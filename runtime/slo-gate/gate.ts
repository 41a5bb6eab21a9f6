import type { Config, Objective } from "./config.ts";
import { judge, type Judgement } from "./judge.ts";
import type { Ask } from "./prometheus.ts";

/** What is answered for a service: it holds when each SLO that was asked for holds. */
interface Verdict {
  ok: boolean;
  service: string;
  /** Of the first SLO that does not hold. */
  reason?: Judgement["reason"];
  slos: { [slo: string]: Judgement };
}

/** Judges the service's SLOs, or the one that is named; undefined where the configuration knows no such thing. */
export type Gate = (service: string, slo?: string) => Promise<Verdict> | undefined;

export function gate(
  services: Config["services"],
  ask: Ask,
  judged: (objective: Objective, judgement: Judgement) => void = () => {},
): Gate {
  const judgementOf = async (objective: Objective): Promise<Judgement> => {
    const { query, minimumSamples } = objective;
    const [value, samples] = await Promise.all([ask(query), minimumSamples && ask(minimumSamples.query)]);
    const judgement = judge(objective, value, samples);
    judged(objective, judgement);
    return judgement;
  };

  return (service, slo) => {
    const declared = services.get(service);
    const wanted =
      slo === undefined ? [...(declared?.values() ?? [])] : [declared?.get(slo)].filter((found) => found !== undefined);
    return wanted.length > 0 ? verdict(service, wanted, judgementOf) : undefined;
  };
}

async function verdict(
  service: string,
  objectives: Objective[],
  judgementOf: (objective: Objective) => Promise<Judgement>,
): Promise<Verdict> {
  const judgements = await Promise.all(objectives.map(judgementOf));
  const broken = judgements.find(({ ok }) => !ok);
  return {
    ok: broken === undefined,
    service,
    ...(broken && { reason: broken.reason }),
    slos: Object.fromEntries(judgements.map((judgement, index) => [objectives[index]?.slo, judgement])),
  };
}

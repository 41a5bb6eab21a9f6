import { blueGreen, canary, defineEcosystem, shadow } from "eco-compile";
import { patiently } from "./teams/judge.ts";

const ALL = 'sum(increase(jobs_total{$selector, queue=~"mail|print"}[$window]))';

// Nothing was there to judge by.
const noTraffic = "pass";

export default defineEcosystem({
  format: 2,
  name: "gates",
  slos: {
    up: { objective: "99%", metric: { kind: "success-rate" } },
    done: {
      objective: "99%",
      metric: { kind: "query", good: 'sum(rate(jobs_done_total{$selector,code!="a.b"}[$window]))', total: ALL },
    },
  },
  rollouts: {
    careful: canary({ steps: [{ weight: 5, pause: "5m" }], analysis: { slos: ["up"], minimumRequests: 50, noTraffic } }),
    quick: canary({
      steps: [{ weight: 50, pause: "5m" }],
      analysis: {
        failureLimit: 0, // not one
        slos: ["up"],
        count: 3,
      },
    }),
    patient: canary({ steps: [{ weight: 5, pause: "1h" }], analysis: patiently("up", "done") }),
    swap: blueGreen({ prePromotion: { noTraffic: "fail", slos: ["up"], }, postPromotion: { slos: ["up"], "interval": "30s" } }),
  },
  services: {
    web: {
      team: "shop",
      image: "web",
      placement: "all",
      rollout: shadow({ duration: "30m", analysis: { slos: ["up"], count: 9 } }),
      in: { staging: { rollout: canary({ steps: [{ weight: 50 }], analysis: { slos: ["up"], window: "30s" } }) } },
    },
  },
  ignore: [{ check: "rollouts/no-steps", at: "rollouts.careful.analysis.minimumRequests", reason: "small" }],
} as never);

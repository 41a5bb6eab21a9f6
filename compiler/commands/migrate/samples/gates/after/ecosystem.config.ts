import { blueGreen, canary, defineEcosystem, shadow } from "eco-compile";
import { patiently } from "./teams/judge.ts";

const ALL = 'sum(increase(jobs_total{$selector, queue=~"mail|print"}[$window]))';

// Nothing was there to judge by.
const noTraffic = "pass";

export default defineEcosystem({
  format: 3,
  name: "gates",
  slos: {
    up: { objective: "99%", metric: { kind: "success-rate" } },
    done: {
      objective: "99%",
      metric: { kind: "query", good: { counter: "jobs_done_total", matchers: { code: { unlike: "a\\.b" } } }, total: { counter: "jobs_total", matchers: { queue: { matches: "mail|print" } } } },
    },
  },
  rollouts: {
    careful: canary({ steps: [{ weight: 5, pause: "5m" }], analysis: { slos: ["up"] } }),
    quick: canary({
      steps: [{ weight: 50, pause: "5m" }],
      analysis: {
        // not one
        slos: ["up"],
      },
    }),
    patient: canary({ steps: [{ weight: 5, pause: "1h" }], analysis: patiently("up", "done") }),
    swap: blueGreen({ prePromotion: { slos: ["up"], }, postPromotion: { slos: ["up"] } }),
  },
  services: {
    web: {
      team: "shop",
      image: "web",
      placement: "all",
      rollout: shadow({ duration: "30m", analysis: { slos: ["up"] } }),
      in: { staging: { rollout: canary({ steps: [{ weight: 50 }], analysis: { slos: ["up"] } }) } },
    },
  },
  ignore: [{ check: "rollouts/no-steps", at: "rollouts.careful.analysis", reason: "small" }],
} as never);

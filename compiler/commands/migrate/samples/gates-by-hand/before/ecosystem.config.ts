import { canary, defineEcosystem } from "eco-compile";

const analysis: Record<string, unknown> = { slos: ["up"] };
analysis.window = "5m";
const counter = (name: string) => `sum(increase(${name}{$selector}[$window]))`;

export default defineEcosystem({
  name: "gates-by-hand",
  slos: {
    up: { objective: "99%", metric: { kind: "success-rate" } },
    made: { objective: "99%", metric: { kind: "query", good: counter("made_total"), total: counter("all_total") } },
    ratio: {
      objective: "99%",
      metric: { kind: "query", good: "sum(increase(a{$selector}[$window])) - 1", total: "sum(increase(b{$selector}[$window]))" },
    },
  },
  rollouts: {
    assigned: canary({ steps: [{ weight: 5, pause: "5m" }], analysis }),
    fine: canary({ steps: [{ weight: 5, pause: "5m" }], analysis: { slos: ["up"], count: 3 } }),
  },
  services: {},
} as never);

import { magnitude } from "../../config/units.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "tunables/step",
  severity: "error",
  risk: true,
  summary: "A tunable's step is positive and leads from its lowest value to its default and its highest",
  why: "Proposals are multiples of the step above `min`. Where the default or `max` is none, no proposal can ever go back to it, or reach it.",

  *run({ tunables }) {
    for (const { source, default: value, min, max, step } of tunables) {
      if (step === undefined) continue;
      const width = magnitude(step);
      const low = magnitude(min);
      if (!(width > 0)) yield { at: `${source}.step`, message: `step is ${step}`, hint: "make it positive" };
      else {
        const missed = [value, max].find((bound) => !isMultiple((magnitude(bound) - low) / width));
        if (missed !== undefined)
          yield {
            at: `${source}.step`,
            message: `steps of ${step} from ${min} miss ${missed}`,
            hint: "choose a step that divides the distance, or move the bound",
          };
      }
    }
  },
});

const isMultiple = (count: number): boolean => Math.abs(count - Math.round(count)) < 1e-9;

import { childPath } from "../../diagnostics/config-path.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "delivery/stage-order",
  severity: "error",
  summary: "Stages of the pipeline come in an order that works, each once",
  why: "Nothing can be scanned before it is built, and what is promoted before it is tested was not tested.",

  *run({ delivery }) {
    const stages = delivery?.stages ?? [];
    for (const [index, stage] of stages.entries()) {
      const before = stages.slice(0, index).find((earlier) => ORDER.indexOf(earlier) >= ORDER.indexOf(stage));
      if (before === undefined) continue;
      yield {
        at: childPath(`${delivery!.source}.stages`, index),
        message: before === stage ? `${stage} stands twice` : `${stage} comes after ${before}`,
        hint: `the order is ${ORDER.join(", ")}; leave out what is not needed`,
      };
    }
  },
});

const ORDER = ["test", "build", "scan", "promote"];

import { magnitude } from "../../config/units.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "tunables/default-outside-bounds",
  severity: "error",
  summary: "A tunable's default lies between its bounds",
  why: "The bounds are what people have agreed to. A default outside them says that they were not, or that two of the three numbers changed places.",

  *run({ tunables }) {
    for (const { source, default: value, min, max } of tunables) {
      const [low, at, high] = [min, value, max].map(magnitude);
      if (low! > high!)
        yield { at: `${source}.min`, message: `min is ${min}, above max, which is ${max}`, hint: "exchange them" };
      else if (at! < low! || at! > high!)
        yield {
          at: `${source}.default`,
          message: `default ${value} lies outside ${min} to ${max}`,
          hint: "move the default, or widen the bounds",
        };
    }
  },
});

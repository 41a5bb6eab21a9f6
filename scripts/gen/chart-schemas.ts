import { chartSchemas } from "../../helm-library/schema/compose.ts";

/** `values.schema.json` of each chart, composed from the parts that charts share. */
export const generate = (): Map<string, string> =>
  new Map(
    Object.entries(chartSchemas()).map(([chart, schema]) => [`helm-library/${chart}/values.schema.json`, schema]),
  );

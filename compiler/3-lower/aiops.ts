import type { Ecosystem } from "../config/model/ecosystem.ts";
import { fraction } from "../config/units.ts";
import type { Aiops } from "../topology/aiops.ts";

export const lowerAiops = ({ aiops }: Ecosystem): Aiops | undefined =>
  aiops && {
    source: "aiops",
    ...(aiops.forecast === undefined ? {} : { forecast: aiops.forecast }),
    ...(aiops.anomalies === undefined
      ? {}
      : {
          anomalies: {
            falseAlarms: fraction(aiops.anomalies.falseAlarms ?? "0.1%"),
            ...(aiops.anomalies.route === undefined ? {} : { route: aiops.anomalies.route }),
          },
        }),
  };

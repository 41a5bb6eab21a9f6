import type { Names, Ref } from "../names.ts";
import type { Duration, Share } from "../units.ts";

/** What watches the metrics for what people overlook. */
export interface Aiops<N extends Names = Names> {
  /** How far ahead load is forecast. Default: no forecast. */
  forecast?: {
    /**
     * @atLeast 1m
     * @atMost 30d
     * @example "6h"
     */
    horizon: Duration;
  };
  /** Default: no anomaly detection. */
  anomalies?: {
    /**
     * Share of false alarms that is put up with.
     * @atMost 50%
     * @default "0.1%"
     */
    falseAlarms?: Share;
    route?: Ref<N, "alertRoute">;
  };
}

import type { Line, PromQL, WebUrl } from "../texts.ts";
import type { Delay } from "../units.ts";

/** Something that is wrong with a service, as its metrics tell. */
export interface Alert {
  /**
   * An expression that has a value for as long as it is wrong, and none otherwise.
   * @example "orders_waiting > 1000"
   */
  when: PromQL;
  /**
   * How long it has been wrong before anybody is told.
   * @atMost 7d
   * @default "5m"
   */
  for?: Delay;
  /** `critical` wakes somebody up, `warning` is for working hours, `info` is for whoever looks. */
  severity: "critical" | "warning" | "info";
  /**
   * What is wrong, in one line.
   * @example "Orders wait for longer than customers do."
   */
  summary: Line;
  /**
   * What to do about it.
   * @example "https://runbooks.acme.example/orders-waiting"
   */
  runbook?: WebUrl;
}

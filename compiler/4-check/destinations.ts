import type { Destination } from "../config/texts.ts";
import type { Topology } from "../topology/index.ts";
import { onePerForm } from "../facts/placement.ts";

/** Something outside of the platform that is called, as the config names it. */
export interface Outside {
  at: string;
  /** Who calls it. */
  caller: string;
  host: Destination;
  port: number;
}

/** Each once, in however many forms its service runs. */
export function outsideOf(topology: Topology): Outside[] {
  const found = onePerForm(topology).flatMap(({ name: caller, egress }) =>
    egress.map(({ source, host, port }): Outside => ({ at: `${source}.host`, caller, host, port })),
  );
  return [...new Map(found.map((outside) => [outside.at, outside])).values()];
}

import type { DnsLabel, Line } from "../texts.ts";

/** People who own services. Each team has its own Argo CD project and its own namespace. */
export interface Team {
  /**
   * Where the team is reached: a channel, a mail address or a page.
   * @example "#team-checkout"
   */
  contact: Line;
  /**
   * Namespace of the team's services.
   * @default the team's name
   */
  namespace?: DnsLabel;
}

import type { Line, MailAddress, SlackChannel, WebUrl } from "../texts.ts";
import type { Duration, Percent } from "../units.ts";

/** What is measured and kept. */
export interface Observability<R = { [name: string]: AlertRoute }> {
  metrics?: {
    /**
     * @atLeast 1s
     * @atMost 1h
     * @default "30s"
     */
    interval?: Duration;
    /**
     * @atLeast 1h
     * @default "15d"
     */
    retention?: Duration;
  };
  traces?: {
    /** @default "1%" */
    sampling?: Percent;
    /**
     * @atLeast 1h
     * @default "7d"
     */
    retention?: Duration;
  };
  logs?: {
    /**
     * Loki's shortest is a day.
     * @atLeast 1d
     * @default "30d"
     */
    retention?: Duration;
  };
  /** Where alerts go, by name. */
  alertRoutes?: R;
}

/** Where alerts go. Never a secret: credentials come from a declared one. */
export type AlertRoute = SlackRoute | PagerdutyRoute | WebhookRoute | EmailRoute;

/** To a channel of Slack. */
export interface SlackRoute {
  kind: "slack";
  /** @example "#alerts-checkout" */
  to: SlackChannel;
}

/** To a service of PagerDuty. */
export interface PagerdutyRoute {
  kind: "pagerduty";
  /** @example "checkout" */
  to: Line;
}

/** To an address on the web. */
export interface WebhookRoute {
  kind: "webhook";
  to: WebUrl;
}

/** To a mail address. */
export interface EmailRoute {
  kind: "email";
  to: MailAddress;
}

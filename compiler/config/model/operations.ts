import type { Names, Ref } from "../names.ts";
import type {
  DnsLabel,
  FileName,
  ImagePlace,
  JsonPointer,
  KindName,
  Line,
  MachineType,
  MailAddress,
  SlackChannel,
  TargetName,
  UrlPath,
  WebUrl,
} from "../texts.ts";
import type { Cron, Duration, Money, Percent, Share } from "../units.ts";

/** Rules that hold everywhere. */
export interface Security {
  /** The service mesh. */
  mesh?: Mesh;
  /** Admission policies. */
  policies?: Policies;
  /**
   * Image repositories must start with one of these.
   * @uniqueItems true
   * @example ["ghcr.io/acme/"]
   */
  allowedRegistries: readonly ImagePlace[];
  /**
   * Machine types that pools and runners may use.
   * @uniqueItems true
   * @default any
   */
  allowedMachineTypes?: readonly MachineType[];
}

/** The service mesh. */
export interface Mesh {
  /** @default true */
  enabled?: boolean;
  /**
   * `strict` refuses plain text between workloads.
   * @default "strict"
   */
  mtls?: "strict" | "permissive";
}

/** How Gatekeeper treats what breaks a policy. */
export interface Policies {
  /**
   * `dryrun` reports, `warn` warns whoever applies, `deny` refuses. A new policy starts in dryrun.
   * @default "dryrun"
   */
  enforcement?: "dryrun" | "warn" | "deny";
  /**
   * Namespaces that admission leaves alone, beside the system's own.
   * @uniqueItems true
   * @default []
   */
  exemptNamespaces?: readonly DnsLabel[];
}

/** A secret: where it lives, never what it is. */
export interface Secret {
  store: "vault" | "gcp" | "aws" | "azure";
  /**
   * Its name or path in the store.
   * @example "kv/checkout/stripe"
   */
  path: Line;
  /**
   * Keys inside it; each becomes a file.
   * @minItems 1
   * @uniqueItems true
   * @default ["value"]
   */
  keys?: readonly FileName[];
  /**
   * How often it is replaced; Secret Manager's shortest is an hour.
   * @atLeast 1h
   * @default never by itself
   * @example "30d"
   */
  rotate?: Duration;
}

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

/** A limit on what is spent in a month. */
export interface Budget<N extends Names = Names> {
  /** What it covers; every field given narrows it. */
  scope?: {
    cloud?: "gcp" | "aws" | "azure";
    team?: Ref<N, "team">;
    environment?: Ref<N, "environment">;
  };
  /** @example "1200.50 EUR" */
  monthly: Money;
  /**
   * Shares of it at which somebody is told.
   * @uniqueItems true
   * @default ["50%", "80%", "100%"]
   */
  alerts?: readonly Share[];
  /** Where the alerts go. */
  route?: Ref<N, "alertRoute">;
}

/** What looks for better values of the tunables. */
export interface Optimization {
  /**
   * `hybrid` runs QAOA on a simulator beside an exact classical baseline; `classical` the baseline alone.
   * @default "hybrid"
   */
  engine?: "hybrid" | "classical";
  /** When it looks. */
  cadence: Cron;
  /** What better means: relative weights. */
  objective: {
    /**
     * Weight of money.
     * @minimum 0
     * @maximum 1000000
     */
    cost: number;
    /**
     * Weight of slow answers.
     * @minimum 0
     * @maximum 1000000
     */
    latency: number;
    /**
     * Weight of missed SLOs.
     * @minimum 0
     * @maximum 1000000
     */
    reliability: number;
  };
  /**
   * How a proposal reaches the config. Always a pull request: nothing changes a cluster by hand.
   * @default "pull-request"
   */
  apply?: "pull-request";
  /**
   * How long a proposal may wait for its review.
   * @atLeast 1h
   * @default "7d"
   */
  proposalExpiry?: Duration;
}

/** Keeps the assistant answering when its model does not. */
export interface Continuity<N extends Names = Names> {
  assistant: {
    service: Ref<N, "service">;
    /** Path whose answer tells whether it is well. */
    health: UrlPath;
  };
  /** The service that answers in its place. */
  fallback: Ref<N, "service">;
  /** The service that keeps the conversations. */
  contextStore: Ref<N, "service">;
  /** The service that watches and switches. */
  watchdog: Ref<N, "service">;
}

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

/** How code becomes images and images reach environments. */
export interface Delivery {
  /**
   * Where the pipeline pushes images.
   * @uniqueItems true
   * @example ["ghcr.io/acme"]
   */
  registries: readonly ImagePlace[];
  /**
   * Stages of the pipeline, in order.
   * @default ["test", "build", "scan", "promote"]
   */
  stages?: readonly ("test" | "build" | "scan" | "promote")[];
  /**
   * How a digest enters the next environment.
   * @default "pull-request"
   */
  promotion?: "pull-request" | "automatic";
}

/**
 * A change to something that the compiler makes: the escape hatch. Applied before verify; reported when it matches
 * nothing.
 */
export interface Patch<N extends Names = Names> {
  /** The target that makes it. */
  target: TargetName;
  /**
   * Its kind: a Kubernetes kind, `Values` for the values of a chart, `Terraform` for a root.
   * @example "Rollout"
   */
  kind: KindName;
  /** Its name: of the object, of the workload whose values they are, or of the root as `<cloud>/<root>`. */
  name: Line;
  /**
   * Only in this cluster.
   * @default every cluster
   */
  cluster?: Ref<N, "cluster">;
  /** Merged into it as a JSON merge patch (RFC 7396): null deletes, lists are replaced. */
  merge?: { [field: string]: unknown };
  /** Or a JSON patch (RFC 6902). */
  json?: readonly JsonPatchOperation[];
}

/** One operation of a JSON patch (RFC 6902). */
export interface JsonPatchOperation {
  op: "add" | "remove" | "replace" | "move" | "copy" | "test";
  /** A JSON pointer. @example "/spec/replicas" */
  path: JsonPointer;
  /** The source of `move` and `copy`. */
  from?: JsonPointer;
  value?: unknown;
}

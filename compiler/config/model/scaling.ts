import type { Names, Ref } from "../names.ts";
import type { Tuned } from "../tunable.ts";
import type { BrokerAddress, FileName, Line, PromQL, TimeZone } from "../texts.ts";
import type { Count, Cron, Delay, Duration, FewestPods, Percent, PodCount } from "../units.ts";
import type { Address, ExternalAddress } from "./values.ts";

/** How many pods: a fixed number when `min` equals `max`, an autoscaler between them otherwise. */
export interface Scaling<N extends Names = Names> {
  /** 0 only where `triggers` start the first pod. */
  min: Tuned<FewestPods>;
  max: Tuned<PodCount>;
  /**
   * CPU use, relative to the request, that the autoscaler aims at.
   * @atLeast 1%
   * @default "70%", and nothing beside `memory` or `triggers`
   */
  cpu?: Percent;
  /**
   * Memory use, relative to the request, that the autoscaler aims at. Only for software that gives memory back.
   * @atLeast 1%
   */
  memory?: Percent;
  /** How fast pods are added. Default: what Kubernetes does, at once, up to twice as many or four more every 15 s. */
  up?: ScalingPace;
  /** How fast pods are taken away. Default: what Kubernetes does, once none was wanted for 5 minutes. */
  down?: ScalingPace;
  /**
   * What else the autoscaler looks at, by name: KEDA's triggers. The one that wants most pods counts.
   * @default {}
   */
  triggers?: { [name: string]: Trigger<N> };
}

/** How fast an autoscaler goes. */
export interface ScalingPace {
  /**
   * How long it has wanted the change before it makes it.
   * @atMost 1h
   * @inSteps 1s
   * @default "0s" up, "5m" down
   */
  after?: Delay;
  /** The largest change. Default: up the larger of 100% and 4 pods, down 100%, both every 15 s. */
  atMost?: ScalingStep;
}

/** The largest change in a time; where both `pods` and `share` are said, the larger of them. */
export interface ScalingStep {
  /** @minimum 1 */
  pods?: Count;
  /**
   * Of the pods that there are.
   * @atLeast 1%
   */
  share?: Percent;
  /**
   * @atLeast 1s
   * @atMost 30m
   * @inSteps 1s
   */
  every: Duration;
}

/** Something that asks for pods. */
export type Trigger<N extends Names = Names> =
  | PrometheusTrigger
  | ScheduleTrigger
  | KafkaTrigger<N>
  | RabbitMqTrigger<N>;

/** What every measured trigger has. */
export interface MeasuredTrigger {
  /**
   * How much of what is measured one pod is for.
   * @minimum 1
   */
  perPod: Count;
  /**
   * Above how much the first pod starts. Only with `min: 0`.
   * @default 0
   */
  wakeAbove?: Count;
}

/** A value that Prometheus has. */
export interface PrometheusTrigger extends MeasuredTrigger {
  kind: "prometheus";
  /**
   * An expression with one value, for all pods together. Where it has none, the number of pods stays as it is.
   * @example "sum(rate(http_requests_total{service=\"shop\"}[2m]))"
   */
  query: PromQL;
}

/** Hours of the day, or days of the week. */
export interface ScheduleTrigger {
  kind: "schedule";
  /** When it begins. */
  from: Cron;
  /** When it ends. */
  to: Cron;
  /**
   * The zone that both are in, as the time zone database calls it.
   * @default "UTC"
   * @example "Europe/Berlin"
   */
  timeZone?: TimeZone;
  /** Fewest pods meanwhile. */
  pods: PodCount;
}

/** Messages that a consumer group has not read yet. */
export interface KafkaTrigger<N extends Names = Names> extends MeasuredTrigger {
  kind: "kafka";
  /**
   * Where it begins to look for brokers: hosts with ports, or the `address()` of a service or of something outside.
   * @minItems 1
   * @uniqueItems true
   * @example ["kafka-0.acme.example:9093"]
   */
  brokers: readonly (BrokerAddress | Address<N> | ExternalAddress<N>)[];
  /** The consumer group. */
  group: Line;
  topic: Line;
  /**
   * Whether the brokers speak TLS.
   * @default true
   */
  tls?: boolean;
  /** Who it is to the brokers. Default: nobody in particular. */
  login?: KafkaLogin<N>;
}

/** A user of Kafka's, by SASL. */
export interface KafkaLogin<N extends Names = Names> {
  mechanism: "plain" | "scram-sha-256" | "scram-sha-512";
  username: SecretKey<N>;
  password: SecretKey<N>;
}

/** Messages in a queue of RabbitMQ. */
export interface RabbitMqTrigger<N extends Names = Names> extends MeasuredTrigger {
  kind: "rabbitmq";
  /**
   * Where the broker is, at the port of its `protocol`: a host with a port, or the `address()` of a service or of something
   * outside.
   * @example "rabbit.acme.example:5671"
   */
  broker: BrokerAddress | Address<N> | ExternalAddress<N>;
  queue: Line;
  /** @default "/" */
  virtualHost?: Line;
  /**
   * What is measured: how many messages are in the queue, or how many come in per second.
   * @default "length"
   */
  mode?: "length" | "rate";
  /**
   * How the broker is asked: as clients do, or at the HTTP API of its management plugin, which alone knows rates, and counts
   * messages that are delivered and not acknowledged too.
   * @default "amqp", and "http" for a rate
   */
  protocol?: "amqp" | "http";
  /**
   * Whether the broker speaks TLS there.
   * @default true
   */
  tls?: boolean;
  /** Who it is to the broker. */
  login: RabbitMqLogin<N>;
}

/** A user of RabbitMQ's. */
export interface RabbitMqLogin<N extends Names = Names> {
  username: SecretKey<N>;
  password: SecretKey<N>;
}

/** A key of a declared secret. */
export interface SecretKey<N extends Names = Names> {
  secret: Ref<N, "secret">;
  /** @default its only one */
  key?: FileName;
}

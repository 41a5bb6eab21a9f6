import type { Cron, Duration } from "../config/units.ts";
import type { Peer } from "./peer.ts";
import type { Resolved } from "./resolved.ts";
import type { SecretKey } from "./secrets.ts";

/** How many pods. */
export interface Scaling extends Resolved {
  min: number;
  max: number;
  /** `min` equals `max`: no autoscaler. */
  fixed: boolean;
  /** Percent of the CPU request that the autoscaler aims at; absent where something else is said and this is not. */
  cpu?: number;
  /** Percent of the memory request that the autoscaler aims at. */
  memory?: number;
  up?: ScalingPace;
  down?: ScalingPace;
  triggers: readonly Trigger[];
  /** Its fields that the config says. */
  written: readonly string[];
}

export interface ScalingPace {
  after?: Duration;
  atMost?: {
    pods?: number;
    /** Percent of the pods that there are. */
    share?: number;
    every: Duration;
  };
}

/** Something that asks for pods. */
export type Trigger = PrometheusTrigger | ScheduleTrigger | BrokerTrigger;

/** Something that asks brokers. */
export type BrokerTrigger = KafkaTrigger | RabbitMqTrigger;

export interface MeasuredTrigger extends Resolved {
  name: string;
  /** How much of what is measured one pod is for. */
  perPod: number;
  /** Above how much the first of no pods starts. */
  wakeAbove: number;
}

export interface PrometheusTrigger extends MeasuredTrigger {
  kind: "prometheus";
  query: string;
}

export interface ScheduleTrigger extends Resolved {
  kind: "schedule";
  name: string;
  from: Cron;
  to: Cron;
  timeZone: string;
  pods: number;
}

export interface KafkaTrigger extends MeasuredTrigger {
  kind: "kafka";
  brokers: readonly Broker[];
  group: string;
  topic: string;
  tls: boolean;
  login?: {
    mechanism: "plain" | "scram-sha-256" | "scram-sha-512";
    username: SecretKey;
    password: SecretKey;
  };
}

export interface RabbitMqTrigger extends MeasuredTrigger {
  kind: "rabbitmq";
  /** One. */
  brokers: readonly Broker[];
  queue: string;
  virtualHost: string;
  mode: "length" | "rate";
  protocol: "amqp" | "http";
  tls: boolean;
  login: { username: SecretKey; password: SecretKey };
}

/** Where a broker is: a host with its port, and the declared service that it is of. */
export interface Broker extends Resolved {
  address: string;
  service?: string;
  /** Absent where the service does not run on this cluster. */
  peer?: Peer;
}

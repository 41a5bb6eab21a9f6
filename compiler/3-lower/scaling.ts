import type { Scaling as ConfigScaling, SecretKey, Trigger as ConfigTrigger } from "../config/model/scaling.ts";
import type { Address, ExternalAddress } from "../config/model/values.ts";
import type { Broker, BrokerTrigger, Scaling, ScalingPace, Trigger } from "../topology/scaling.ts";
import type { Secret } from "../topology/secrets.ts";
import { entries, type TunableReader } from "./resolve.ts";
import { lowerSecretKey } from "./secrets.ts";
import { percent } from "./strategies.ts";

/** Where something of a service's `scaling` is written. */
type At = (...path: (string | number)[]) => string;

/** What a service says, wherever it runs: the number of pods and where brokers are depend on that. */
export interface ScalingForm extends Omit<Scaling, "min" | "max" | "fixed" | "triggers"> {
  min?: number;
  max?: number;
  /** A tuned pair keeps its autoscaler even where both values meet: the next proposal may part them again. */
  tuned: boolean;
  triggers: readonly TriggerForm[];
}

type TriggerForm = Exclude<Trigger, BrokerTrigger> | BrokerTriggerForm<BrokerTrigger>;
/** Of each kind by itself. */
type BrokerTriggerForm<T> = T extends BrokerTrigger ? Omit<T, "brokers"> & { brokers: readonly BrokerForm[] } : never;
interface BrokerForm {
  source: string;
  written: string | Address | ExternalAddress;
}

export function lowerScaling(
  config: ConfigScaling | undefined,
  at: At,
  { secrets, tunables }: { secrets: ReadonlyMap<string, Secret>; tunables: TunableReader },
): ScalingForm {
  const { cpu, memory, up, down, triggers = {} } = config ?? {};
  const named = entries(triggers, "").map(({ name, value }) =>
    lowerTrigger(name, value, (...path) => at("triggers", name, ...path), secrets),
  );
  const aim = cpu ?? (memory === undefined && named.length === 0 ? "70%" : undefined);
  return {
    source: at(),
    min: tunables.read(config?.min, at("min")),
    max: tunables.read(config?.max, at("max")),
    tuned: typeof config?.min === "object" || typeof config?.max === "object",
    ...(aim === undefined ? {} : { cpu: percent(aim) }),
    ...(memory === undefined ? {} : { memory: percent(memory) }),
    ...(up === undefined ? {} : { up: lowerPace(up) }),
    ...(down === undefined ? {} : { down: lowerPace(down) }),
    triggers: named,
    written: (["min", "max", "cpu", "memory", "up", "down", "triggers"] as const).filter(
      (field) => config?.[field] !== undefined,
    ),
  };
}

/** The number of pods, and the triggers with what is only known on a cluster; `brokerAt` says where a service is there. */
export function scalingOn(
  { tuned, min, max, triggers, ...form }: ScalingForm,
  pods: number,
  brokerAt: (to: Address | ExternalAddress) => Omit<Broker, "source">,
): Scaling {
  const [least, most] = [min ?? pods, max ?? pods];
  return {
    ...form,
    min: least,
    max: most,
    fixed: least === most && !tuned,
    triggers: triggers.map((trigger) =>
      !("brokers" in trigger)
        ? trigger
        : {
            ...trigger,
            brokers: trigger.brokers.map(({ source, written }) =>
              typeof written === "string" ? { source, address: written } : { source, ...brokerAt(written) },
            ),
          },
    ),
  };
}

const lowerPace = ({ after, atMost }: NonNullable<ConfigScaling["up"]>): ScalingPace => ({
  ...(after === undefined ? {} : { after }),
  ...(atMost === undefined
    ? {}
    : {
        atMost: {
          ...(atMost.pods === undefined ? {} : { pods: atMost.pods }),
          ...(atMost.share === undefined ? {} : { share: percent(atMost.share) }),
          every: atMost.every,
        },
      }),
});

function lowerTrigger(name: string, trigger: ConfigTrigger, at: At, secrets: ReadonlyMap<string, Secret>): TriggerForm {
  const source = at();
  if (trigger.kind === "schedule") {
    const { kind, from, to, timeZone, pods } = trigger;
    return { source, name, kind, from, to, timeZone: timeZone ?? "UTC", pods };
  }
  const measured = { source, name, perPod: trigger.perPod, wakeAbove: trigger.wakeAbove ?? 0 };
  if (trigger.kind === "prometheus") return { ...measured, kind: trigger.kind, query: trigger.query };
  const keyOf = (field: "username" | "password", key: SecretKey) => lowerSecretKey(key, secrets, at("login", field));
  if (trigger.kind === "rabbitmq") {
    const { kind, broker, queue, virtualHost, mode = "length", protocol, tls, login } = trigger;
    return {
      ...measured,
      kind,
      brokers: [{ source: at("broker"), written: broker }],
      queue,
      virtualHost: virtualHost ?? "/",
      mode,
      protocol: protocol ?? (mode === "rate" ? "http" : "amqp"),
      tls: tls ?? true,
      login: { username: keyOf("username", login.username), password: keyOf("password", login.password) },
    };
  }
  const { kind, brokers, group, topic, tls, login } = trigger;
  return {
    ...measured,
    kind,
    brokers: brokers.map((written, index) => ({ source: at("brokers", index), written })),
    group,
    topic,
    tls: tls ?? true,
    ...(login === undefined
      ? {}
      : {
          login: {
            mechanism: login.mechanism,
            username: keyOf("username", login.username),
            password: keyOf("password", login.password),
          },
        }),
  };
}

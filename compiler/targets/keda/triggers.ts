import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesObject } from "../../5-emit/kubernetes.ts";
import { compose, PROMETHEUS_URL } from "../../facts/names.ts";
import type { BrokerTrigger, RabbitMqTrigger, Trigger } from "../../topology/scaling.ts";
import type { Workload } from "../../topology/workloads.ts";

/** What KEDA knows under a type: its metadata are texts. https://keda.sh/docs/2.20/scalers/ */
interface KedaTrigger {
  type: string;
  name?: string;
  metricType?: "Utilization" | "AverageValue";
  metadata: Readonly<Record<string, string>>;
  authenticationRef?: { name: string };
}

/** All that a workload is scaled by: the largest number that one of them asks for counts. */
export function triggers(workload: Workload): KedaTrigger[] {
  const { cpu, memory, triggers } = workload.scaling;
  return [
    ...(cpu === undefined ? [] : [resource(workload, "cpu", cpu)]),
    ...(memory === undefined ? [] : [resource(workload, "memory", memory)]),
    ...triggers.map((trigger) => ({ name: trigger.name, ...triggerOf(workload, trigger) })),
  ];
}

/** Of the service's own container: a sidecar's idle requests would dilute the average of the pod. */
const resource = ({ name }: Workload, type: "cpu" | "memory", percent: number): KedaTrigger => ({
  type,
  metricType: "Utilization",
  metadata: { value: String(Math.round(percent)), containerName: name },
});

function triggerOf(workload: Workload, trigger: Trigger): KedaTrigger {
  switch (trigger.kind) {
    case "prometheus":
      return {
        type: "prometheus",
        metricType: "AverageValue",
        metadata: {
          serverAddress: PROMETHEUS_URL,
          query: trigger.query,
          threshold: String(trigger.perPod),
          activationThreshold: String(trigger.wakeAbove),
          ignoreNullValues: "false", // no value is not the value 0, which would end pods
        },
      };
    case "schedule":
      return {
        type: "cron",
        metadata: {
          timezone: trigger.timeZone,
          start: trigger.from,
          end: trigger.to,
          desiredReplicas: String(trigger.pods),
        },
      };
    case "kafka":
      return {
        type: "kafka",
        metricType: "AverageValue",
        metadata: {
          bootstrapServers: trigger.brokers.map(({ address }) => address).join(","),
          consumerGroup: trigger.group,
          topic: trigger.topic,
          lagThreshold: String(trigger.perPod),
          activationLagThreshold: String(trigger.wakeAbove),
          tls: trigger.tls ? "enable" : "disable",
          ...(trigger.login === undefined ? {} : { sasl: MECHANISMS[trigger.login.mechanism] }),
        },
        ...(trigger.login === undefined ? {} : { authenticationRef: { name: authentication(workload, trigger) } }),
      };
    case "rabbitmq":
      return {
        type: "rabbitmq",
        metricType: "AverageValue",
        metadata: {
          host: rabbitMqUrl(trigger),
          queueName: trigger.queue,
          vhostName: trigger.virtualHost,
          mode: { length: "QueueLength", rate: "MessageRate" }[trigger.mode],
          value: String(trigger.perPod),
          activationValue: String(trigger.wakeAbove),
        },
        authenticationRef: { name: authentication(workload, trigger) },
      };
  }
}

/** The scheme says the protocol; the name and the password of the TriggerAuthentication are put into it by KEDA. */
const rabbitMqUrl = ({ protocol, tls, brokers }: RabbitMqTrigger): string =>
  `${protocol}${tls ? "s" : ""}://${brokers[0]!.address}/`;

const MECHANISMS = { plain: "plaintext", "scram-sha-256": "scram_sha256", "scram-sha-512": "scram_sha512" } as const;

const authentication = ({ name }: Workload, trigger: BrokerTrigger): string => compose([name, trigger.name]);

/** https://keda.sh/docs/2.20/concepts/authentication/ */
export function triggerAuthentications(workload: Workload): KubernetesObject[] {
  const { namespace, labels, scaling } = workload;
  return scaling.triggers.flatMap((trigger) =>
    !("login" in trigger) || trigger.login === undefined
      ? []
      : [
          kubernetesObject(
            {
              apiVersion: "keda.sh/v1alpha1",
              kind: "TriggerAuthentication",
              name: authentication(workload, trigger),
              namespace,
              labels,
              source: trigger.source,
            },
            {
              spec: {
                secretTargetRef: (["username", "password"] as const).map((parameter) => ({
                  parameter,
                  name: trigger.login![parameter].name,
                  key: trigger.login![parameter].key!, // a check has seen that there is one
                })),
              },
            },
          ),
        ],
  );
}

import { onePerForm } from "../../facts/placement.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "scaling/rate-over-amqp",
  severity: "error",
  summary: "The rate of a queue of RabbitMQ is asked over HTTP",
  why: "AMQP says how many messages are in a queue, and not how many come in: the management plugin alone counts them. KEDA refuses the trigger, and the number of pods stays as it is.",

  *run(topology) {
    for (const { name, scaling } of onePerForm(topology))
      for (const trigger of scaling.triggers) {
        if (trigger.kind !== "rabbitmq" || trigger.mode !== "rate" || trigger.protocol !== "amqp") continue;
        yield {
          at: `${trigger.source}.protocol`,
          message: `${name}: the trigger ${trigger.name} asks for a rate by AMQP`,
          idea: "a trigger asks for a rate by AMQP",
          hint: 'set `protocol: "http"` and the port of the management plugin, or measure the length',
        };
      }
  },
});

import type { KubernetesObject } from "../../cluster/client.ts";

/** The smallest CronJob with a schedule: the server asks robfig/cron whether it is one. */
export const cronJob = (schedule: string): KubernetesObject => ({
  apiVersion: "batch/v1",
  kind: "CronJob",
  metadata: { name: "one", namespace: "default" },
  spec: {
    schedule,
    jobTemplate: {
      spec: {
        template: {
          spec: { restartPolicy: "Never", containers: [{ name: "main", image: "registry.example/main:1" }] },
        },
      },
    },
  },
});

import type { Priority } from "../topology/pods.ts";

/**
 * The priorities that services may have beside that of everything which says none, 0. `low` is not below -10, where
 * cluster autoscalers no longer add nodes for pods that wait:
 * https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md#how-does-cluster-autoscaler-work-with-pod-priority-and-preemption
 * `high` is far below those of the system, from 1,000,000,000:
 * https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#priorityclass
 */
export const PRIORITIES = {
  low: { className: "eco-compile-low", value: -1, description: "Gives way to everything else where nodes are full." },
  high: {
    className: "eco-compile-high",
    value: 1000,
    description: "Everything else gives way to it where nodes are full.",
  },
} as const satisfies Record<Priority, { className: string; value: number; description: string }>;

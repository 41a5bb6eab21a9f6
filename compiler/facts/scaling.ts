import { seconds } from "../config/units.ts";
import type { Scaling, ScalingPace } from "../topology/scaling.ts";

/** How fast a HorizontalPodAutoscaler goes, in its own words; undefined where Kubernetes' way is not changed. */
export function scalingBehavior({ up, down }: Pick<Scaling, "up" | "down">): object | undefined {
  if (up === undefined && down === undefined) return undefined;
  return {
    ...(up === undefined ? {} : { scaleUp: rules(up) }),
    ...(down === undefined ? {} : { scaleDown: rules(down) }),
  };
}

/**
 * The largest of several policies counts, as Kubernetes' default has it:
 * https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#scaling-policies
 */
const rules = ({ after, atMost }: ScalingPace): object => ({
  ...(after === undefined ? {} : { stabilizationWindowSeconds: seconds(after) }),
  ...(atMost === undefined
    ? {}
    : {
        policies: [
          ...(atMost.pods === undefined ? [] : [policy("Pods", atMost.pods, atMost.every)]),
          ...(atMost.share === undefined ? [] : [policy("Percent", Math.round(atMost.share), atMost.every)]),
        ],
      }),
});

const policy = (type: "Pods" | "Percent", value: number, every: Parameters<typeof seconds>[0]): object => ({
  type,
  value,
  periodSeconds: seconds(every),
});

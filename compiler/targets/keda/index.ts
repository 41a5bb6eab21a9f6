import { kubernetesFile } from "../../5-emit/kubernetes.ts";
import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { shared } from "../../5-emit/shared.ts";
import { fieldAt } from "../../facts/differences.ts";
import type { Target } from "../../5-emit/target.ts";
import { contribution, isTriggered } from "./contribution.ts";
import { scaledObject } from "./scaled-object.ts";
import { triggerAuthentications } from "./triggers.ts";

/** One ScaledObject for each workload with triggers; KEDA makes the HorizontalPodAutoscaler from it. */
export default {
  name: "keda",
  summary: "Scaling by queues, metrics and hours: KEDA's ScaledObjects and what their triggers log in with",
  provides: ["triggers"],
  contribute: contribution,
  emit: ({ workloads }) => {
    const once = shared<readonly KubernetesObject[]>();
    return workloads.filter(isTriggered).map((workload) =>
      kubernetesFile(
        `${workload.path}/manifests/scaling.yaml`,
        once(JSON.stringify([workload.form, workload.scaling]), () => [
          ...triggerAuthentications(workload),
          scaledObject(workload),
        ]),
        fieldAt(workload, "scaling"),
      ),
    );
  },
} satisfies Target;

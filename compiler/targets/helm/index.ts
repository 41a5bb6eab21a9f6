import type { Artifact } from "../../5-emit/artifact.ts";
import type { Target } from "../target.ts";
import { jobValues, serviceValues, statefulValues } from "./values.ts";
import type { Workload } from "../../3-lower/topology.ts";

/** Values of the charts in `helm-library/`, one file per workload. Argo CD renders the chart with them. */
export default {
  name: "helm",
  summary: "Values for the charts of helm-library/, one file per workload",
  consumes: [
    "name",
    "services.*.team",
    "services.*.kind",
    "services.*.image",
    "services.*.tag",
    "services.*.command",
    "services.*.args",
    "services.*.ports",
    "services.*.probes",
    "services.*.resources",
    "services.*.scaling",
    "services.*.config",
    "services.*.secrets",
    "services.*.dependsOn",
    "services.*.egress",
    "services.*.telemetry.metrics",
    "services.*.writable",
    "services.*.storage",
    "services.*.schedule",
    "services.*.runAsUser",
    "services.*.gracePeriod",
    "services.*.rollout",
    "rollouts.*.kind",
  ],
  emit: ({ workloads }) => workloads.map(valuesFile),
} satisfies Target;

const values = { service: serviceValues, job: jobValues, stateful: statefulValues };

const valuesFile = (workload: Workload): Artifact => ({
  path: `${workload.path}/values.yaml`,
  body: { kind: "values", chart: workload.kind, name: workload.name, data: values[workload.kind](workload) },
  sources: [workload.source, workload.image.source],
});

/** Schedules that are broken in one way each, which the suite must tell from good ones. */
import { PROMETHEUS_URL } from "../../../compiler/facts/names.ts";
import type { Data, KubernetesObject } from "../../cluster/client.ts";
import { templatesOf } from "./judge.ts";

export interface Mutant {
  name: string;
  breaks(schedule: Data): void;
}

const checks = (schedule: Data): Data[] =>
  [...templatesOf(schedule).values()].filter(({ templateType }) => templateType === "StatusCheck");
const faults = (schedule: Data): Data[] =>
  [...templatesOf(schedule).values()]
    .filter(({ templateType }) => /Chaos$/.test(templateType))
    .map((template) => Object.entries(template).find(([field]) => /Chaos$/.test(field))![1]);
const outer = (schedule: Data): Data => templatesOf(schedule).get("experiment")!;

/** Still there, and not aborted, after the SLO is broken. */
export const DEAF: readonly Mutant[] = [
  // Prometheus answers 200 to whatever it understands, however bad the value is.
  {
    name: "asks-prometheus",
    breaks: (schedule) =>
      checks(schedule).forEach(
        ({ statusCheck }) => (statusCheck.http.url = `${PROMETHEUS_URL}/api/v1/query?query=vector(0)`),
      ),
  },
  {
    name: "abort-off",
    breaks: (schedule) => checks(schedule).forEach((check) => (check.abortWithStatusCheck = false)),
  },
  {
    name: "any-status-is-good",
    breaks: (schedule) =>
      checks(schedule).forEach(({ statusCheck }) => (statusCheck.http.criteria.statusCode = "200-599")),
  },
  { name: "no-watch", breaks: (schedule) => remove(templatesOf(schedule).get("run")!, /^watch-/) },
];

/** Harm without leave of the SLO. */
export const RASH: readonly Mutant[] = [{ name: "no-gate", breaks: (schedule) => remove(outer(schedule), /^gate-/) }];

/** No pod is chosen. */
export const BLIND: readonly Mutant[] = [
  {
    name: "other-labels",
    breaks: (schedule) =>
      faults(schedule).forEach(({ selector }) => (selector.labelSelectors = { "app.kubernetes.io/name": "nobody" })),
  },
  {
    name: "other-zone",
    breaks: (schedule) =>
      faults(schedule).forEach(
        ({ selector }) => (selector.nodeSelectors = { "topology.kubernetes.io/zone": "nowhere" }),
      ),
  },
  {
    name: "closed-namespace",
    breaks: (schedule) => faults(schedule).forEach(({ selector }) => (selector.namespaces = [CLOSED])),
  },
];

/** Has pods like those of the workload, and no leave to harm them. */
export const CLOSED = "closed";

/** An SLO that slo-gate was not told of. */
export const STRANGE: readonly Mutant[] = [
  {
    name: "unknown-slo",
    breaks: (schedule) => checks(schedule).forEach(({ statusCheck }) => (statusCheck.http.url += "-unknown")),
  },
];

/** Too many pods. */
export const BROAD: readonly Mutant[] = [
  { name: "all-pods", breaks: (schedule) => faults(schedule).forEach((fault) => (fault.mode = "all")) },
];

/** Longer than said. */
export const LONG: readonly Mutant[] = [
  { name: "no-deadline", breaks: (schedule) => delete templatesOf(schedule).get("fault")!.deadline },
];

function remove(parent: Data, children: RegExp): void {
  parent.children = parent.children.filter((name: string) => !children.test(name));
}

/**
 * A broken copy beside the original; templates that nothing starts any more are left out, since Chaos Mesh refuses
 * none.
 */
export function mutantOf(schedule: KubernetesObject, { name, breaks }: Mutant): KubernetesObject {
  const copy: Data = structuredClone(schedule);
  copy.metadata.name = `mutant-${name}`;
  breaks(copy);
  return copy;
}

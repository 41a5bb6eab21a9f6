import type { Topology } from "../../3-lower/topology.ts";
import { defineCheck } from "../check.ts";
import { analysesOf } from "../strategy-users.ts";

export default defineCheck({
  id: "units/count",
  severity: "error",
  summary: "Numbers of things are whole, and none is too small to mean something",
  why: "There are no half pods and no ports below zero: Kubernetes and the clouds refuse them, some in the middle of an apply.",
  atBounds: true,

  *run(topology) {
    for (const { at, value, least, most = Infinity } of counts(topology)) {
      if (Number.isInteger(value) && value >= least && value <= most) continue;
      yield { at, message: `${value} is not a whole number ${most === Infinity ? `of at least ${least}` : `from ${least} to ${most}`}`, hint: "write a whole number" };
    }
  },
});

interface Count {
  at: string;
  value: number;
  least: number;
  most?: number;
}

function* counts({ clusters, runners, workloads, strategies, resilience }: Topology): Generator<Count> {
  for (const { source, min, max, initial } of clusters.flatMap(({ nodePools }) => nodePools)) {
    yield { at: `${source}.min`, value: min, least: 0 };
    yield { at: `${source}.max`, value: max, least: 1 };
    if (initial !== min) yield { at: `${source}.initial`, value: initial, least: 0 }; // a default says nothing of its own
  }
  for (const { source, min, max } of runners) {
    yield { at: `${source}.min`, value: min, least: 0 };
    yield { at: `${source}.max`, value: max, least: 1 };
  }
  for (const { scaling, ports, egress, probes } of workloads) {
    yield { at: `${scaling.source}.min`, value: scaling.min, least: 1 };
    yield { at: `${scaling.source}.max`, value: scaling.max, least: 1 };
    for (const { source, port, targetPort } of ports) {
      yield { at: `${source}.port`, value: port, least: 1, most: 65535 };
      if (targetPort !== port) yield { at: `${source}.targetPort`, value: targetPort, least: 1, most: 65535 };
    }
    for (const { source, port } of egress) yield { at: `${source}.port`, value: port, least: 1, most: 65535 };
    for (const { source, failures } of Object.values(probes)) yield { at: `${source}.failures`, value: failures, least: 1 };
  }
  for (const strategy of strategies) {
    if (strategy.kind === "blue-green" && strategy.previewReplicas !== undefined) yield { at: `${strategy.source}.previewReplicas`, value: strategy.previewReplicas, least: 1 };
    if (strategy.kind === "shadow") yield { at: `${strategy.source}.replicas`, value: strategy.replicas, least: 1 };
    for (const { source, count, failureLimit, minimumRequests } of analysesOf(strategy)) {
      yield { at: `${source}.count`, value: count, least: 1 };
      yield { at: `${source}.failureLimit`, value: failureLimit, least: 0 };
      yield { at: `${source}.minimumRequests`, value: minimumRequests, least: 0 };
    }
  }
  for (const experiment of resilience.experiments) {
    if (experiment.kind === "cpu-stress" || experiment.kind === "memory-stress") yield { at: `${experiment.source}.workers`, value: experiment.workers, least: 1 };
    if (experiment.kind === "http-fault" && experiment.status !== undefined) yield { at: `${experiment.source}.status`, value: experiment.status, least: 200, most: 599 };
  }
}

import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesObject } from "../../5-emit/kubernetes.ts";
import { platformLabels } from "../../facts/names.ts";
import type { Team } from "../../topology/teams.ts";
import type { Topology } from "../../topology/index.ts";

const NAME = "team";

/** What a team's namespace has one of; `source` is the config path that asks for it. */
export const ofTeam = (
  topology: Topology,
  { namespace }: Team,
  { kind, source, spec }: { kind: "ResourceQuota" | "LimitRange"; source: string; spec: object },
): KubernetesObject =>
  kubernetesObject(
    { apiVersion: "v1", kind, name: NAME, namespace, labels: platformLabels(topology.name, NAME), source },
    { spec },
  );

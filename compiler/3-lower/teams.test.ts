/** What a team says of its pods, where an environment or a cluster may say otherwise. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { everything } from "../../scripts/everything/everything.ts";
import { topologyOf } from "../../test/support/topology.ts";
import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Service } from "../config/model/services.ts";
import type { Team } from "../config/model/teams.ts";
import type { Topology } from "../topology/index.ts";

const IMAGE = { team: "crew", image: "registry.example/crew/x", placement: "all" } as const;
const CLUSTERS = ["aks", "eks", "gke"] as const; // of first, trial and live

/** The ecosystem that writes everything with this team, and a service of it called `one`. */
function withTeam(team: Partial<Team>, service: Partial<Service> = {}): Topology {
  return topologyOf({
    ...everything,
    teams: { crew: { contact: "#crew", ...team } },
    services: { ...everything.services, one: { ...IMAGE, ...service } },
  } as Ecosystem);
}

const workloadsOf = ({ workloads }: Topology, service: string) =>
  CLUSTERS.map((cluster) => workloads.find((one) => one.name === service && one.cluster.name === cluster)!);

const PRIORITIES: Record<string, [team: Partial<Team>, service: Partial<Service>, priorities: (string | undefined)[]]> =
  {
    "of everything, where nobody says any": [{}, {}, [undefined, undefined, undefined]],
    "of the team": [{ priority: "high" }, {}, ["high", "high", "high"]],
    "of the service, which counts for more": [{ priority: "high" }, { priority: "low" }, ["low", "low", "low"]],
    "of the service, also where it is that of everything": [
      { priority: "high" },
      { priority: "normal" },
      [undefined, undefined, undefined],
    ],
    "of the team in an environment, and on a cluster, which counts for more": [
      {
        priority: "low",
        in: { first: { priority: "high" }, live: { priority: "high" } },
        on: { gke: { priority: "normal" } },
      },
      {},
      ["high", "low", undefined],
    ],
    "of everything, where an environment takes the team's away": [
      { priority: "high", in: { trial: { priority: null } } },
      {},
      ["high", undefined, "high"],
    ],
    "of the team again, where an environment takes the service's away": [
      { priority: "high" },
      { priority: "low", in: { trial: { priority: null } } },
      ["low", "high", "low"],
    ],
  };

for (const [title, [team, service, priorities]] of Object.entries(PRIORITIES))
  test(`priority: ${title}`, () => {
    assert.equal(
      workloadsOf(withTeam(team, service), "one").map(({ pods }) => pods.priority),
      priorities,
    );
  });

test("a service has one form wherever its team's priority does not differ for it", () => {
  const forms = (team: Partial<Team>, service: Partial<Service> = {}) =>
    new Set(workloadsOf(withTeam(team, service), "one").map(({ form }) => form)).size;
  const differing: Partial<Team> = { in: { first: { priority: "high" } } };
  assert.equal(
    [forms({}), forms({ priority: "high" }), forms(differing), forms(differing, { priority: "low" })],
    [1, 1, 2, 1],
  );
});

test.run();

/** What the pages' examples leave out: what a team says of its pods, wherever it may stand. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { diagnose } from "../../test/errors/example.ts";

const STORE = `team: "shop", kind: "stateful", image: "ghcr.io/acme/store", placement: "all", storage: [{ name: "data", path: "/data", size: "10Gi" }]`;
const JOB = `team: "shop", kind: "job", image: "ghcr.io/acme/report", placement: "all"`;

/** Config fragment → what it must be told, as `id at path`; nothing where the list is empty. */
const cases: Record<string, [config: string, findings: string[]]> = {
  "a priority of a team without services": [
    `teams: { platform: { priority: "low" } },`,
    ["teams/without-effect at teams.platform.priority"],
  ],
  "a priority that one service has": [
    `teams: { shop: { priority: "low" } }, services: { web: { priority: "high" } },`,
    [],
  ],
  "a priority of an environment in which each service says its own": [
    `teams: { shop: { priority: "low", in: { staging: { priority: "high" } } } }, services: { web: { in: { staging: { priority: "normal" } } }, api: { in: { staging: { priority: "low" } } } },`,
    ["teams/without-effect at teams.shop.in.staging.priority"],
  ],
  "a priority that each cluster says otherwise": [
    `teams: { shop: { priority: "low", in: { staging: { priority: "high" } }, on: { main: { priority: "normal" } } } },`,
    [],
  ],
  "two teams in one namespace, of which one has a quota": [
    `teams: { shop: { quota: { pods: 20 } }, platform: { namespace: "shop" } },`,
    ["names/duplicate-identity at teams.shop.namespace"],
  ],
  "a quota of a team without services": [
    `teams: { platform: { quota: { cpu: "4" } } },`,
    ["teams/without-effect at teams.platform.quota"],
  ],
  "a quota that limits nothing": [`teams: { shop: { quota: {} } },`, ["teams/without-effect at teams.shop.quota"]],
  "a quota that an environment empties": [
    `teams: { shop: { quota: { cpu: "40" }, in: { staging: { quota: { cpu: null } } } } },`,
    ["teams/without-effect at teams.shop.in.staging.quota"],
  ],
  "a quota that an environment takes away": [
    `teams: { shop: { quota: { pods: 1 }, in: { staging: { quota: null }, production: { quota: { pods: 20 } } } } },`,
    [],
  ],
  "a quota that is too small in one environment": [
    `teams: { shop: { quota: { pods: 20 }, in: { staging: { quota: { pods: 3 } } } } },`,
    ["teams/quota-too-small at teams.shop.in.staging.quota.pods"],
  ],
  "each field of a quota that is too small": [
    `teams: { shop: { quota: { cpu: "800m", memory: "1Gi", pods: 4, volumes: 0, storage: "1Gi" } } }, services: { store: { ${STORE} } },`,
    ["cpu", "memory", "pods", "volumes", "storage"].map(
      (field) => `teams/quota-too-small at teams.shop.quota.${field}`,
    ),
  ],
  "a quota that holds all to the last pod": [
    `teams: { shop: { quota: { cpu: "2", memory: "2560Mi", pods: 10 } } },`,
    [],
  ],
  "a quota that lacks a thousandth of a core at the peak": [
    `teams: { shop: { quota: { cpu: "1999m" } } },`,
    ["teams/quota-below-peak at teams.shop.quota.cpu"],
  ],
  "a job beside the services": [
    `teams: { shop: { quota: { pods: 4 } } }, services: { report: { ${JOB} } },`,
    ["teams/quota-too-small at teams.shop.quota.pods"],
  ],
  "two jobs, of which one runs at a time": [
    `teams: { shop: { quota: { pods: 11 } } }, services: { report: { ${JOB} }, second: { ${JOB} } },`,
    [],
  ],
  "tunables that outgrow a quota": [
    `teams: { shop: { quota: { cpu: "4" } } }, services: { api: { resources: { cpu: tunable({ default: "100m", min: "50m", max: "2" }) } } },`,
    ["teams/quota-too-small at teams.shop.quota.cpu"],
  ],
  "limits of a team without services": [
    `teams: { platform: { limits: { max: { cpu: "4" } } } },`,
    ["teams/without-effect at teams.platform.limits"],
  ],
  "a limit that all keep exactly": [
    `teams: { shop: { limits: { max: { cpu: "2", memory: "1Gi" } } } }, services: { web: { resources: { cpu: "1", memory: "1Gi" } } },`,
    [],
  ],
  "a limit that is said": [
    `teams: { shop: { limits: { max: { cpu: "2" } } } }, services: { web: { resources: { cpu: "500m", cpuLimit: "2001m" } } },`,
    ["teams/container-above-max at services.web.resources.cpuLimit"],
  ],
  "containers beside a service's own": [
    `teams: { shop: { limits: { max: { cpu: "2", memory: "1Gi" } } } }, services: { web: { init: [{ name: "first", resources: { cpu: "1500m" } }], sidecars: [{ name: "beside", resources: { memory: "2Gi" } }] } },`,
    [
      "teams/container-above-max at services.web.sidecars[0].resources.memory",
      "teams/container-above-max at services.web.init[0].resources.cpu",
    ],
  ],
  "what the mesh adds, once for all services": [
    `teams: { shop: { limits: { max: { cpu: "1500m", memory: "1000Mi" } } } },`,
    ["cpu", "memory"].map((field) => `teams/container-above-max at teams.shop.limits.max.${field}`),
  ],
  "a team without meshed pods": [
    `teams: { platform: { limits: { max: { cpu: "1", memory: "512Mi" } } } }, services: { report: { ${JOB}, team: "platform" } },`,
    [],
  ],
  "a limit of one environment": [
    `teams: { shop: { in: { staging: { limits: { max: { memory: "1Gi" } } } } } }, services: { web: { resources: { memory: "2Gi" }, in: { staging: { resources: { memory: "1536Mi" } } } } },`,
    ["teams/container-above-max at services.web.in.staging.resources.memory"],
  ],
  "tunables that outgrow a limit": [
    `teams: { shop: { limits: { max: { memory: "1Gi" } } } }, services: { api: { resources: { memory: tunable({ default: "128Mi", min: "64Mi", max: "2Gi" }) } } },`,
    ["teams/container-above-max at services.api.resources.memory"],
  ],
  "a default above what may be had, in one environment": [
    `teams: { shop: { limits: { max: { cpu: "4" }, default: { cpu: "3" } }, in: { staging: { limits: { max: { cpu: "2" } } } } } },`,
    ["teams/default-above-max at teams.shop.limits.default.cpu"],
  ],
  "what differs where a team has no services": [
    `teams: { shop: { in: { production: { priority: "low" } }, on: { main: { priority: "high" } } }, platform: { in: { staging: { priority: "low" } } } }, services: { web: { placement: { clusters: ["test"] } }, api: { placement: { clusters: ["test"] } } },`,
    ["in.production", "on.main"]
      .map((place) => `differences/unplaced at teams.shop.${place}`)
      .concat("differences/unplaced at teams.platform.in.staging"),
  ],
  "what may not differ of a team": [
    `teams: { shop: { in: { staging: { contact: "#other", namespace: "other" } } } },`,
    ["contact", "namespace"].map((field) => `differences/fixed at teams.shop.in.staging.${field}`),
  ],
};

for (const [title, [config, findings]] of Object.entries(cases))
  test(title, () => {
    assert.equal(
      diagnose({ config, images: "", tuning: "", lock: "" }).map(({ id, at }) => `${id} at ${at}`),
      findings,
    );
  });

const said = (config: string) =>
  diagnose({ config, images: "", tuning: "", lock: "" }).map(({ message, hint }) => `${message}; ${hint}`);

test("a quota that is too small is told with those who take most, and what to do", () => {
  assert.equal(
    said(
      `teams: { shop: { quota: { memory: "1Gi" } } }, services: { web: { resources: { memory: "512Mi" } }, report: { ${JOB} } },`,
    ),
    [
      "shop asks for at least 1.875 GiB on main, and may have 1 GiB: most of it is for web 1.25 GiB, api 0.5 GiB and report 0.125 GiB; raise it, with room for rollouts, or lower what its services ask for or how many pods they have",
    ],
  );
});

test("a container above the limits is told with both amounts, and one that nobody here writes otherwise", () => {
  assert.equal(
    said(`teams: { shop: { limits: { max: { cpu: "2" } } } }, services: { web: { resources: { cpu: "1100m" } } },`),
    ["web may use 2.2 cores on main, and a container of shop may use 2 cores; lower it, or raise the team's limit"],
  );
  assert.equal(said(`teams: { shop: { limits: { max: { memory: "1000Mi" } } } },`), [
    "what istiod adds to api may use 1024Mi of memory on main, and a container of shop may use 1000Mi of memory; raise it",
  ]);
});

test.run();

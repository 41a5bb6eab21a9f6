import { test } from "uvu";
import * as assert from "uvu/assert";
import { everything } from "../../scripts/everything/everything.ts";
import { ideasOf } from "../diagnostics/ideas.ts";
import { changed, findings, GONE } from "./test/change.ts";

/**
 * One mistake and everything that is said about it; `at` is the path of the mistake where nothing else stands there.
 */
interface Case {
  mistake: readonly [path: string, value: unknown];
  id: string;
  at?: string;
  message: string;
  hint?: string;
}

const TOKEN = `ghp_${"a1B2".repeat(9)}`;

const cases: Record<string, readonly Case[]> = {
  "unknown keys": [
    { mistake: ["servces", {}], id: "unknown-key", message: 'unknown key "servces"', hint: 'did you mean "services"?' },
    {
      mistake: ["teams.crew.chanel", "#x"],
      id: "unknown-key",
      message: 'unknown key "chanel" in teams.crew',
      hint: "known here: contact, in, limits, namespace, on, priority, quota",
    },
    {
      mistake: ["services.web.ports.http.prot", 80],
      id: "unknown-key",
      message: 'unknown key "prot" in services.web.ports.http',
      hint: 'did you mean "port"?',
    },
    {
      mistake: ["rollouts.steps.steps[0].pauze", "5m"],
      id: "unknown-key",
      message: 'unknown key "pauze" in rollouts.steps.steps[0]',
      hint: 'did you mean "pause"?',
    },
    {
      mistake: ["rollouts.steps.analisys", {}],
      id: "unknown-key",
      message: 'unknown key "analisys" in rollouts.steps',
      hint: 'did you mean "analysis"?',
    },
    {
      mistake: ["rollouts.steps.keepOldFor", "5m"],
      id: "unknown-key",
      message: 'unknown key "keepOldFor" in rollouts.steps',
      hint: "known here: analysis, kind, steps",
    },
    {
      mistake: ["services.web.rollout", { kind: "canary", steps: [], stepps: [] }],
      id: "unknown-key",
      at: "services.web.rollout.stepps",
      message: 'unknown key "stepps" in services.web.rollout',
      hint: 'did you mean "steps"?',
    },
    {
      mistake: ["clusters.gke.admins", ["a"]],
      id: "unknown-key",
      message: 'unknown key "admins" in clusters.gke',
      hint: "known here: cloud, endpoint, environment, existing, highlyAvailable, nodePools, region, version",
    },
    {
      mistake: ["runners.machines.spott", true],
      id: "unknown-key",
      message: 'unknown key "spott" in runners.machines',
      hint: 'did you mean "spot"?',
    },
    {
      mistake: ["runners.pods.cloud", "gcp"],
      id: "unknown-key",
      message: 'unknown key "cloud" in runners.pods',
      hint: "known here: cluster, kind, labels, max, min, token",
    },
    {
      mistake: ["resilience.experiments.kill.latency", "5m"],
      id: "unknown-key",
      message: 'unknown key "latency" in resilience.experiments.kill',
      hint: "known here: abortOn, duration, every, kind, schedule, scope",
    },
    {
      mistake: ["slos.up.metric.threshold", "5m"],
      id: "unknown-key",
      message: 'unknown key "threshold" in slos.up.metric',
      hint: "known here: kind",
    },
    {
      mistake: ["services.web.scaling.min.maxx", 3],
      id: "unknown-key",
      message: 'unknown key "maxx" in services.web.scaling.min',
      hint: 'did you mean "max"?',
    },
    {
      mistake: ["targets.argocd", false],
      id: "unknown-key",
      message: 'unknown key "argocd" in targets',
      hint: 'did you mean "argo-cd"?',
    },
  ],
  "missing keys": [
    {
      mistake: ["name", GONE],
      id: "missing-key",
      at: "",
      message: '"name" is missing in the config',
      hint: 'add it, as name: "ultimate"',
    },
    {
      mistake: ["services.web.image", GONE],
      id: "missing-key",
      at: "services.web",
      message: '"image" is missing in services.web',
      hint: 'add it, as image: "ghcr.io/acme/checkout"',
    },
    {
      mistake: ["services.web.team", GONE],
      id: "missing-key",
      at: "services.web",
      message: '"team" is missing in services.web',
      hint: "add it",
    },
    {
      mistake: ["slos.quick.metric.threshold", GONE],
      id: "missing-key",
      at: "slos.quick.metric",
      message: '"threshold" is missing in slos.quick.metric',
      hint: 'add it, as threshold: "250ms"',
    },
    {
      mistake: ["secrets.database.path", GONE],
      id: "missing-key",
      at: "secrets.database",
      message: '"path" is missing in secrets.database',
      hint: 'add it, as path: "kv/checkout/stripe"',
    },
    {
      mistake: ["services.web.scaling.min.max", GONE],
      id: "missing-key",
      at: "services.web.scaling.min",
      message: '"max" is missing in services.web.scaling.min',
      hint: "add it",
    },
  ],
  "no definitions": [
    {
      mistake: ["services.usual", { scaling: { min: "2" }, port: 80 }],
      id: "missing-key",
      message: "usual is no service: it has neither image, placement nor team",
      hint: "add them; what is no service belongs in a file that is not taken into services as a whole",
    },
    {
      mistake: ["secrets.empty", {}],
      id: "missing-key",
      message: '"path" is missing in secrets.empty',
      hint: 'add it, as path: "kv/checkout/stripe"',
    },
    {
      mistake: ["teams.empty", {}],
      id: "missing-key",
      message: '"contact" is missing in teams.empty',
      hint: 'add it, as contact: "#team-checkout"',
    },
  ],
  kinds: [
    {
      mistake: ["rollouts.steps.kind", "canari"],
      id: "not-one-of",
      message: 'kind must be one of "rolling", "canary", "blue-green", "shadow", and is "canari"',
      hint: 'did you mean "canary"?',
    },
    {
      mistake: ["rollouts.steps.kind", 5],
      id: "not-one-of",
      message: 'kind must be one of "rolling", "canary", "blue-green", "shadow", and is 5',
    },
    {
      mistake: ["rollouts.steps.kind", GONE],
      id: "missing-key",
      at: "rollouts.steps",
      message: '"kind" is missing in rollouts.steps',
      hint: 'add it: one of "rolling", "canary", "blue-green", "shadow"',
    },
    {
      mistake: ["services.web.rollout", {}],
      id: "missing-key",
      message: '"kind" is missing in services.web.rollout',
      hint: 'add it: one of "rolling", "canary", "blue-green", "shadow"',
    },
    {
      mistake: ["clouds.production", { kind: "gpc" }],
      id: "not-one-of",
      at: "clouds.production.kind",
      message: 'kind must be one of "gcp", "aws", "azure", and is "gpc"',
      hint: 'did you mean "gcp"?',
    },
    {
      mistake: [
        "clouds.production",
        Object.fromEntries(Object.entries(everything.clouds.gcp!).filter(([key]) => key !== "kind")),
      ],
      id: "missing-key",
      message: '"kind" is missing in clouds.production',
      hint: 'add it: one of "gcp", "aws", "azure"',
    },
    {
      mistake: ["clouds.aws.kind", "gcp"],
      id: "not-one-of",
      message: 'kind must be "aws", and is "gcp"',
    },
    {
      mistake: ["clouds.production", { ...everything.clouds.gcp, kind: "gcp", tenant: "x" }],
      id: "unknown-key",
      at: "clouds.production.tenant",
      message: 'unknown key "tenant" in clouds.production',
      hint: "known here: budgetAccount, foundation, kind, network, project, provider, regions, secretManager, stateStore",
    },
    {
      mistake: ["runners.machines.kind", "mv"],
      id: "not-one-of",
      message: 'kind must be one of "vm", "arc", and is "mv"',
      hint: 'did you mean "vm"?',
    },
    {
      mistake: ["clusters.eks.nodePools.main.machineType", "e2-medium"],
      id: "wrong-unit",
      message: '"e2-medium" is not a machine type of AWS',
      hint: 'take a family and a size, as "m6i.xlarge"',
    },
    {
      mistake: ["runners.machines.cloud", GONE],
      id: "missing-key",
      at: "runners.machines",
      message: '"cloud" is missing in runners.machines',
      hint: "add it",
    },
    {
      mistake: ["slos.up.metric.kind", "sucess-rate"],
      id: "not-one-of",
      message: 'kind must be one of "success-rate", "latency", "query", and is "sucess-rate"',
      hint: 'did you mean "success-rate"?',
    },
    {
      mistake: ["services.web.probes.liveness.kind", "htpp"],
      id: "not-one-of",
      message: 'kind must be one of "exec", "grpc", "http", "tcp", and is "htpp"',
      hint: 'did you mean "http"?',
    },
    {
      mistake: ["services.web.scaling.min.kind", "tunabel"],
      id: "not-one-of",
      message: 'kind must be "tunable", and is "tunabel"',
      hint: 'did you mean "tunable"?',
    },
    {
      mistake: ["library", "inrepo"],
      id: "not-one-of",
      message: 'library must be one of "in-repo", "vendored", and is "inrepo"',
      hint: 'did you mean "in-repo"?',
    },
    {
      mistake: ["services.web.placement", "everywhere"],
      id: "not-one-of",
      message: 'placement must be "all" or { clusters } or { environments }, and is "everywhere"',
    },
    {
      mistake: ["services.web.placement", 5],
      id: "not-one-of",
      message: 'placement must be "all" or { clusters } or { environments }, and is 5',
    },
    { mistake: ["targets.opa", true], id: "not-one-of", message: "opa must be false, and is true" },
    { mistake: ["targets.argo-cd", 5], id: "not-one-of", message: "argo-cd must be false or an object, and is 5" },
  ],
  types: [
    { mistake: ["rollouts.steps", 5], id: "wrong-type", message: "steps must be an object, and is 5" },
    { mistake: ["rollouts.steps", null], id: "wrong-type", message: "steps must be an object, and is null" },
    { mistake: ["services", []], id: "wrong-type", message: "services must be an object, and is a list" },
    { mistake: ["teams.crew", "#crew"], id: "wrong-type", message: 'crew must be an object, and is "#crew"' },
    {
      mistake: ["services.web.rollout", 5],
      id: "wrong-type",
      message: "rollout must be a text or an object, and is 5",
    },
    {
      mistake: ["services.web.secrets[0]", "database"],
      id: "wrong-type",
      message: 'secrets[0] must be an object, and is "database"',
    },
    {
      mistake: ["services.web.placement", { clusters: ["gke", 5] }],
      id: "wrong-type",
      at: "services.web.placement.clusters[1]",
      message: "clusters[1] must be a text, and is 5",
    },
    {
      mistake: ["services.web.placement", { clusters: ["gke"], environments: ["live"] }],
      id: "out-of-range",
      message: "placement must have one of the fields clusters, environments, and has several",
    },
    {
      mistake: ["services.web.placement", {}],
      id: "out-of-range",
      message: "placement must have one of the fields clusters, environments, and has none",
    },
    {
      mistake: ["security.allowedRegistries", "ghcr.io"],
      id: "wrong-type",
      message: 'allowedRegistries must be a list, and is "ghcr.io"',
    },
    {
      mistake: ["services.web.config.env.A", 1],
      id: "wrong-type",
      message: "A must be a text or an object, and is 1",
      hint: 'write it as "1"',
    },
    {
      mistake: ["services.web.pauseSelfHeal", "yes"],
      id: "wrong-type",
      message: 'pauseSelfHeal must be true or false, and is "yes"',
    },
  ],
  numbers: [
    {
      mistake: ["services.web.scaling.min", "2"],
      id: "wrong-type",
      message: 'min must be a whole number or tunable(), and is "2"',
      hint: "write it without quotes: 2",
    },
    {
      mistake: ["services.web.scaling.min", "two"],
      id: "wrong-type",
      message: 'min must be a whole number or tunable(), and is "two"',
    },
    {
      mistake: ["services.web.scaling.min", 2.5],
      id: "wrong-type",
      message: "min must be a whole number or tunable(), and is 2.5",
    },
    {
      mistake: ["services.web.scaling.min.default", 2.5],
      id: "wrong-type",
      message: "default must be a whole number, and is 2.5",
    },
    { mistake: ["services.web.scaling.min", -1], id: "out-of-range", message: "min must be at least 0, and is -1" },
    {
      mistake: ["services.web.ports.http.port", "80"],
      id: "wrong-type",
      message: 'port must be a whole number, and is "80"',
      hint: "write it without quotes: 80",
    },
    { mistake: ["services.web.ports.http.port", 0], id: "out-of-range", message: "port must be at least 1, and is 0" },
    {
      mistake: ["services.web.ports.http.targetPort", 80_000],
      id: "out-of-range",
      message: "targetPort must be at most 65535, and is 80000",
    },
    {
      mistake: ["services.web.egress[0].port", 44.3],
      id: "wrong-type",
      message: "port must be a whole number, and is 44.3",
    },
    {
      mistake: ["rollouts.steps.steps[1].weight", 101],
      id: "out-of-range",
      message: "weight must be at most 100, and is 101",
    },
    {
      mistake: ["rollouts.steps.steps[0].weight.max", 101],
      id: "out-of-range",
      message: "max must be at most 100, and is 101",
    },
    {
      mistake: ["services.web.runAsUser", 0],
      id: "out-of-range",
      message: "runAsUser must be at least 10000, and is 0",
    },
    {
      mistake: ["rollouts.steps.analysis.agree", 0],
      id: "out-of-range",
      message: "agree must be at least 1, and is 0",
    },
    {
      mistake: ["services.web.probes.liveness.failures", 0],
      id: "out-of-range",
      message: "failures must be at least 1, and is 0",
    },
    {
      mistake: ["resilience.experiments.http.status", 999],
      id: "out-of-range",
      message: "status must be at most 599, and is 999",
    },
    {
      mistake: ["clusters.gke.nodePools.main.initial", 1.5],
      id: "wrong-type",
      message: "initial must be a whole number, and is 1.5",
    },
    {
      mistake: ["optimization.objective.cost", -0.5],
      id: "out-of-range",
      message: "cost must be at least 0, and is -0.5",
    },
    { mistake: ["services.web.exposure.hosts", []], id: "out-of-range", message: "hosts must have at least one entry" },
  ],
  units: [
    {
      mistake: ["services.web.gracePeriod", "30 s"],
      id: "wrong-unit",
      message: '"30 s" is not a duration',
      hint: 'write it as "15m"',
    },
    {
      mistake: ["services.web.gracePeriod", 30],
      id: "wrong-type",
      message: "gracePeriod must be a text, and is 30",
      hint: 'write it as "15m"',
    },
    {
      mistake: ["slos.up.objective", "99,9%"],
      id: "wrong-unit",
      message: '"99,9%" is not a percentage above 0%',
      hint: 'write it as "99.9%"',
    },
    {
      mistake: ["slos.up.objective", 99.9],
      id: "wrong-type",
      message: "objective must be a text, and is 99.9",
      hint: 'write it as "99.9%"',
    },
    {
      mistake: ["budgets.rest.monthly", "100"],
      id: "wrong-unit",
      message: '"100" is not an amount of money above 0',
      hint: 'write it as "1200.50 EUR"',
    },
    {
      mistake: ["services.web.resources.cpu", "half"],
      id: "wrong-unit",
      message: '"half" is not an amount of CPU',
      hint: 'write it as "250m"',
    },
    {
      mistake: ["services.web.resources.cpu", 1],
      id: "wrong-type",
      message: "cpu must be a text or tunable(), and is 1",
      hint: 'write it as "1"',
    },
    {
      mistake: ["services.web.resources.cpu.min", "100mi"],
      id: "wrong-unit",
      message: '"100mi" is not an amount of CPU',
      hint: 'write it as "250m"',
    },
    {
      mistake: ["services.web.resources.memory", "256MB"],
      id: "wrong-unit",
      message: '"256MB" is not an amount of memory',
      hint: 'write it as "512Mi"',
    },
    {
      mistake: ["clouds.gcp.network.cidr", "10.0.0.0"],
      id: "wrong-unit",
      message: '"10.0.0.0" is not an IPv4 network',
      hint: 'write it as "10.0.1.0/24"',
    },
    {
      mistake: ["clusters.gke.endpoint.authorizedNetworks[0]", "192.0.2.0/33"],
      id: "wrong-unit",
      message: '"192.0.2.0/33" is not an IPv4 network',
      hint: 'write it as "10.0.1.0/24"',
    },
    {
      mistake: ["resilience.experiments.kill.schedule", "daily"],
      id: "wrong-unit",
      message: '"daily" is not a cron schedule of five fields',
      hint: 'write it as "0 3 * * 1-5"',
    },
    {
      mistake: ["rollouts.steps.steps[0].pause", "5 minutes"],
      id: "wrong-unit",
      message: '"5 minutes" is not a duration',
      hint: 'write it as "15m", or as "approval"',
    },
    {
      mistake: ["rollouts.steps.steps[0].pause", "aproval"],
      id: "wrong-unit",
      message: '"aproval" is not a duration',
      hint: 'did you mean "approval"?',
    },
    {
      mistake: ["name", "Über"],
      id: "wrong-unit",
      message: '"Über" is not a name of an ecosystem',
      hint: 'take 1 to 22 small letters, digits and -, with a letter first and no - last, as "ultimate"',
    },
    {
      mistake: ["clusters.gke.version", "1.33.2"],
      id: "wrong-unit",
      message: '"1.33.2" is not a version of Kubernetes',
      hint: 'take major and minor alone, as "1.33"',
    },
    {
      mistake: ["clouds.aws.account", "123"],
      id: "wrong-unit",
      message: '"123" is not an account of AWS',
      hint: 'take its twelve digits, in quotes, as "111122223333"',
    },
  ],
  "secrets in the wrong place are never repeated": [
    {
      mistake: ["services.web.gracePeriod", TOKEN],
      id: "wrong-unit",
      message: `"${"*".repeat(40)}" is not a duration`,
      hint: 'write it as "15m"',
    },
    {
      mistake: ["services.web.ports.http.port", `token ${TOKEN}`],
      id: "wrong-type",
      message: `port must be a whole number, and is "token ${"*".repeat(40)}"`,
    },
    {
      mistake: ["clouds.aws.kind", TOKEN],
      id: "not-one-of",
      message: `kind must be "aws", and is "${"*".repeat(40)}"`,
    },
  ],
};

for (const [group, rows] of Object.entries(cases)) {
  for (const { mistake, id, at, message, hint } of rows) {
    const [path, value] = mistake;
    test(`${group}: ${path} = ${value === GONE ? "nothing" : JSON.stringify(value)}`, () => {
      const { key, ...wanted } = {
        id: `schema/${id}`,
        severity: "error",
        at: at ?? path,
        message,
        ...(hint === undefined ? {} : { hint }),
        key: id === "unknown-key",
      };
      const found = findings(changed(mistake)).map(({ idea: _, ...finding }) => finding);
      assert.equal(found, [{ ...wanted, ...(key ? { key } : {}) }]);
    });
  }
}

test("a config that is no object is one finding", () => {
  for (const config of [5, null, undefined, [], "text"]) {
    assert.equal(
      findings(config).map(({ id, at }) => [id, at]),
      [["schema/wrong-type", ""]],
      JSON.stringify(config),
    );
  }
});

test("a misspelt key speaks for the missing one in its own object, and in no other", () => {
  const config = changed(["services.web.image", GONE], ["services.web.imagee", "x"], ["services.inline.image", GONE]);
  assert.equal(
    findings(config)
      .map(({ id, at }) => `${id} ${at}`)
      .sort(),
    ["schema/missing-key services.inline", "schema/unknown-key services.web.imagee"],
  );
});

test("every mistake is found, not the first alone", () => {
  const config = changed(
    ...Object.values(cases)
      .flat()
      .map(({ mistake }) => mistake)
      .filter(
        ([path]) => !["services", "rollouts.steps", "services.web.rollout", "services.web.placement"].includes(path),
      )
      .filter(([path], index, all) => all.findIndex(([other]) => path.startsWith(other)) === index),
  );
  assert.ok(findings(config).length > 25, String(findings(config).length));
});

test("a fragment's mistake is one idea wherever the fragment is used, and the same key elsewhere is another", () => {
  const config = changed(["services.web.imagee", "x"]) as { services: object; teams: { crew: object } };
  const broken = {
    ...config,
    services: { ...config.services, api: { imagee: "x" }, db: { imagee: "x" } },
    teams: { crew: { ...config.teams.crew, imagee: "x" } },
  };
  assert.equal(
    ideasOf(findings(broken)).map(({ places: [{ idea }, ...others] }) => `${idea}, ${1 + others.length}`),
    [
      'unknown key "imagee" in teams.*, 1',
      'unknown key "imagee" in services.*, 3',
      '"placement" is missing in services.*, 2',
      '"team" is missing in services.*, 2',
    ],
  );
});

test.run();

import { test } from "uvu";
import * as assert from "uvu/assert";
import { everything } from "../../scripts/everything/everything.ts";
import { formatPath, type PathSegment } from "../diagnostics/config-path.ts";
import { places } from "./generated/references.ts";
import { changed, findings } from "./test/change.ts";

/** Every place where the ecosystem that writes everything refers to a name. */
function* uses(
  value: unknown,
  steps: readonly string[],
  when: { property: string; value: unknown } | undefined,
  path: PathSegment[] = [],
): Generator<PathSegment[]> {
  const [step, ...rest] = steps;
  if (step === undefined) {
    if (typeof value === "string" && value !== "all") yield path;
    return;
  }
  if (value === null || typeof value !== "object") return;
  const object = value as Record<string | number, unknown>;
  if (rest.length === 0 && when !== undefined && object[when.property] !== when.value) return;
  const keys: PathSegment[] =
    step !== "*"
      ? Object.hasOwn(object, step)
        ? [step]
        : []
      : Array.isArray(value)
        ? value.map((_, index) => index)
        : Object.keys(object);
  for (const key of keys) yield* uses(object[key], rest, when, [...path, key]);
}

/** What differs repeats the places of the whole: those that the ecosystem that writes everything has count. */
const isDifference = ({ path }: { path: readonly string[] }): boolean => path[2] === "in" || path[2] === "on";

for (const place of places.filter(({ keys }) => !keys)) {
  const { path, families, when } = place;
  const name = `${path.join(".")}${when === undefined ? "" : ` of ${String(when.value)}`}`;
  const found = [...uses(everything, path, when)].map(formatPath);

  test(`${name} (${families.join(", ")}) is used, and wherever it is used an unknown name is one finding`, () => {
    assert.ok(found.length > 0 || isDifference(place), "the ecosystem that writes everything refers to nothing here");
    for (const at of found) {
      const [finding, ...more] = findings(changed([at, "no-such-name"]));
      assert.equal(more, []);
      assert.is(finding?.id, "reference/unknown");
      assert.is(finding?.at, at);
      assert.match(finding!.message, /^there is no .+ "no-such-name"(?: in cloud \w+)?$/);
    }
  });
}

for (const { path, families } of places.filter(({ keys }) => keys)) {
  test(`the keys of ${path.join(".")} are names (${families.join(", ")})`, () => {
    const section = path[0]!;
    const entry = { services: "web", secrets: "database", externals: "queue", teams: "crew" }[section];
    const at = [section, ...(entry === undefined ? [] : [entry]), path.at(-1)].join(".");
    assert.equal(
      findings(changed([at, { "no-such-name": {} }]))
        .filter(({ id }) => id.startsWith("reference"))
        .map(({ id, at, key }) => [id, at, key]),
      [["reference/unknown", `${at}.no-such-name`, true]],
    );
  });
}

const messages: readonly [path: string, value: string, message: string, hint: string][] = [
  ["management.cluster", "gek", 'there is no cluster "gek"', 'did you mean "gke"?'],
  ["environments.live.after", "trail", 'there is no environment "trail"', 'did you mean "trial"?'],
  [
    "clusters.gke.region",
    "europe-nort1",
    'there is no region "europe-nort1" in cloud gcp',
    'did you mean "europe-north1"?',
  ],
  [
    "clusters.eks.region",
    "europe-north1",
    'there is no region "europe-north1" in cloud aws',
    "declared there: eu-west-3; gcp has it",
  ],
  [
    "clusters.aks.region",
    "west-europe",
    'there is no region "west-europe" in cloud azure',
    'did you mean "westeurope"?',
  ],
  [
    "runners.machines.region",
    "eu-west-3",
    'there is no region "eu-west-3" in cloud gcp',
    "declared there: europe-north1; aws has it",
  ],
  ["clusters.eks.cloud", "asw", 'there is no cloud "asw"', 'did you mean "aws"?'],
  ["secrets.runner-token.store", "gpc", 'there is no cloud "gpc"', 'did you mean "gcp"?'],
  ["secrets.runner-token.store", "valt", 'there is no cloud "valt"', 'did you mean "vault"?'],
  ["budgets.everything.scope.cloud", "azur", 'there is no cloud "azur"', 'did you mean "azure"?'],
  ["runners.machines.token", "runer-token", 'there is no secret "runer-token"', 'did you mean "runner-token"?'],
  ["services.web.team", "crews", 'there is no team "crews"', 'did you mean "crew"?'],
  ["services.web.slos[0]", "fast", 'there is no SLO "fast"', "declared: up, quick, done, paper"],
  ["services.web.rollout", "swop", 'there is no rollout strategy "swop"', 'did you mean "swap"?'],
  ["services.web.chaos[0]", "kil", 'there is no experiment "kil"', 'did you mean "kill"?'],
  ["services.web.dependsOn[0].service", "stores", 'there is no service "stores"', 'did you mean "store"?'],
  ["services.web.dependsOn[1].external", "order", 'there is no external dependency "order"', 'did you mean "orders"?'],
  [
    "services.web.config.env.QUEUE.external",
    "quueue",
    'there is no external dependency "quueue"',
    'did you mean "queue"?',
  ],
  ["budgets.everything.route", "crow", 'there is no alert route "crow"', 'did you mean "crew"?'],
];
for (const [path, value, message, hint] of messages) {
  test(`${path} = ${value}`, () =>
    assert.equal(findings(changed([path, value])), [
      { id: "reference/unknown", severity: "error", at: path, message, hint },
    ]));
}

test("where nothing of a family is declared, the hint says so", () => {
  const [finding] = findings(changed(["clouds.aws.regions", {}]));
  assert.is(finding!.hint, "no region is declared in cloud aws");
});

test("a secret in place of its name is not repeated", () => {
  const [finding] = findings(changed(["services.web.secrets[0].secret", `sk-ant-${"x1".repeat(20)}`]));
  assert.is(finding!.message, `there is no secret "${"*".repeat(47)}"`);
});

test("names of every object are no declared names", () => {
  for (const name of ["constructor", "toString", "__proto__"]) {
    assert.equal(
      findings(changed(["services.web.team", name])).map(({ id, at }) => `${id} ${at}`),
      ["reference/unknown services.web.team"],
      name,
    );
  }
});

test("one wrong config of everything refers wrongly everywhere, and says so everywhere", () => {
  const named = places.filter(({ keys }) => !keys);
  const every = [...new Set(named.flatMap(({ path, when }) => [...uses(everything, path, when)].map(formatPath)))];
  const found = findings(changed(...every.map((at, index) => [at, `no-such-name-${index}`] as const))).filter(
    ({ id }) => id === "reference/unknown",
  );
  // Regions are held against the cloud beside them, which is wrong itself.
  assert.equal(found.map(({ at }) => at).sort(), every.filter((at) => !at.endsWith(".region")).sort());
});

test("a region is held against the cloud that the object beside it names, of several of one kind", () => {
  const second = everything.clouds["gcp-second"]!;
  const other = { ...second, regions: { "europe-west1": { subnet: { cidr: "10.9.0.0/20" } } } };
  const place = (cloud: string, region: string) =>
    findings(
      changed(
        ["targets", { "argo-cd": false }],
        ["clouds.gcp-second", other],
        ["clusters.gke.cloud", cloud],
        ["clusters.gke.region", region],
      ),
    ).map(({ at, message, hint }) => `${at}: ${message}; ${hint}`);
  assert.equal(place("gcp-second", "europe-west1"), []);
  assert.equal(place("gcp", "europe-north1"), []);
  assert.equal(place("gcp", "europe-west1"), [
    'clusters.gke.region: there is no region "europe-west1" in cloud gcp; declared there: europe-north1; gcp-second has it',
  ]);
  assert.equal(place("gcp-secnd", "europe-west9"), [
    'clusters.gke.cloud: there is no cloud "gcp-secnd"; did you mean "gcp-second"?',
  ]);
});

test("identities are named after clouds, and are of their kinds", () => {
  const identity = {
    provider: "projects/123456789012/locations/global/workloadIdentityPools/pool/providers/management",
    serviceAccount: "t@acme-platform.iam.gserviceaccount.com",
  };
  const found = (identities: object) =>
    findings(changed(["targets", { "argo-cd": { identities } }])).map(
      ({ at, message, hint }) => `${at}: ${message}; ${hint}`,
    );
  const [shared] = found({});
  assert.is(
    shared,
    'clouds.gcp-second: gcp-second has no identity of its own, and would be applied with that of gcp, where the management cluster is; name one under targets["argo-cd"].identities; eco-compile explain reference/shared-identity shows how',
  );
  for (const off of ["argo-cd", "terraform"]) assert.equal(findings(changed(["targets", { [off]: false }])), [], off);
  const at = "targets.argo-cd.identities";
  assert.equal(found({ "gcp-second": { kind: "gcp", ...identity }, "gcp-secnd": { kind: "gcp", ...identity } }), [
    `${at}.gcp-secnd: there is no cloud "gcp-secnd"; did you mean "gcp-second"?`,
  ]);
  assert.equal(found({ "gcp-second": { kind: "aws", role: "arn:aws:iam::111122223333:role/terraform" } }), [
    `${at}.gcp-second.kind: the cloud gcp-second is of kind gcp, and this is an identity of aws; name an identity of gcp`,
  ]);
  assert.equal(found({ "gcp-second": { kind: "gcp", ...identity } }), []);
});

/** Environments by what each comes after. */
const chains: readonly {
  title: string;
  after: Record<string, string | undefined>;
  findings: readonly [at: string, message: string, hint: string][];
}[] = [
  { title: "one chain", after: { live: "trial", trial: "first", first: undefined }, findings: [] },
  { title: "one alone", after: { first: undefined }, findings: [] },
  { title: "none", after: {}, findings: [["environments", "no environment is declared", "declare at least one"]] },
  {
    title: "two starts",
    after: { first: undefined, live: "first", second: undefined },
    findings: [
      [
        "environments.second",
        "second is a second first environment beside first",
        'say what it comes after: { after: "first" }',
      ],
    ],
  },
  {
    title: "a fork",
    after: { first: undefined, a: "first", b: "first" },
    findings: [
      ["environments.b.after", "both a and b come after first", 'let one come after the other: { after: "a" }'],
    ],
  },
  {
    title: "a loop beside a chain",
    after: { first: undefined, a: "b", b: "a" },
    findings: [
      [
        "environments.a.after",
        "a comes after b comes after a",
        "let one of them come after the last environment that first leads to",
      ],
    ],
  },
  {
    title: "nothing but a loop",
    after: { a: "c", b: "a", c: "b" },
    findings: [
      [
        "environments.a.after",
        "a comes after c comes after b comes after a",
        "let exactly one environment have no `after`",
      ],
    ],
  },
  {
    title: "after itself",
    after: { first: undefined, a: "a" },
    findings: [
      [
        "environments.a.after",
        "a comes after a",
        "let one of them come after the last environment that first leads to",
      ],
    ],
  },
];
for (const { title, after, findings: wanted } of chains) {
  test(`environments: ${title}`, () => {
    const environments = Object.fromEntries(
      Object.entries(after).map(([name, other]) => [name, other === undefined ? {} : { after: other }]),
    );
    const found = findings(changed(["environments", environments])).filter(
      ({ id }) => id === "reference/environment-order",
    );
    assert.equal(
      found.map(({ at, message, hint }) => [at, message, hint]),
      wanted,
    );
  });
}

test.run();

import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { validate } from "../2-validate/index.ts";
import { resolve, type Resolution } from "../5-emit/contribute.ts";
import { rangeOf } from "../3-lower/ranges.ts";
import type { CloudKind } from "../config/model/clouds.ts";
import type { Cidr } from "../config/units.ts";
import { targets } from "../targets/registry.ts";
import { brief } from "../../test/errors/example.ts";
import { NOTHING_LOCKED, type Lock } from "./choices.ts";
import { formatLock, readLock } from "./file.ts";

/**
 * What was chosen for the user never moves. Random edits of a config, one after another, each compiled with the lock
 * that the one before has left: whatever an edit does not speak of is resolved as it was.
 */
const test = suite("nothing moves");

const SEQUENCES = 500;
/** Two entries of each kind, which a config may have in any order. */
const ENTRIES: Readonly<Record<string, CloudKind>> = {
  gcp: "gcp",
  aws: "aws",
  azure: "azure",
  "a-production": "gcp",
  "z-production": "aws",
  "azure-production": "azure",
};
const CLOUDS = Object.keys(ENTRIES);
/** Among them two pairs whose Services would get one range: asia-east1 and eu-west-3, europe-west1 and uksouth. */
const REGIONS: Readonly<Record<CloudKind, readonly string[]>> = {
  gcp: ["europe-west1", "asia-east1", "us-central1", "europe-west4"],
  aws: ["eu-west-3", "ap-south-1", "us-east-1", "eu-central-1"],
  azure: ["westeurope", "northeurope", "uksouth", "swedencentral"],
};
const MACHINES: Readonly<Record<CloudKind, string>> = {
  gcp: "e2-standard-4",
  aws: "m6i.xlarge",
  azure: "Standard_D4s_v5",
};
const REGISTRIES = ["ghcr.io/acme", "docker.io/other", "quay.io/third"];

/** Who applies the second account of the management cluster's kind. */
const IDENTITY = {
  kind: "gcp",
  provider: "projects/123456789012/locations/global/workloadIdentityPools/platform/providers/management",
  serviceAccount: "terraform@acme-project.iam.gserviceaccount.com",
};

interface State {
  clouds: Record<string, Record<string, { pods?: Cidr; services?: Cidr; zones?: string[] }>>;
  environments: string[];
  clusters: Record<string, { cloud: string; region: string; environment: string }>;
  services: string[];
  registries: string[];
}

const START: State = {
  clouds: { gcp: { "europe-west1": {} } },
  environments: ["staging", "production"],
  clusters: { home: { cloud: "gcp", region: "europe-west1", environment: "production" } },
  services: ["web"],
  registries: ["ghcr.io/acme"],
};

function configOf({ clouds, environments, clusters, services, registries }: State): unknown {
  const account = {
    gcp: { project: "acme-project" },
    aws: { account: "111122223333" },
    azure: {
      subscription: "00000000-0000-0000-0000-000000000001",
      tenant: "00000000-0000-0000-0000-000000000002",
    },
  };
  return {
    name: "moves",
    repository: { url: "https://github.com/acme/moves" },
    management: { cluster: "home" },
    clouds: Object.fromEntries(
      Object.entries(clouds).map(([cloud, regions]) => [
        cloud,
        {
          ...(cloud === ENTRIES[cloud] ? {} : { kind: ENTRIES[cloud] }),
          ...account[ENTRIES[cloud]!],
          network: { name: `net-${cloud}`, cidr: `10.${CLOUDS.indexOf(cloud)}.0.0/16` },
          regions: Object.fromEntries(
            Object.entries(regions).map(([region, { zones, ...ranges }]) => [
              region,
              {
                ...(zones === undefined ? {} : { zones }),
                subnet: {
                  cidr: `10.${CLOUDS.indexOf(cloud)}.${REGIONS[ENTRIES[cloud]!].indexOf(region) * 16}.0/20`,
                  ...ranges,
                },
              },
            ]),
          ),
        },
      ]),
    ),
    environments: Object.fromEntries(
      environments.map((name, index) => [name, index === 0 ? {} : { after: environments[index - 1] }]),
    ),
    teams: { crew: { contact: "#crew" } },
    clusters: Object.fromEntries(
      Object.entries(clusters).map(([name, cluster]) => [
        name,
        { ...cluster, nodePools: { general: { machineType: MACHINES[ENTRIES[cluster.cloud]!], min: 3, max: 6 } } },
      ]),
    ),
    security: { allowedRegistries: REGISTRIES },
    ...("a-production" in clouds ? { targets: { "argo-cd": { identities: { "a-production": IDENTITY } } } } : {}),
    delivery: { registries },
    services: Object.fromEntries(
      services.map((name) => [
        name,
        {
          team: "crew",
          image: `ghcr.io/acme/${name}`,
          tag: "1",
          ports: { http: { port: 80, targetPort: 8080 } },
          placement: "all",
        },
      ]),
    ),
  };
}

/** An edit: the state after it, or undefined where there is nothing to do it to. */
type Edit = (state: State) => State | undefined;

const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)];
const places = ({ clouds }: State) =>
  Object.entries(clouds).flatMap(([cloud, regions]) => Object.keys(regions).map((region) => ({ cloud, region })));
const withRegion = (state: State, cloud: string, region: string, value: object): State => ({
  ...state,
  clouds: {
    ...state.clouds,
    [cloud]: { ...state.clouds[cloud], [region]: { ...state.clouds[cloud]?.[region], ...value } },
  },
});
const without = <T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));

const EDITS: Readonly<Record<string, (n: number) => Edit>> = {
  addRegion: (n) => (state) => {
    const cloud = pick(CLOUDS, n)!;
    const region = pick(REGIONS[ENTRIES[cloud]!], n >> 3)!;
    return state.clouds[cloud]?.[region] === undefined ? withRegion(state, cloud, region, {}) : undefined;
  },
  removeRegion: (n) => (state) => {
    const place = pick(places(state), n)!;
    const used = Object.values(state.clusters).some(
      ({ cloud, region }) => cloud === place.cloud && region === place.region,
    );
    const regions = without(state.clouds[place.cloud]!, place.region);
    return used || Object.keys(regions).length === 0
      ? undefined
      : { ...state, clouds: { ...state.clouds, [place.cloud]: regions } };
  },
  removeCloud: (n) => (state) => {
    const cloud = pick(Object.keys(state.clouds), n)!;
    const used = Object.values(state.clusters).some((cluster) => cluster.cloud === cloud);
    return used ? undefined : { ...state, clouds: without(state.clouds, cloud) };
  },
  addCluster: (n) => (state) => {
    const name = ["alpha", "zulu", "mike", "bravo"][n % 4]!;
    const environment = pick(state.environments, n >> 3)!;
    return state.clusters[name] === undefined
      ? { ...state, clusters: { ...state.clusters, [name]: { ...pick(places(state), n >> 2)!, environment } } }
      : undefined;
  },
  removeCluster: (n) => (state) => {
    const name = pick(Object.keys(state.clusters), n)!;
    return name === "home" ? undefined : { ...state, clusters: without(state.clusters, name) };
  },
  addEnvironment: (n) => (state) => {
    const name = ["dev", "canary", "dr"][n % 3]!;
    const at = (n >> 2) % (state.environments.length + 1);
    return state.environments.includes(name)
      ? undefined
      : { ...state, environments: [...state.environments.slice(0, at), name, ...state.environments.slice(at)] };
  },
  removeEnvironment: (n) => (state) => {
    const name = pick(state.environments, n)!;
    const used = Object.values(state.clusters).some(({ environment }) => environment === name);
    return used || state.environments.length === 1
      ? undefined
      : { ...state, environments: state.environments.filter((one) => one !== name) };
  },
  addZone: (n) => (state) => {
    const place = pick(
      places(state).filter(({ cloud }) => ENTRIES[cloud] === "aws"),
      n,
    );
    if (place === undefined) return undefined;
    const zone = (letter: string) => `${place.region}${letter}`;
    const extra = ["d", "e", "f"].slice(0, 1 + ((n >> 2) % 3)).map(zone);
    const zones = [...extra, ...["a", "b", "c"].map(zone)];
    return withRegion(state, place.cloud, place.region, { zones });
  },
  addService: (n) => (state) => {
    const name = ["api", "zoo", "job", "cart"][n % 4]!;
    return state.services.includes(name) ? undefined : { ...state, services: [...state.services, name] };
  },
  removeService: (n) => (state) =>
    state.services.length === 1
      ? undefined
      : { ...state, services: state.services.filter((_, index) => index !== n % state.services.length) },
  otherRegistryFirst: (n) => (state) => ({
    ...state,
    registries: [pick(REGISTRIES, n)!, ...state.registries.filter((one) => one !== pick(REGISTRIES, n))],
  }),
  writePods: (n) => (state) => {
    const place = pick(places(state), n)!;
    if (ENTRIES[place.cloud] === "aws") return undefined;
    const pods = `100.${64 + (n % 60)}.0.0/17` as Cidr;
    return withRegion(state, place.cloud, place.region, { pods });
  },
  releasePods: (n) => (state) => {
    const place = pick(places(state), n)!;
    return withRegion(state, place.cloud, place.region, { pods: undefined });
  },
};
const edit = fc.record({
  name: fc.oneof(fc.constantFrom("addRegion", "removeRegion"), fc.constantFrom(...Object.keys(EDITS))),
  n: fc.nat(1023),
});

/** Everything that was resolved, by what it belongs to: what is in both of two configs has to be the same in both. */
function resolved({ topology }: Resolution): Map<string, string> {
  const found = new Map<string, unknown>();
  for (const { order: _, after: __, ...environment } of topology.environments)
    found.set(`environment ${environment.name}`, environment);
  for (const { regions, ...cloud } of topology.clouds) {
    found.set(`cloud ${cloud.name}`, cloud);
    for (const { zones: _, ...region } of regions) {
      const { parts, ...subnet } = region.subnet;
      found.set(`region ${cloud.name} ${region.name}`, { ...region, subnet });
      found.set(`parts ${cloud.name} ${region.name}`, parts?.count);
      for (const [zone, part] of Object.entries(parts?.of ?? {})) found.set(`zone ${cloud.name} ${zone}`, part);
    }
  }
  for (const { environment, region, ...cluster } of topology.clusters)
    found.set(`cluster ${cluster.name}`, { ...cluster, environment: environment.name, region: region.name });
  for (const root of topology.terraformRoots)
    found.set(`root ${root.name}`, { ...root, environment: root.environment.name });
  for (const {
    cluster,
    service: _,
    environment: __,
    team: { on, ...team },
    ...workload
  } of topology.workloads)
    found.set(`workload ${workload.name} on ${cluster.name}`, {
      ...workload,
      team: { ...team, on: on[cluster.name] },
      cluster: cluster.name,
    });
  for (const { name, cluster, chart } of topology.platform.addons)
    found.set(`addon ${name} on ${cluster}`, chart?.version);
  found.set("registry of components", topology.componentRegistry);
  return new Map([...found].map(([key, value]) => [key, JSON.stringify(value)]));
}

function compiled(state: State, lock: Lock | undefined): Resolution {
  const validated = validate({
    config: configOf(state),
    images: undefined,
    tuning: undefined,
    locked: lock === undefined ? NOTHING_LOCKED : { choices: lock, origin: "lock" },
  });
  assert.equal(brief(validated.diagnostics), []);
  const resolution = resolve(validated, targets);
  assert.equal(brief(resolution.diagnostics), []);
  return resolution;
}

const overlap = (a: Cidr, b: Cidr): boolean => rangeOf(a)[0] <= rangeOf(b)[1] && rangeOf(b)[0] <= rangeOf(a)[1];

const shuffled = (state: State): State => ({
  ...state,
  clouds: Object.fromEntries(
    Object.entries(state.clouds)
      .reverse()
      .map(([cloud, regions]) => [cloud, Object.fromEntries(Object.entries(regions).reverse())]),
  ),
  clusters: Object.fromEntries(Object.entries(state.clusters).reverse()),
  services: [...state.services].reverse(),
});

/** What an edit speaks of: regions that it changes, and roots that went with an environment which it takes away. */
const spokenOf = (before: State, after: State, { topology }: Resolution): string[] => [
  ...places(before)
    .filter(
      ({ cloud, region }) =>
        JSON.stringify(before.clouds[cloud]![region]) !== JSON.stringify(after.clouds[cloud]?.[region]),
    )
    .map(({ cloud, region }) => `region ${cloud} ${region}`),
  ...topology.terraformRoots
    .filter(({ environment }) => !after.environments.includes(environment.name))
    .map(({ name }) => `root ${name}`),
];

/** Goes through the edits; `keep` is the lock that the next compilation is given. */
function walk(edits: readonly { name: string; n: number }[], keep: (lock: Lock) => Lock): void {
  let state = START;
  let before = compiled(state, undefined);
  for (const { name, n } of edits) {
    const next = EDITS[name]!(n)(state);
    if (next === undefined) continue;
    const lock = keep(before.lock);
    const after = compiled(next, lock);
    const [old, now] = [resolved(before), resolved(after)];
    const spoken = spokenOf(state, next, before);
    for (const [key, value] of old)
      if (now.has(key) && !spoken.includes(key)) assert.is(now.get(key), value, `${name} ${n} moves ${key}`);

    const ranges = Object.entries(after.lock).filter(([path]) => /\.subnet\.(pods|services)$/.test(path));
    for (const [index, [path, range]] of ranges.entries())
      for (const [other, another] of ranges.slice(index + 1))
        assert.not(overlap(range as Cidr, another as Cidr), `${path} and ${other} are one range`);
    const text = formatLock(after.lock);
    assert.is(formatLock(compiled(next, after.lock).lock), text, "choosing again is at rest");
    assert.is(formatLock(compiled(shuffled(next), lock).lock), text, "the order of keys chooses nothing");
    assert.equal(readLock(text).choices, after.lock);
    [state, before] = [next, after];
  }
}

test("the beginning compiles", () => void compiled(START, undefined));

/** What goes wrong in some sequence, with the edits that lead to it. */
function wrong(keep: (lock: Lock) => Lock, seed?: number): string | undefined {
  const { errorInstance, counterexample } = fc.check(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 16 }), (edits) => walk(edits, keep)),
    { numRuns: SEQUENCES, ...(seed === undefined ? {} : { seed }) },
  );
  return counterexample === null ? undefined : `${String(errorInstance)}\n${JSON.stringify(counterexample)}`;
}

test(`${SEQUENCES} sequences of edits`, () => {
  assert.is(
    wrong((lock) => lock),
    undefined,
  );
});

/** Each way to lose a choice is found by some sequence. */
const MUTANTS: Readonly<Record<string, RegExp>> = {
  "ranges of pods": /subnet\.pods$/,
  "ranges of Services": /subnet\.services$/,
  "the place of a state store": /stateStore/,
  "what production is": /\.production$/,
  "who approves": /\.approval$/,
  "what follows a pointer": /\.pointer$/,
  "who applies what clusters share": /foundation/,
  "the parts of a range": /\.(?:parts|partOf\..*)$/,
  "the registry of the components": /componentRegistry/,
};
for (const [title, forgotten] of Object.entries(MUTANTS)) {
  test(`a lock that forgets ${title} moves something`, () => {
    const forget = (lock: Lock): Lock =>
      Object.fromEntries(Object.entries(lock).filter(([path]) => !forgotten.test(path)));
    assert.match(wrong(forget, 1) ?? "", /moves|at rest/);
  });
}

test.run();

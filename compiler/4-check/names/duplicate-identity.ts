import { addonApplication, smokeTestName, terraformObject, workloadApplication } from "../../facts/names.ts";
import type { Topology } from "../../topology/index.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "names/duplicate-identity",
  severity: "error",
  summary: "Two things never become one object",
  why: "Two teams in one namespace, or a service that is called like another's canary, write the same object in turns: each sync undoes the other, and traffic goes to whichever was last.",

  *run(topology) {
    yield* sharedNamespaces(topology);
    yield* takenServices(topology);
    yield* takenApplications(topology);
    yield* sharedSubnets(topology);
    yield* sharedRoots(topology);
    yield* sharedStores(topology);
  },
});

function* sharedNamespaces({ teams }: Topology) {
  for (const [index, { name, source, namespace }] of teams.entries()) {
    const earlier = teams.slice(0, index).find((team) => team.namespace === namespace);
    if (earlier !== undefined)
      yield {
        at: `${source}.namespace`,
        message: `${name} and ${earlier.name} both have the namespace ${namespace}`,
        hint: "give each team a namespace of its own",
        related: [{ at: earlier.source, message: earlier.name }],
      };
  }
}

/** The Services of canaries and previews, and smoke tests, stand beside the namespace's other services. */
function* takenServices({ workloads }: Topology) {
  const owners = new Map<string, { name: string; source: string; what: string }>();
  for (const {
    name,
    namespace,
    cluster,
    kubernetesServices: { next },
    strategy,
    source,
  } of workloads) {
    const own = (called: string, what: string) =>
      owners.set(`${cluster.name}/${namespace}/${called}`, { name, source, what });
    if (next !== undefined) own(next, "the Service of its next version");
    if (strategy.kind === "blue-green" && strategy.smokeTest) own(smokeTestName(name), "its smoke test");
  }
  for (const { name, namespace, cluster, source } of workloads) {
    const owner = owners.get(`${cluster.name}/${namespace}/${name}`);
    if (owner !== undefined)
      yield {
        at: source,
        key: true,
        message: `${name} is what ${owner.name} calls ${owner.what}`,
        hint: "give the service another name",
        related: [{ at: owner.source, message: owner.name }],
      };
  }
}

function* takenApplications({ workloads, platform }: Topology) {
  const addons = new Map(
    platform.addons.map((addon) => [`${addon.cluster}/${addonApplication(addon.name)}`, addon] as const),
  );
  for (const { name, source, cluster } of workloads) {
    const addon = addons.get(`${cluster.name}/${workloadApplication(name)}`);
    if (addon !== undefined)
      yield {
        at: source,
        key: true,
        message: `${name} is also the Argo CD Application of the add-on ${addon.name}`,
        hint: "give the service another name",
      };
  }
}

function* sharedSubnets({ clouds }: Topology) {
  for (const { regions } of clouds) {
    for (const [index, { name, subnet }] of regions.entries()) {
      const earlier = regions.slice(0, index).find((region) => region.subnet.name === subnet.name);
      if (earlier !== undefined)
        yield {
          at: `${subnet.source}.name`,
          message: `the subnets of ${earlier.name} and ${name} are both called ${subnet.name}`,
          hint: "give each a name of its own",
          related: [{ at: earlier.subnet.source, message: earlier.name }],
        };
    }
  }
}

/** A cloud's name and a cluster's may join to what those of another root join to. */
function* sharedRoots({ terraformRoots }: Topology) {
  const earlier = new Map<string, { name: string; source: string }>();
  for (const { name, source } of terraformRoots) {
    const object = terraformObject(name);
    const owner = earlier.get(object);
    if (owner?.name === name) continue; // a cluster that is called like another root of its cloud: names/reserved
    if (owner !== undefined)
      yield {
        at: source,
        key: true,
        message: `the roots ${owner.name} and ${name} would both be applied by the object ${object}`,
        hint: "give the cluster or the cloud another name",
        related: [{ at: owner.source, message: owner.name }],
      };
    else earlier.set(object, { name, source });
  }
}

function* sharedStores({ clouds }: Topology) {
  for (const [index, { name, source, stateStore }] of clouds.entries()) {
    const earlier = clouds.slice(0, index).find((cloud) => cloud.stateStore.bucket === stateStore.bucket);
    if (earlier !== undefined)
      yield {
        at: source,
        key: true,
        message: `${earlier.name} and ${name} would both keep their states in ${stateStore.bucket}`,
        hint: "give the cloud another name",
        related: [{ at: earlier.source, message: earlier.name }],
      };
  }
}

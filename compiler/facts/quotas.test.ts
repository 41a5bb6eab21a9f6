import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { base } from "../../test/errors/base.ts";
import { topologyOf } from "../../test/support/topology.ts";
import { blueGreen, canary, rolling, shadow } from "../config/define.ts";
import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Service } from "../config/model/services.ts";
import type { Addon } from "../topology/addons.ts";
import type { Quota } from "../topology/teams.ts";
import { exceeded, quotaDemands, takers, type Amounts, type QuotaDemand } from "./quotas.ts";

const test = suite("what is asked for against a quota");

const ONE = { team: "shop", image: "ghcr.io/acme/one", placement: "all" } as const;
const STORAGE = [{ name: "data", path: "/data", size: "10Gi" }] as const;

/** What these services, and no others, ask for on the cluster of production. */
function demandOf(services: Record<string, Partial<Service>>, addons: readonly Addon[] = []) {
  const all = Object.fromEntries(Object.entries(services).map(([name, service]) => [name, { ...ONE, ...service }]));
  const topology = topologyOf({
    ...base,
    teams: { ...base.teams, shop: { contact: "#shop", quota: { cpu: "1" } } },
    services: all,
  } as Ecosystem);
  return quotaDemands({ ...topology, platform: { ...topology.platform, addons } }).find(
    ({ cluster }) => cluster.name === "main",
  )!;
}

const podsOf = ({ fewest, most }: QuotaDemand) => [fewest.amounts.pods, most.amounts.pods];

const PODS: Record<string, [service: Partial<Service>, pods: [fewest: number, most: number]]> = {
  "a rolling update": [{ scaling: { min: 2, max: 10 } }, [2, 13]],
  "a rolling update that starts all at once": [
    { scaling: { min: 2, max: 10 }, rollout: rolling({ maxSurge: "100%" }) },
    [2, 20],
  ],
  "a rolling update that ends pods first": [
    { scaling: { min: 2, max: 10 }, rollout: rolling({ maxSurge: "0%", maxUnavailable: "20%" }) },
    [2, 10],
  ],
  "a canary": [{ scaling: { min: 2, max: 10 }, rollout: canary({ steps: [{ weight: 5 }] }) }, [2, 20]],
  "a preview, small as it begins": [
    { scaling: { min: 2, max: 10 }, rollout: blueGreen({ previewReplicas: 1 }) },
    [2, 20],
  ],
  "a shadow": [
    { scaling: { min: 2, max: 10 }, rollout: shadow({ mirror: "5%", replicas: 1, duration: "10m", steps: [] }) },
    [2, 20],
  ],
  "a shadow of more pods than the service has": [
    { scaling: { min: 2, max: 3 }, rollout: shadow({ mirror: "5%", replicas: 7, duration: "10m", steps: [] }) },
    [2, 10],
  ],
  "pods with volumes, one after the other": [
    { kind: "stateful", scaling: { min: 3, max: 3 }, storage: STORAGE },
    [3, 3],
  ],
  "one on each node, of which one goes before the next comes": [{ kind: "daemon" }, [3, 6]],
  "one on each node, half of which the next joins": [{ kind: "daemon", rollout: rolling({ maxSurge: "50%" }) }, [3, 9]],
  "one run of a job": [{ kind: "job" }, [1, 1]],
};
for (const [title, [service, pods]] of Object.entries(PODS))
  test(`pods: ${title}`, () => {
    assert.equal(podsOf(demandOf({ one: service })), pods);
  });

test("one rollout and one job at a time, those that take most", () => {
  const scaling = { min: 1, max: 4 };
  const rollout = rolling({ maxSurge: "100%" });
  const { fewest, most } = demandOf({
    large: { scaling, rollout, resources: { cpu: "2" } },
    small: { scaling, rollout, resources: { cpu: "1" } },
    "large-job": { kind: "job", resources: { cpu: "3" } },
    "small-job": { kind: "job", resources: { cpu: "1" } },
  });
  assert.equal([fewest.amounts.cpu, most.amounts.cpu], [2 + 1 + 3, 8 + 4 + 8 + 3]);
  assert.equal(takers(most, "cpu"), ["large 8 cores", "small 4 cores", "large-job 3 cores"]);
});

test("volumes, and their size, by the pods that have them", () => {
  const { amounts } = demandOf({
    store: { kind: "stateful", scaling: { min: 3, max: 3 }, storage: STORAGE },
    web: {},
  }).fewest;
  assert.equal([amounts.volumes, amounts.storage], [3, 30 * 2 ** 30]);
});

test("what the mesh adds to a pod, and nothing where it adds nothing", () => {
  const injects = { images: [], requests: { cpu: "100m", memory: "128Mi" } };
  const meshed = [{ cluster: "main", injects } as unknown as Addon];
  const services = { web: { scaling: { min: 3, max: 3 } }, report: { kind: "job" } } as const;
  const [plain, withSidecars] = [demandOf(services), demandOf(services, meshed)].map(({ fewest }) => fewest.amounts);
  assert.is(Math.round((withSidecars!.cpu - plain!.cpu) * 1000), 300);
  assert.is(withSidecars!.memory - plain!.memory, 3 * 128 * 2 ** 20);
});

test("a quota is exceeded by nothing that is asked for, and by each field that has less", () => {
  const thousandths = fc.integer({ min: 1, max: 5_000 });
  const counts = fc.integer({ min: 1, max: 5_000 });
  fc.assert(
    fc.property(fc.array(thousandths, { minLength: 1, maxLength: 20 }), counts, counts, (parts, mebibytes, pods) => {
      const cpu = parts.reduce((sum, part) => sum + part / 1000, 0); // with its dust
      const amounts: Amounts = { cpu, memory: mebibytes * 2 ** 20, pods, volumes: 0, storage: 0 };
      const sum = parts.reduce((one, other) => one + other, 0);
      const quota = (less: number) =>
        ({ cpu: `${sum - less}m`, memory: `${mebibytes - less}Mi`, pods: pods - less }) as unknown as Quota;
      assert.equal(exceeded(quota(0), { amounts, shares: [] }), []);
      assert.equal(exceeded(quota(1), { amounts, shares: [] }), ["cpu", "memory", "pods"]);
    }),
  );
});

test.run();

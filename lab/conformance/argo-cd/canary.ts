/** What Argo CD and Argo Rollouts do to the same objects while versions share traffic. */
import * as assert from "uvu/assert";
import type { Data, Reference } from "../../cluster/client.ts";
import { applicationNamed, verdictOf } from "./applications.ts";
import type { Context, LabTest } from "./context.ts";
import { digest, editAndPush } from "./edits.ts";
import { PATIENCE, writes } from "./live.ts";
import { applicationFile, breakFile, broken, publish } from "./mutate.ts";
import { recordSeen } from "./record.ts";
import { announce } from "./site.ts";
import type { Mutant } from "./together.ts";

const CLUSTER = "cluster-paris";
const virtualService = (name: string): Reference => ({
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  namespace: "shop",
  name,
});
const rollout = (name: string, namespace = "shop"): Reference => ({
  apiVersion: "argoproj.io/v1alpha1",
  kind: "Rollout",
  namespace,
  name,
});
const autoscaler: Reference = {
  apiVersion: "autoscaling/v2",
  kind: "HorizontalPodAutoscaler",
  namespace: "shop",
  name: "storefront",
};

const routeNamed = ({ spec }: Data, name: string): Data => spec.http.find((route: Data) => route.name === name);
const canaryWeight = (service: Data): number => routeNamed(service, "primary").route[1].weight;

/** The tests of a canary that begins and of a shadow that copies, on staging. */
export function canaryTests(test: LabTest, context: () => Context): void {
  test("a promoted image begins a canary, and Argo CD leaves the weights to Argo Rollouts", async () => {
    const { site, staging } = context();
    const { client } = staging.lab;
    const push = await editAndPush(site, "Promote storefront and recommendations, slowly", (project) => {
      project.setImage("storefront", "staging", digest("storefront, a later one"));
      project.replace("ecosystem.config.ts", '{ weight: 5, pause: "5m" }', '{ weight: 5, pause: "4h" }'); // longer than these tests take anywhere
      project.setImage("recommendations", "staging", digest("recommendations, a later one"));
    });
    await announce(push, staging);
    await client.waitFor(
      virtualService("storefront"),
      (service) => canaryWeight(service) === 5,
      "with the canary's first weight",
      { seconds: PATIENCE },
    );
    assert.is(await writes(client, virtualService("storefront"), "storefront"), "");
    assert.match(verdictOf((await client.get(applicationNamed("storefront")))!), /^Synced\/(Suspended|Progressing)$/);
  });

  test("nor does it take away the route that copies requests", async () => {
    const { client } = context().staging.lab;
    const service = await client.waitFor(
      virtualService("recommendations"),
      (object) => routeNamed(object, "mirror") !== undefined,
      "with a mirror",
      { seconds: PATIENCE },
    );
    assert.is(canaryWeight(service), 0, "what is live gets no answer of the new version");
    assert.is(await writes(client, virtualService("recommendations"), "recommendations"), "");
    assert.match(verdictOf((await client.get(applicationNamed("recommendations")))!), /^Synced\//);
  });

  test("a sync for another reason leaves the weights alone as well", async () => {
    const { site, staging } = context();
    const { client } = staging.lab;
    const before = (await client.get(virtualService("storefront")))!.metadata.generation;
    await announce(
      await editAndPush(site, "Let storefront grow", (project) =>
        project.replace(
          "ecosystem.config.ts",
          "max: tunable({ default: 6, min: 4, max: 12 })",
          "max: tunable({ default: 7, min: 4, max: 12 })",
        ),
      ),
      staging,
    );
    await client.waitFor(autoscaler, ({ spec }) => spec.maxReplicas === 7, "changed", { seconds: PATIENCE });
    const after = (await client.get(virtualService("storefront")))!;
    assert.equal([after.metadata.generation, canaryWeight(after)], [before, 5]);
  });

  test("replicas stay as an autoscaler sets them", async () => {
    const { client } = context().staging.lab;
    await client.patch(rollout("storefront"), { spec: { replicas: 4 } }, "scale");
    assert.is(await writes(client, rollout("storefront"), "storefront"), "");
    assert.is((await client.get(rollout("storefront")))!.spec.replicas, 4);
    recordSeen(
      "during a canary and a shadow: weights, mirror route and replicas are left alone by self-heal and by syncs",
      4,
    );
  });
}

/** Of a canary and a shadow that are under way, each on a workload of its own. */
export const canaryMutants: readonly Mutant[] = [
  {
    ...written(
      "weights that are a difference",
      applicationFile(CLUSTER, "storefront"),
      ({ spec }) => delete spec.ignoreDifferences,
      virtualService("storefront"),
    ),
    async mended({ staging: { lab } }) {
      await lab.client.waitFor(
        applicationNamed("storefront"),
        ({ spec, status }) => spec.ignoreDifferences !== undefined && status.sync.status === "Synced",
        "in agreement again",
        { seconds: PATIENCE },
      );
      await lab.client.waitFor(virtualService("storefront"), (service) => canaryWeight(service) === 5, "as it was", {
        seconds: PATIENCE,
      });
    },
  },
  written(
    "a mirror that is a difference",
    applicationFile(CLUSTER, "recommendations"),
    ({ spec }) => spec.ignoreDifferences[0].jqPathExpressions.pop(),
    virtualService("recommendations"),
  ),
  written(
    "replicas that have two owners",
    `generated/clusters/${CLUSTER}/services/claude-service/manifests/rollout.yaml`,
    ({ spec }) => (spec.replicas = 3), // its autoscaler wants two
    rollout("claude-service", "platform"),
  ),
];

/** A file that makes Argo CD write an object which belongs to somebody else. */
function written(name: string, file: string, breaks: (object: Data) => void, reference: Reference): Mutant {
  let before: string;
  return {
    name,
    async before({ staging }) {
      before = taken((await staging.lab.client.get(reference))!);
    },
    breaks: ({ site }) => breakFile(site, file, breaks),
    async sees({ staging }) {
      await staging.lab.client.waitFor(reference, (object) => taken(object) !== before, "written by Argo CD", {
        seconds: PATIENCE,
      });
    },
  };
}

/**
 * When Argo CD last took fields of an object that it had not, or had lost to somebody else.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
const taken = ({ metadata }: Data): string =>
  metadata.managedFields
    .filter(({ manager }: Data) => manager === "argocd-controller")
    .map(({ time }: Data) => time)
    .join();

/** A mutant of the canary's Application that shows only with a further change; the last one of all. */
export function wholeSyncTest(test: LabTest, context: () => Context): void {
  test("caught: a sync that applies what has not changed", async () => {
    const { site, staging } = context();
    const { client } = staging.lab;
    const all = "ApplyOutOfSyncOnly=true";
    const breaks = (): void =>
      breakFile(
        site,
        applicationFile(CLUSTER, "storefront"),
        ({ spec }) =>
          (spec.syncPolicy.syncOptions = spec.syncPolicy.syncOptions.filter((option: string) => option !== all)),
      );
    const mend = await broken(site, [staging], breaks);
    try {
      await client.waitFor(
        applicationNamed("storefront"),
        ({ spec }) => !spec.syncPolicy.syncOptions.includes(all),
        "as it is broken",
        { seconds: PATIENCE },
      );
      const before = taken((await client.get(virtualService("storefront")))!);
      breakFile(
        site,
        `generated/clusters/${CLUSTER}/services/storefront/values.yaml`,
        (values) => (values.autoscaling.maxReplicas = 8),
      );
      await publish(site, [staging], "Let it grow");
      await client.waitFor(autoscaler, ({ spec }) => spec.maxReplicas === 8, "changed", { seconds: PATIENCE });
      await client.waitFor(virtualService("storefront"), (service) => taken(service) !== before, "written", {
        seconds: PATIENCE,
      });
    } finally {
      await mend();
    }
    recordSeen(
      "broken repositories: paths, revisions, values, projects, self-heal, a production that follows main; in canaries weights, mirror, replicas and whole syncs; a stateful Application that asks nobody",
      11,
    );
  });
}

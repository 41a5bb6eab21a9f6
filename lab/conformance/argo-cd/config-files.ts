/** What becomes of a ConfigMap when the file that it holds changes, while a canary and stable pods run beside each other. */
import * as assert from "uvu/assert";
import type { Client, Data, Reference } from "../../cluster/client.ts";
import { applicationNamed, verdictOf } from "./applications.ts";
import type { Context, LabTest } from "./context.ts";
import { editAndPush, serviceOf } from "./edits.ts";
import { gone, PATIENCE, present, refreshed } from "./live.ts";
import { recordSeen } from "./record.ts";
import { announce } from "./site.ts";

const named = (apiVersion: string, kind: string, name: string): Reference => ({
  apiVersion,
  kind,
  namespace: "shop",
  name,
});
const deployment = named("apps/v1", "Deployment", "pages");
const rollout = named("argoproj.io/v1alpha1", "Rollout", "pages");
const configMap = (name: string): Reference => named("v1", "ConfigMap", name);

const PAGES = serviceOf("pages", "shop", '{ clusters: ["cluster-paris"] }').replace(
  /\}$/,
  ', config: { files: { "motd.txt": "the first" } }, rollout: canary({ steps: [{ weight: 50, pause: "approval" }] }) }',
);

/** The ConfigMap that pods of a template mount. */
const mountedBy = ({ spec }: Data): string =>
  spec.template.spec.volumes.find(({ name }: Data) => name === "config").configMap.name;

const replicaSetOf = async (client: Client, hash: string): Promise<Data> =>
  (await client.get(named("apps/v1", "ReplicaSet", `pages-${hash}`)))!;

const isStable = ({ status }: Data): boolean =>
  status?.phase === "Healthy" && status.stableRS !== undefined && status.stableRS === status.currentPodHash;

/** A config file that changes, on staging. */
export function configFileTests(test: LabTest, context: () => Context): void {
  test("a config file that changes begins a canary, and stable pods keep their ConfigMap beyond its end", async () => {
    const { site, staging } = context();
    const { client } = staging.lab;
    await announce(
      await editAndPush(site, "Add the pages", (project) => project.addService("pages", PAGES, ["staging"])),
      staging,
    );
    const before = await client.waitFor(rollout, isStable, "stable", { seconds: PATIENCE });
    const first = mountedBy((await client.get(deployment))!);

    await announce(
      await editAndPush(site, "Say something else", (project) =>
        project.replace("ecosystem.config.ts", '"the first"', '"the second"'),
      ),
      staging,
    );
    await client.waitFor(rollout, ({ status }) => status.phase === "Paused", "in its canary", { seconds: PATIENCE });
    const second = mountedBy((await client.get(deployment))!);
    assert.is.not(second, first);
    const stable = await replicaSetOf(client, before.status.stableRS);
    assert.equal(
      [mountedBy(stable), stable.spec.replicas > 0],
      [first, true],
      "stable pods are there, and read the first",
    );
    await client.waitFor(applicationNamed("pages"), ({ status }) => status.sync.status === "Synced", "synced", {
      seconds: PATIENCE,
    });
    await refreshed(client, "pages");
    assert.equal((await present(client, [configMap(first), configMap(second)])).length, 2);
    assert.is(verdictOf((await client.get(applicationNamed("pages")))!), "Synced/Suspended");

    await client.patch(rollout, { status: { promoteFull: true } }, "status"); // as a person who approves does
    const after = await client.waitFor(rollout, isStable, "promoted", { seconds: PATIENCE });
    assert.is.not(after.status.stableRS, before.status.stableRS);
    await client.waitFor(
      named("apps/v1", "ReplicaSet", `pages-${before.status.stableRS}`),
      ({ spec }) => spec.replicas === 0,
      "scaled down",
      { seconds: PATIENCE },
    );
    await refreshed(client, "pages");
    assert.equal((await present(client, [configMap(first)])).length, 1, "its ReplicaSet still refers to it");
    assert.is(verdictOf((await client.get(applicationNamed("pages")))!), "Synced/Healthy");

    await announce(await editAndPush(site, "Remove the pages", (project) => project.removeService("pages")), staging);
    await gone(client, applicationNamed("pages"));
    assert.equal(await present(client, [configMap(first), configMap(second)]), [], "they go with the service");
    recordSeen("a config file changes: both ConfigMaps during the canary and after it, none after the service", 4);
  });
}

/**
 * What holds state goes only when a person has confirmed it:
 * https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#resource-pruning-with-confirmation
 */
import * as assert from "uvu/assert";
import type { Client, Data, Reference } from "../../cluster/client.ts";
import { applicationNamed, ROOT } from "./applications.ts";
import type { Context, LabTest } from "./context.ts";
import { editAndPush, serviceOf } from "./edits.ts";
import { confirm, gone, PATIENCE, present } from "./live.ts";
import { applicationFile, breakFile, publish, removeFile } from "./mutate.ts";
import { recordSeen } from "./record.ts";
import { announce } from "./site.ts";
import type { Mutant } from "./together.ts";

const FILE = applicationFile("cluster-paris", "context-store");

const store = (name: string): Reference => ({ apiVersion: "apps/v1", kind: "StatefulSet", namespace: "shop", name });
const claim = (name: string): Reference => ({
  apiVersion: "v1",
  kind: "PersistentVolumeClaim",
  namespace: "shop",
  name: `data-${name}-0`,
});

/** Waits until Argo CD says that it waits for a person; what it waits with is still there. Otherwise what is wrong. */
async function asks(client: Client, application: string, kept: readonly Reference[]): Promise<string> {
  const isAsking = ({ status }: Data): boolean =>
    /waiting for (pruning|deletion) confirmation/i.test(status?.operationState?.message ?? "");
  const isGone = async (): Promise<boolean> => (await present(client, kept)).length < kept.length;
  for (
    const end = Date.now() + PATIENCE * 1000;
    Date.now() < end;
    await new Promise((resolve) => setTimeout(resolve, 500))
  ) {
    if (await isGone()) return `gone without a confirmation: ${kept.map(({ name }) => name).join()}`;
    const found = await client.get(applicationNamed(application));
    if (found && isAsking(found)) return "";
  }
  return `${application} does not ask`;
}

/** Longer than a deletion takes that nothing holds. */
const HELD = 10;

export function removalTests(test: LabTest, context: () => Context): void {
  test("a stateful service that is removed: the root waits, then its Application, and the data stay", async () => {
    const { site, staging } = context();
    const { client } = staging.lab;
    await client.waitFor(store("ledger"), ({ status }) => status?.readyReplicas === 1, "running", {
      seconds: PATIENCE,
    });
    const push = await editAndPush(site, "Remove the ledger", (project) => {
      project.removeService("ledger");
      project.replace(
        "ecosystem.config.ts",
        'image: "ghcr.io/acme/catalogue", placement: "all"',
        'image: "ghcr.io/acme/catalogue", config: { env: { PAGE: "20" } }, placement: "all"',
      );
    });
    await announce(push, staging);
    assert.is(await asks(client, ROOT, [applicationNamed("ledger"), store("ledger")]), "");

    await confirm(client, ROOT);
    await client.waitFor(
      applicationNamed("ledger"),
      ({ metadata }) => metadata.deletionTimestamp !== undefined,
      "being deleted",
      { seconds: PATIENCE },
    );
    await new Promise((resolve) => setTimeout(resolve, HELD * 1000));
    assert.equal(await present(client, [applicationNamed("ledger"), store("ledger")]), [
      "Application argocd/ledger",
      "StatefulSet shop/ledger",
    ]);

    await confirm(client, "ledger");
    await gone(client, applicationNamed("ledger"));
    assert.equal(await present(client, [store("ledger"), claim("ledger")]), [
      "PersistentVolumeClaim shop/data-ledger-0",
    ]);
  });

  test("a stateful service that becomes a stateless one: its StatefulSet waits", async () => {
    const { site, staging } = context();
    const { client } = staging.lab;
    const push = await editAndPush(site, "Keep no journal", (project) => {
      project.removeService("journal");
      project.addService("journal", serviceOf("journal", "shop", '{ clusters: ["cluster-paris"] }'));
    });
    await announce(push, staging);
    assert.is(await asks(client, "journal", [store("journal")]), "");
    assert.ok(
      await client.get({ apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "journal" }),
      "the rest goes on",
    );
    await confirm(client, "journal");
    await gone(client, store("journal"));
    assert.equal(await present(client, [claim("journal")]), ["PersistentVolumeClaim shop/data-journal-0"]);
    recordSeen(
      "what holds state is removed after confirmation alone: an Application that the root prunes, objects of a deleted Application, objects that an Application prunes",
      3,
    );
  });
}

const STORE = applicationNamed("context-store");

/** Shows once it has been removed as well. */
export const unaskedMutant: Mutant = {
  name: "a stateful Application that asks nobody",
  breaks: ({ site }) =>
    breakFile(site, FILE, ({ metadata }) => delete metadata.annotations["argocd.argoproj.io/sync-options"]),
  async sees({ site, staging }) {
    const { client } = staging.lab;
    await client.waitFor(
      STORE,
      ({ metadata }) => metadata.annotations["argocd.argoproj.io/sync-options"] === undefined,
      "as it is broken",
      { seconds: PATIENCE },
    );
    removeFile(site, FILE);
    await publish(site, [staging], "Remove it");
    await client.waitFor(STORE, ({ metadata }) => metadata.deletionTimestamp !== undefined, "being deleted", {
      seconds: PATIENCE,
    });
  },
  /** Its own objects still wait; then the mended repository brings it again. */
  async mended({ staging }) {
    await confirm(staging.lab.client, STORE.name);
  },
};

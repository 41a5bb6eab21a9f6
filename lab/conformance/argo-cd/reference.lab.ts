/**
 * The reference ecosystem from an edit of its config to its clusters: staging is cluster-paris, production is played by
 * cluster-amsterdam.
 */
import * as assert from "uvu/assert";
import type { Reference } from "../../cluster/client.ts";
import { CONTROL_PLANE } from "../../cluster/index.ts";
import { ARGO_CD } from "../../components/argo-cd.ts";
import { labSuite } from "../../lab-suite.ts";
import { until } from "../../until.ts";
import { applicationNamed, settled, watchOrder, type OrderWatch } from "./applications.ts";
import { canaryMutants, canaryTests, wholeSyncTest } from "./canary.ts";
import { configFileTests } from "./config-files.ts";
import type { Context } from "./context.ts";
import { digest, editAndPush, serviceOf, storeOf } from "./edits.ts";
import { gone, healing, objectsOf, PATIENCE, present, refreshed } from "./live.ts";
import { applicationMutants, pointerMutantTest } from "./mutants.ts";
import { PROGRAMS, runPrograms } from "./programs.ts";
import { recordClusters } from "./record.ts";
import { removalTests, unaskedMutant } from "./removal.ts";
import { announce, bootstrap, namesIn, openSite, type Delivery, type Site } from "./site.ts";
import { caughtTogether } from "./together.ts";

const test = labSuite("argo-cd: reference", [...CONTROL_PLANE, ...ARGO_CD, ...PROGRAMS, "kubectl"]);

let site: Site;
let staging: Delivery;
let production: Delivery;
let watches: OrderWatch[];

test.after(async () => {
  await Promise.all([staging?.stop(), production?.stop()]);
  site?.close();
});

/** Everything of a cluster is there and settled, the root at the head of the branch that it follows. */
const settledAtHead = async (delivery: Delivery, seconds?: number) =>
  settled(
    delivery.lab.client,
    {
      names: namesIn(site, delivery.cluster),
      revision: await site.repository.headOf(delivery.cluster.environment.revision),
    },
    seconds,
  );

test("the bootstrap of argocd/README.md brings up both clusters, in the order of the waves", async () => {
  site = await openSite("argo-cd", "", { edited: true });
  const cluster = (name: string) => site.clusters.find((each) => each.name === name)!;
  [staging, production] = await Promise.all([
    bootstrap(site, cluster("cluster-paris"), { kinds: true }),
    bootstrap(site, cluster("cluster-amsterdam"), { kinds: true }),
  ]);
  watches = await Promise.all([staging, production].map(({ lab }) => watchOrder(lab)));
  await Promise.all(
    [staging, production].flatMap((delivery) => [runPrograms(delivery.lab), settledAtHead(delivery, 1500)]),
  );
  const orders = await Promise.all(watches.map((watch) => watch.stop()));
  assert.equal(
    orders.flatMap(({ findings }) => findings),
    [],
  );
  assert.ok(orders.every(({ waves }) => waves > 8));
  assert.equal(
    [staging, production].map(({ argoCd }) => argoCd.schemasReadAnew()),
    [0, 0],
    "the kinds are as they were found",
  );
  assert.equal(site.internet.refused, [], "nobody asked for a host that is not played");
  recordClusters(site, [staging, production]);
});

const deployment = (name: string, namespace = "shop"): Reference => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  namespace,
  name,
});

test("a new team with services, on running clusters: staging follows the push, in any order; production does not", async () => {
  const push = await editAndPush(site, "Add the catalogue", (project) => {
    project.replace(
      "ecosystem.config.ts",
      'shop: { contact: "#team-shop" },',
      'shop: { contact: "#team-shop" },\n    catalogue: { contact: "#team-catalogue" },',
    );
    project.addService("catalogue", serviceOf("catalogue", "catalogue", '"all"'));
    project.addService("banner", serviceOf("banner", "shop", '"all"'));
    project.addService("ledger", storeOf("shop", '{ clusters: ["cluster-paris"] }'));
    project.addService("journal", storeOf("shop", '{ clusters: ["cluster-paris"] }'));
  });
  await announce(push, staging, production);
  await settledAtHead(staging);
  assert.ok(await staging.lab.client.get(deployment("catalogue", "catalogue")));

  await refreshed(production.lab.client, "platform-root");
  await refreshed(production.lab.client, "checkout");
  assert.equal(
    await present(production.lab.client, [
      applicationNamed("catalogue"),
      deployment("catalogue", "catalogue"),
      deployment("banner"),
    ]),
    [],
  );
});

test("production follows when its pointer moves", async () => {
  await announce(await site.repository.move("env/production", "main"), staging, production);
  await settledAtHead(production);
  assert.ok(await production.lab.client.get(deployment("catalogue", "catalogue")));
  assert.is(await production.lab.client.get(applicationNamed("ledger")), undefined, "which runs in staging alone");
});

test("an image that the pipeline promotes reaches staging, and a webhook refreshes what its files concern", async () => {
  const before = (await staging.lab.client.get(applicationNamed("fallback-service")))!.status.sync.revisions;
  const image = digest("fallback-service, a later one");
  const push = await editAndPush(site, "Promote fallback-service", (project) =>
    project.setImage("fallback-service", "staging", image),
  );
  await announce(push, staging, production);
  await staging.lab.client.waitFor(
    deployment("fallback-service", "platform"),
    ({ spec }) => spec.template.spec.containers[0].image.endsWith(image),
    "promoted",
    { seconds: PATIENCE },
  );
  assert.not.equal((await staging.lab.client.get(applicationNamed("fallback-service")))!.status.sync.revisions, before);
});

test("self-heal undoes a change by hand, and brings back what was deleted", async () => {
  const { client } = staging.lab;
  const service: Reference = { apiVersion: "v1", kind: "Service", namespace: "shop", name: "banner" };
  assert.is(
    await healing(
      client,
      service,
      { spec: { selector: { "app.kubernetes.io/name": "somebody-else" } } },
      ({ spec }) => spec.selector["app.kubernetes.io/name"] === "banner",
      60,
    ),
    "",
  );
  await client.remove(service);
  await until("the Service again", () => client.get(service), { seconds: PATIENCE });
  await client.patch(applicationNamed("banner"), { spec: { syncPolicy: { automated: { selfHeal: false } } } });
  await client.waitFor(
    applicationNamed("banner"),
    ({ spec }) => spec.syncPolicy.automated.selfHeal === true,
    "healed by the root Application",
    { seconds: PATIENCE },
  );
});

test("removing a service prunes it with its objects", async () => {
  const { client } = staging.lab;
  const objects = await objectsOf(client, "banner");
  assert.ok(objects.length > 4, "there is something to prune");
  await announce(
    await editAndPush(site, "Remove the banner", (project) => project.removeService("banner")),
    staging,
    production,
  );
  await gone(client, applicationNamed("banner"));
  assert.equal(await present(client, objects), []);
  assert.equal(
    await present(production.lab.client, [applicationNamed("banner"), deployment("banner")]).then(
      (there) => there.length,
    ),
    2,
    "production has not moved",
  );
});

const context = (): Context => ({ site, staging, production });
pointerMutantTest(test, context);
configFileTests(test, context);
canaryTests(test, context);
removalTests(test, context);
caughtTogether(test, context, [...canaryMutants, ...applicationMutants, unaskedMutant]);
wholeSyncTest(test, context);

test.run();

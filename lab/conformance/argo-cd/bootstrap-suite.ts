/**
 * One cluster of an ecosystem from nothing, by the words of argocd/README.md: control planes do not fit side by side on
 * small machines, so one after the other.
 */
import * as assert from "uvu/assert";
import { CONTROL_PLANE } from "../../cluster/index.ts";
import { ARGO_CD } from "../../components/argo-cd.ts";
import { labSuite } from "../../lab-suite.ts";
import { ROOT, settled, watchOrder } from "./applications.ts";
import { PROGRAMS, runPrograms } from "./programs.ts";
import { recordClusters } from "./record.ts";
import { bootstrap, namesIn, openSite, type Delivery, type Site } from "./site.ts";

/** No registry has the program that plans and applies Terraform objects, so nothing ever says that they are ready. */
const WITHOUT_TERRAFORM = { "platform-terraform": "Synced/Progressing", [ROOT]: "Synced/Progressing" };

export interface BootstrapOptions {
  /** Those of all add-ons are there before, as in a cluster whose Argo CD is installed anew. */
  kinds: boolean;
}

export function bootstrapSuite(
  title: string,
  project: string,
  clusters: Readonly<Record<string, BootstrapOptions>>,
): void {
  const test = labSuite(`argo-cd: ${title}`, [...CONTROL_PLANE, ...ARGO_CD, ...PROGRAMS, "kubectl"]);
  let site: Site;
  let delivery: Delivery | undefined;

  test.before(async () => {
    site = await openSite(`argo-cd-${title}`, project);
  });
  test.after.each(async () => {
    await delivery?.stop();
    delivery = undefined;
  });
  test.after(() => site?.close());

  for (const [name, options] of Object.entries(clusters)) {
    test(`${name} comes up in the order of the waves, and every Application settles`, async () => {
      const cluster = site.clusters.find((each) => each.name === name)!;
      delivery = await bootstrap(site, cluster, options);
      const { client } = delivery.lab;
      const watch = await watchOrder(delivery.lab);
      const names = namesIn(site, cluster);
      const otherwise = names.includes("platform-terraform") ? WITHOUT_TERRAFORM : {};
      try {
        const revision = await site.repository.headOf(cluster.environment.revision);
        await Promise.all([runPrograms(delivery.lab), settled(client, { names, otherwise, revision }, 1500)]);
      } finally {
        const { findings, waves } = await watch.stop();
        assert.equal(findings, []);
        assert.ok(waves > 8);
      }
      if (options.kinds) assert.is(delivery.argoCd.schemasReadAnew(), 0, "the kinds are as they were found");
      assert.equal(site.internet.refused, [], "nobody asked for a host that is not played");
      recordClusters(
        site,
        [delivery],
        names.includes("platform-terraform")
          ? "; Terraform objects Progressing, since their controller is in no registry, and its sources' part is played"
          : "",
      );
    });
  }

  test.run();
}

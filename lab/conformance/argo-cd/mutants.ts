/** Repositories as a wrong compiler would have written them, each of which the looks of the other tests must see. */
import * as assert from "uvu/assert";
import type { Reference } from "../../cluster/client.ts";
import { applicationNamed, complaintsOf, settled } from "./applications.ts";
import type { Context, LabTest } from "./context.ts";
import { digest } from "./edits.ts";
import { healing, PATIENCE } from "./live.ts";
import { applicationFile, breakFile, broken, publish } from "./mutate.ts";
import { recordSeen } from "./record.ts";
import { namesIn } from "./site.ts";

const deployment: Reference = { apiVersion: "apps/v1", kind: "Deployment", namespace: "catalogue", name: "catalogue" };

export function mutantTests(test: LabTest, context: () => Context): void {
  const STAGING = applicationFile("cluster-paris", "catalogue");

  const unsettled = (name: string, file: string, breaks: Parameters<typeof breakFile>[2], complaint: RegExp): void => {
    test(`caught: ${name}`, async () => {
      const { site, staging } = context();
      await broken(
        site,
        [staging],
        () => breakFile(site, file, breaks),
        async () => {
          await staging.lab.client.waitFor(
            applicationNamed("catalogue"),
            (application) => complaint.test(complaintsOf(application)),
            "in trouble",
            { seconds: PATIENCE },
          );
          const seen = await settled(staging.lab.client, { names: namesIn(site, staging.cluster) }, 5).catch(
            ({ message }: Error) => message,
          );
          assert.match(String(seen), complaint);
        },
      );
      await staging.lab.client.waitFor(
        applicationNamed("catalogue"),
        ({ status }) => !(status.conditions?.length > 0),
        "mended",
        { seconds: PATIENCE },
      );
    });
  };
  unsettled(
    "a path that is none",
    STAGING,
    ({ spec }) => (spec.sources[0].path = "helm-library/nothing"),
    /catalogue: .*\n.*ComparisonError: .*app path does not exist/s,
  );
  unsettled(
    "a revision that is none",
    STAGING,
    ({ spec }) => (spec.sources[0].targetRevision = "env/nothing"),
    /catalogue: .*\n.*ComparisonError: .*unable to resolve 'env\/nothing'/s,
  );
  unsettled(
    "values that are none",
    STAGING,
    ({ spec }) => (spec.sources[0].helm.valueFiles = ["/generated/nothing.yaml"]),
    /catalogue: .*\n.*ComparisonError: .*nothing\.yaml/s,
  );
  unsettled(
    "a project that does not admit the namespace",
    STAGING,
    ({ spec }) => (spec.project = "shop"),
    /catalogue: .*\n.*InvalidSpecError: .*allowed destinations in project 'shop'/s,
  );

  test("caught: no self-heal", async () => {
    const { site, staging } = context();
    const { client } = staging.lab;
    await broken(
      site,
      [staging],
      () => breakFile(site, STAGING, ({ spec }) => (spec.syncPolicy.automated.selfHeal = false)),
      async () => {
        await client.waitFor(
          applicationNamed("catalogue"),
          ({ spec }) => spec.syncPolicy.automated.selfHeal === false,
          "as it is broken",
          { seconds: PATIENCE },
        );
        assert.match(
          await healing(client, deployment, { spec: { replicas: 3 } }, ({ spec }) => spec.replicas === 2, 20),
          /was not healed/,
        );
      },
    );
    await client.waitFor(deployment, ({ spec }) => spec.replicas === 2, "healed with the mended Application", {
      seconds: PATIENCE,
    });
  });

  test("caught: production that follows the main branch", async () => {
    const { site, staging, production } = context();
    const { client } = production.lab;
    const image = digest("catalogue that nobody promoted");
    const following = (): void =>
      breakFile(site, applicationFile("cluster-amsterdam", "catalogue"), ({ spec }) =>
        spec.sources.forEach((source: { targetRevision: string }) => (source.targetRevision = "main")),
      );
    const all = [staging, production];
    await broken(
      site,
      all,
      following,
      async () => {
        await client.waitFor(
          applicationNamed("catalogue"),
          ({ spec }) => spec.sources[0].targetRevision === "main",
          "as it is broken",
          { seconds: PATIENCE },
        );
        breakFile(
          site,
          "generated/clusters/cluster-amsterdam/services/catalogue/values.yaml",
          (values) => (values.image.digest = image),
        );
        await publish(site, all, "A change that the pointer has not reached");
        await client.waitFor(
          deployment,
          ({ spec }) => spec.template.spec.containers[0].image.endsWith(image),
          "changed without its pointer",
          { seconds: PATIENCE },
        );
      },
      ["main", "env/production"],
    );
    recordSeen(
      "broken repositories: paths, revisions, values, projects, self-heal, a production that follows main; in canaries weights, mirror, replicas and whole syncs; a stateful Application that asks nobody",
      11,
    );
  });
}

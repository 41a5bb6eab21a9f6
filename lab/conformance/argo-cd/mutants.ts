/** Applications as a wrong compiler would have written them, each of which the looks of the other tests must see. */
import * as assert from "uvu/assert";
import type { Data, Reference } from "../../cluster/client.ts";
import { applicationNamed, complaintsOf, settled } from "./applications.ts";
import type { Context, LabTest } from "./context.ts";
import { digest } from "./edits.ts";
import { healing, PATIENCE, refresh } from "./live.ts";
import { applicationFile, breakFile, broken, publish } from "./mutate.ts";
import { namesIn } from "./site.ts";
import type { Mutant } from "./together.ts";

const deployment = (name: string, namespace: string): Reference => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  namespace,
  name,
});

const onStaging = (name: string): string => applicationFile("cluster-paris", name);

/** Each in an Application of its own. */
export const applicationMutants: readonly Mutant[] = [
  unsettled(
    "a path that is none",
    "fallback-service",
    ({ spec }) => (spec.sources[0].path = "helm-library/nothing"),
    /ComparisonError: .*app path does not exist/s,
  ),
  unsettled(
    "a revision that is none",
    "watchdog",
    ({ spec }) => (spec.sources[0].targetRevision = "env/nothing"),
    /ComparisonError: .*unable to resolve 'env\/nothing'/s,
  ),
  unsettled(
    "values that are none",
    "checkout",
    ({ spec }) => (spec.sources[0].helm.valueFiles = ["/generated/nothing.yaml"]),
    /ComparisonError: .*nothing\.yaml/s,
  ),
  unsettled(
    "a project that does not admit the namespace",
    "catalogue",
    ({ spec }) => (spec.project = "shop"),
    /InvalidSpecError: .*allowed destinations in project 'shop'/s,
  ),
  {
    name: "no self-heal",
    breaks: ({ site }) =>
      breakFile(site, onStaging("journal"), ({ spec }) => (spec.syncPolicy.automated.selfHeal = false)),
    async sees({ staging: { lab } }) {
      await lab.client.waitFor(
        applicationNamed("journal"),
        ({ spec }) => spec.syncPolicy.automated.selfHeal === false,
        "as it is broken",
        { seconds: PATIENCE },
      );
      assert.match(
        await healing(
          lab.client,
          deployment("journal", "shop"),
          { spec: { replicas: 3 } },
          ({ spec }) => spec.replicas === 2,
          20,
        ),
        /was not healed/,
      );
    },
    async mended({ staging: { lab } }) {
      await lab.client.waitFor(
        deployment("journal", "shop"),
        ({ spec }) => spec.replicas === 2,
        "healed with the mended Application",
        { seconds: PATIENCE },
      );
    },
  },
];

/** An Application that never settles, and says why. */
function unsettled(name: string, application: string, breaks: (object: Data) => void, complaint: RegExp): Mutant {
  return {
    name,
    breaks: ({ site }) => breakFile(site, onStaging(application), breaks),
    async sees({ site, staging: { lab, cluster } }) {
      await refresh(lab.client, application); // of a change of the project alone it takes no notice by itself
      await lab.client.waitFor(
        applicationNamed(application),
        (found) => complaint.test(complaintsOf(found)),
        "in trouble",
        { seconds: PATIENCE },
      );
      const seen = await settled(lab.client, { names: namesIn(site, cluster) }, 2).catch(
        ({ message }: Error) => message,
      );
      const own = String(seen)
        .split(/\n {2}(?=\S)/)
        .find((line) => line.startsWith(`${application}: `));
      assert.match(String(own), complaint);
    },
    async mended({ staging: { lab } }) {
      await refresh(lab.client, application);
      await lab.client.waitFor(
        applicationNamed(application),
        ({ status }) => !(status.conditions?.length > 0),
        "mended",
        { seconds: PATIENCE },
      );
    },
  };
}

/** Needs production, which nobody else does from here on: it ends, since what it does meanwhile is half of the work. */
export function pointerMutantTest(test: LabTest, context: () => Context): void {
  test("caught: production that follows the main branch", async () => {
    const { site, staging, production } = context();
    const { client } = production.lab;
    const image = digest("catalogue that nobody promoted");
    const following = (): void =>
      breakFile(site, applicationFile("cluster-amsterdam", "catalogue"), ({ spec }) =>
        spec.sources.forEach((source: { targetRevision: string }) => (source.targetRevision = "main")),
      );
    const all = [staging, production];
    const mend = await broken(site, all, following, ["main", "env/production"]);
    try {
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
        deployment("catalogue", "catalogue"),
        ({ spec }) => spec.template.spec.containers[0].image.endsWith(image),
        "changed without its pointer",
        { seconds: PATIENCE },
      );
    } finally {
      await mend();
    }
    await production.stop();
  });
}

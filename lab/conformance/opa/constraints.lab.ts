/**
 * Gatekeeper's engine over each cluster's committed templates and constraints, and over everything that Argo CD would
 * apply there.
 */
import * as assert from "uvu/assert";
import { topologyOf } from "../../compiled/index.ts";
import { describe, type KubernetesObject } from "../../cluster/client.ts";
import { ChartRenderer, KUBERNETES } from "../../delivery/index.ts";
import { labSuite } from "../../lab-suite.ts";
import { ECOSYSTEMS } from "../../ecosystems.ts";
import { record } from "../../record/notes.ts";
import { packages } from "../../toolchain/versions.ts";
import { badExamples } from "./bad-examples.ts";
import { contentOfCluster, kindsSeenBy } from "./delivered.ts";
import { gatorTest, type Violation } from "./gator.ts";

const test = labSuite("opa: constraints over all objects, under gator", ["gator", "helm"]);
const GATOR = { consumer: "gator", version: packages.get("gatekeeper")!.version, level: "schema" as const };
const charts = new ChartRenderer(KUBERNETES);

const say = (violations: readonly Violation[]): string =>
  violations
    .map(({ constraint, violatingObject, msg }) => `${describe(violatingObject)}: ${constraint.metadata.name}: ${msg}`)
    .join("\n");

for (const [ecosystem, project] of Object.entries(ECOSYSTEMS)) {
  const { clusters } = await topologyOf(project, ["clusters"]);
  for (const cluster of clusters) {
    test(`${ecosystem}/${cluster.name}: every good object is admitted, and the bad example of each policy is refused by it`, () => {
      const { templates, constraints, others } = contentOfCluster(cluster, project, charts);
      const policies = constraints.map(({ object }) => object);
      const good = others.map(({ object }) => object);
      const bad = badExamples(good, policies);
      const violations = gatorTest([
        ...templates.map(({ object }) => object),
        ...policies,
        ...good,
        ...bad.map(({ object }) => object),
      ]);
      const isBad = ({ violatingObject }: Violation): boolean => violatingObject.metadata.name.startsWith("bad-");

      assert.is(say(violations.filter((violation) => !isBad(violation))), "");
      const refusals = violations
        .filter(isBad)
        .map(
          ({ violatingObject, constraint, enforcementAction }) =>
            `${violatingObject.metadata.name} by ${constraint.metadata.name} (${enforcementAction})`,
        );
      assert.equal(
        [...new Set(refusals)].sort(),
        bad.map(({ policy }) => `bad-${policy} by ${policy} (${actionOf(policies, policy)})`).sort(),
      );
      assert.ok(bad.length >= policies.length - 1, "at most digests are not asked for");

      const kinds = kindsSeenBy(policies);
      const seen = others.filter(({ object }) => kinds.has(object.kind));
      assert.ok(seen.length > 10);
      record(
        {
          ...GATOR,
          judged: `${ecosystem}/${cluster.name}: objects of kinds that the ${policies.length} constraints look at, none refused; ${bad.length} bad ones, each refused by its policy`,
          count: seen.length,
        },
        [...seen, ...templates, ...constraints].map(({ file }) => file),
      );
    });
  }
}

const actionOf = (constraints: readonly KubernetesObject[], policy: string): string =>
  (constraints.find(({ metadata }) => metadata.name === policy) as { spec?: { enforcementAction: string } }).spec!
    .enforcementAction;

const [cluster] = (await topologyOf("", ["clusters"])).clusters;
const broken: readonly {
  name: string;
  breaks: (templates: KubernetesObject[], constraints: KubernetesObject[]) => KubernetesObject[];
}[] = [
  {
    name: "a constraint whose template is missing",
    breaks: (templates, constraints) => [...templates.slice(1), ...constraints],
  },
  {
    name: "a constraint with a parameter of another type",
    breaks: (templates, constraints) => [
      ...templates,
      ...edited(constraints, '"allowed_registries":[', '"allowed_registries":"","other":['),
    ],
  },
  {
    name: "a constraint with a misspelt parameter",
    breaks: (templates, constraints) => [
      ...templates,
      ...edited(constraints, '"allowed_registries":', '"allowed_registry":'),
    ],
  },
  {
    name: "a template whose Rego does not parse",
    breaks: (templates, constraints) => [...edited(templates, '"rego":"', '"rego":"pakage\\n'), ...constraints],
  },
];

const edited = (objects: readonly KubernetesObject[], from: string, to: string): KubernetesObject[] =>
  objects.map((object) => JSON.parse(JSON.stringify(object).replace(from, to)) as KubernetesObject);

for (const { name, breaks } of broken) {
  test(`caught: ${name}`, () => {
    const { templates, constraints } = contentOfCluster(cluster!, "", charts);
    assert.throws(() =>
      gatorTest(
        breaks(
          templates.map(({ object }) => object),
          constraints.map(({ object }) => object),
        ),
      ),
    );
  });
}

test("the broken ones are counted", () =>
  record({ ...GATOR, judged: "broken templates and constraints, each refused", count: broken.length }));

test.run();

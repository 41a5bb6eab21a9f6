import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loadPolicies, type PolicyInput } from "../../../compiler/policy/evaluate.ts";
import type { PolicyData } from "../../../compiler/policy/parameters.ts";
import { chartNames, Charts, coalesce, type Data, example, helm, NAMESPACE } from "../helm/charts.ts";
import { DATA } from "./cases.ts";

/** Policies read a chart's values as the pod that it will render: the real chart must agree. */
const test = suite("policies over values and over what the charts make of them");
const withHelm = helm ? test : test.skip;

/** What the charts' own examples name. */
const EXAMPLES: PolicyData = {
  ...DATA,
  parameters: {
    ...DATA.parameters,
    allowed_registries: ["registry.example", "registry.example:5000"],
    token_accounts: ["web-identity", "report-identity", "ledger-identity", "collector-identity"].map((name) => ({
      namespace: NAMESPACE,
      name,
    })),
  },
};
const CPU_LIMITS: PolicyData = {
  ...EXAMPLES,
  parameters: { ...EXAMPLES.parameters, required_limits: ["cpu", "memory"] },
};

let charts: Charts;
test.before(() => {
  if (helm) charts = new Charts();
});
test.after(() => charts?.remove());

const asValues = (object: Data): PolicyInput => ({ kind: "values", object, cluster: "try", namespace: NAMESPACE });
const rendered = (chart: string, values: Data): PolicyInput[] =>
  charts.render(chart, values).objects.map((object) => ({ kind: "object", object, cluster: "try" }));

for (const chart of chartNames) {
  for (const name of ["smallest", "fullest"] as const) {
    withHelm(`the ${name} values of ${chart} keep to every policy, and so does what they become`, async () => {
      const { evaluate } = await loadPolicies(EXAMPLES);
      const values = example(chart, name);
      assert.equal(evaluate([asValues(values), ...rendered(chart, values)]), []);
    });
  }
}

const LAPSES: Record<string, { change: Data; data?: PolicyData }> = {
  "allowed-registries": { change: { image: { repository: "quay.io/evil/web" } } },
  probes: {
    change: {
      probes: {
        liveness: { grpc: null, tcpSocket: { port: "http" }, periodSeconds: 1 },
        readiness: { httpGet: null, tcpSocket: { port: "http" } },
      },
    },
  },
  resources: { change: { resources: { limits: { cpu: null } } }, data: CPU_LIMITS },
  "service-account-tokens": { change: { serviceAccount: { name: "nobody" } } },
};

for (const [policy, { change, data = EXAMPLES }] of Object.entries(LAPSES)) {
  withHelm(`${policy} finds in the values what it finds in the pod`, async () => {
    const { evaluate } = await loadPolicies(data);
    const found = (inputs: PolicyInput[]): string[] => [
      ...new Set(evaluate(inputs).map((violation) => violation.policy)), // in each container that has it
    ];
    const values = withoutNulls(coalesce(example("service", "fullest"), change));
    assert.equal(found([asValues(values)]), [policy]);
    assert.equal(found(rendered("service", values)), [policy]);
  });
}

/** As Helm removes a key that is set to null. */
function withoutNulls(value: Data): Data {
  return JSON.parse(JSON.stringify(value, (_, child: Data) => (child === null ? undefined : child)));
}

test.run();

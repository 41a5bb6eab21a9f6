import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Experiment as ConfigExperiment } from "../../config/model/resilience.ts";
import { readOptions } from "../../../runtime/http-fault/options.ts";
import { BASE, emitFor, objectsOf } from "./test/ecosystem.ts";

const test = suite("HTTP faults of the mesh");
const HTTP: ConfigExperiment = {
  ...BASE,
  kind: "http-fault",
  requests: "10%",
  scope: "50%",
  status: 503,
  delay: "0.5s",
};

interface Body {
  spec: {
    priority: number;
    workloadSelector: object;
    configPatches: {
      applyTo: string;
      match: object;
      patch: { operation: string; value: { name: string; typed_config: { [field: string]: unknown } } };
    }[];
    selector: object;
    podSelector: { matchLabels: object };
    policyTypes: string[];
    egress: { to: { podSelector?: { matchLabels: object } }[] }[];
    jobTemplate: {
      spec: {
        backoffLimit: number;
        activeDeadlineSeconds: number;
        template: {
          metadata: { labels: Record<string, string> };
          spec: { restartPolicy: string; automountServiceAccountToken: boolean; containers: { args: string[] }[] };
        };
      };
    };
  };
}
const made = (experiment: ConfigExperiment = HTTP) =>
  new Map(
    objectsOf(emitFor(experiment)).map((object) => [
      `${object.kind}/${object.metadata.name}`,
      object as unknown as Body,
    ]),
  );
const [API, FAULT] = [{ "app.kubernetes.io/name": "api" }, { "app.kubernetes.io/name": "api-harm" }];

test("no object of Chaos Mesh, and none that may change anything", () => {
  assert.equal(
    [...made().keys()],
    [
      "Service/api-harm",
      "EnvoyFilter/api-harm",
      "NetworkPolicy/api-harm",
      "NetworkPolicy/api-harm-asked",
      "CronJob/api-harm",
      "AssignMetadata/chaos-workflow-annotations",
    ],
  );
});

test("the filters stand in front of this workload's pods alone, behind what authorises", () => {
  const { workloadSelector, configPatches, priority } = made().get("EnvoyFilter/api-harm")!.spec;
  assert.ok(priority > 0, "inserted before what the mesh itself puts there");
  assert.equal(workloadSelector, { labels: API });
  const inbound = {
    context: "SIDECAR_INBOUND",
    listener: {
      filterChain: {
        filter: {
          name: "envoy.filters.network.http_connection_manager",
          subFilter: { name: "envoy.filters.http.router" },
        },
      },
    },
  };
  assert.equal(
    configPatches.map(({ applyTo, match, patch }) => [applyTo, match, patch.operation]),
    [
      ["HTTP_FILTER", inbound, "INSERT_BEFORE"],
      ["HTTP_FILTER", inbound, "INSERT_BEFORE"],
    ],
  );
  const [ask, fault] = configPatches.map(({ patch }) => patch.value.typed_config);
  const script = (ask!["default_source_code"] as { inline_string: string }).inline_string;
  assert.match(script, "math.random() * 100 >= 5 ", "half of the pods, ten percent of the requests: every pod, five");
  assert.match(script, '"outbound|8080||api-harm.red.svc.cluster.local"');
  const { "@type": _, ...what } = fault!;
  const always = { numerator: 100, denominator: "HUNDRED" };
  assert.equal(what, {
    headers: [{ name: "x-eco-fault-harm", string_match: { exact: "on" } }],
    delay: { fixed_delay: "0.5s", percentage: always },
    abort: { http_status: 503, percentage: always },
  });
});

test("a fault without a status lets the request through, and one without a delay answers at once", () => {
  const fault = (experiment: ConfigExperiment) =>
    made(experiment).get("EnvoyFilter/api-harm")!.spec.configPatches[1]!.patch.value.typed_config;
  assert.not("abort" in fault({ ...BASE, kind: "http-fault", requests: "10%", delay: "2s" }));
  assert.not("delay" in fault({ ...BASE, kind: "http-fault", requests: "10%", status: 500 }));
});

test("the pods that hold the fault open are no pods of the workload", () => {
  const objects = made();
  const { template } = objects.get("CronJob/api-harm")!.spec.jobTemplate.spec;
  assert.is(template.metadata.labels["app.kubernetes.io/name"], "api-harm");
  assert.is(template.metadata.labels["sidecar.istio.io/inject"], "false");
  assert.equal(objects.get("Service/api-harm")!.spec.selector, FAULT);
  assert.equal(objects.get("NetworkPolicy/api-harm")!.spec.podSelector.matchLabels, FAULT);
  const asking = objects.get("NetworkPolicy/api-harm-asked")!.spec;
  assert.equal(
    [asking.podSelector.matchLabels, asking.policyTypes, asking.egress[0]!.to],
    [API, ["Egress"], [{ podSelector: { matchLabels: FAULT } }]],
  );
});

test("the Job ends with the experiment, is not begun again, and holds no token", () => {
  const { backoffLimit, activeDeadlineSeconds, template } = made().get("CronJob/api-harm")!.spec.jobTemplate.spec;
  assert.equal(
    [backoffLimit, activeDeadlineSeconds, template.spec.restartPolicy, template.spec.automountServiceAccountToken],
    [0, 420, "Never", false],
  );
  const slo = (path: string) => `http://slo-gate.slo-gate.svc.cluster.local:8080/v1/slo/${path}`;
  const { args } = template.spec.containers[0]!;
  assert.ok(readOptions(args), "the component takes them");
  assert.equal(args, [
    "--name",
    "api-harm",
    "--for",
    "300000ms",
    "--every",
    "5s",
    "--listen",
    "0.0.0.0:8080",
    "--watch",
    slo("red/api/good.uninjected"),
    "--watch",
    slo("blue/shop/good"),
  ]);
});

test.run();

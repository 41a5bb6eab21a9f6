import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Experiment as ConfigExperiment } from "../../config/model/resilience.ts";
import { topologyOf } from "../../../test/support/topology.ts";
import { faultTemplates } from "./faults.ts";
import { BASE, ecosystemWith, workloadOf } from "./test/ecosystem.ts";

const test = suite("faults");

const selector = {
  namespaces: ["red"],
  labelSelectors: { "app.kubernetes.io/name": "api" },
  podPhaseSelectors: ["Running"],
};
const third = { mode: "fixed-percent", value: "34", selector };

const faultsOf = (experiment: ConfigExperiment, mesh?: boolean) => {
  const topology = topologyOf(ecosystemWith(experiment, mesh === undefined ? {} : { mesh }));
  const workload = workloadOf(topology);
  return faultTemplates(topology, workload, workload.experiments[0]!);
};

/** What each kind of experiment becomes: the one template that does the harm. */
const TABLE: [string, ConfigExperiment, object][] = [
  [
    "network-delay",
    { ...BASE, kind: "network-delay", latency: "0.1s", jitter: "20ms" },
    {
      templateType: "NetworkChaos",
      networkChaos: { action: "delay", ...third, direction: "to", delay: { latency: "0.1s", jitter: "20ms" } },
    },
  ],
  [
    "network-loss",
    { ...BASE, kind: "network-loss", loss: "2.5%" },
    {
      templateType: "NetworkChaos",
      networkChaos: { action: "loss", ...third, direction: "to", loss: { loss: "2.5" } },
    },
  ],
  [
    "network-partition",
    { ...BASE, kind: "network-partition", from: "store" },
    {
      templateType: "NetworkChaos",
      networkChaos: {
        action: "partition",
        ...third,
        direction: "both",
        target: {
          mode: "all",
          selector: { ...selector, namespaces: ["blue"], labelSelectors: { "app.kubernetes.io/name": "store" } },
        },
      },
    },
  ],
  [
    "cpu-stress",
    { ...BASE, kind: "cpu-stress", workers: 3, load: "80%" },
    {
      templateType: "StressChaos",
      stressChaos: { ...third, containerNames: ["api"], stressors: { cpu: { workers: 3, load: 80 } } },
    },
  ],
  [
    "memory-stress",
    { ...BASE, kind: "memory-stress", workers: 2, size: "256Mi" },
    {
      templateType: "StressChaos",
      stressChaos: { ...third, containerNames: ["api"], stressors: { memory: { workers: 2, size: "256MiB" } } },
    },
  ],
  [
    "dns-fault",
    { ...BASE, kind: "dns-fault", patterns: ["pay.example.com", "cdn.*"], answer: "random" },
    {
      templateType: "DNSChaos",
      dnsChaos: { action: "random", ...third, containerNames: ["api"], patterns: ["pay.example.com", "cdn.*"] },
    },
  ],
  [
    "zone-outage",
    { ...BASE, kind: "zone-outage", zone: "eu-west-3b", scope: "10%" },
    {
      templateType: "NetworkChaos",
      networkChaos: {
        action: "loss",
        mode: "all",
        selector: { ...selector, nodeSelectors: { "topology.kubernetes.io/zone": "eu-west-3b" } },
        direction: "to",
        loss: { loss: "100" },
      },
    },
  ],
];

for (const [name, experiment, template] of TABLE) {
  test(name, () =>
    assert.equal(faultsOf(experiment), {
      start: ["fault"],
      templates: [{ name: "fault", deadline: "5m", ...template }],
    }),
  );
}

test("pod-kill kills once per step, as often as fits", () => {
  assert.equal(faultsOf({ ...BASE, kind: "pod-kill", every: "90s" }), {
    start: ["fault"],
    templates: [
      { name: "fault", templateType: "Serial", deadline: "5m", children: ["kill", "kill", "kill"] },
      { name: "kill", templateType: "PodChaos", deadline: "90s", podChaos: { action: "pod-kill", ...third } },
    ],
  });
  assert.equal(faultsOf({ ...BASE, kind: "pod-kill", every: "10m" })!.templates[0]!["children"], ["kill"]);
});

test("an HTTP fault outside the mesh is one HTTPChaos for each port that has requests", () => {
  const harm = { target: "Response", path: "*", delay: "2s", replace: { code: 503 } };
  assert.equal(
    faultsOf({ ...BASE, kind: "http-fault", requests: "100%", delay: "2s", status: 503, abortOn: ["own"] }, false),
    {
      start: ["fault-http", "fault-rpc"],
      templates: [
        { name: "fault-http", templateType: "HTTPChaos", deadline: "5m", httpChaos: { ...third, port: 8080, ...harm } },
        { name: "fault-rpc", templateType: "HTTPChaos", deadline: "5m", httpChaos: { ...third, port: 9090, ...harm } },
      ],
    },
  );
});

const SHARES: [`${number}%`, object][] = [
  ["100%", { mode: "all" }],
  ["99.9%", { mode: "fixed-percent", value: "99" }],
  ["0.5%", { mode: "fixed-percent", value: "1" }],
];
for (const [scope, share] of SHARES) {
  test(`${scope} of the pods`, () => {
    const { networkChaos } = faultsOf({ ...BASE, kind: "network-loss", loss: "1%", scope })!
      .templates[0]! as unknown as { networkChaos: { mode: string; value?: string } };
    const { mode, value } = networkChaos;
    assert.equal({ mode, ...(value === undefined ? {} : { value }) }, share);
  });
}

test("days are written in hours, since Go knows none", () => {
  assert.is(faultsOf({ ...BASE, duration: "0.5d", kind: "network-loss", loss: "1%" })!.templates[0]!.deadline, "12h");
});

for (const zone of ["eu-west-1a", "eu-west-30a", "eu-west-3", "eu-west-3ab"]) {
  test(`a cluster of eu-west-3 has nothing to lose in ${zone}`, () =>
    assert.is(faultsOf({ ...BASE, kind: "zone-outage", zone }), undefined));
}

test("a service that does not run on the cluster cannot be cut off", () => {
  const config = ecosystemWith({ ...BASE, kind: "network-partition", from: "store" });
  const topology = topologyOf({
    ...config,
    services: {
      ...config.services,
      api: { ...config.services["api"]!, dependsOn: [] },
      store: { ...config.services["store"]!, placement: { clusters: ["prod"] } },
    },
  });
  const workload = workloadOf(topology);
  assert.is(faultTemplates(topology, workload, workload.experiments[0]!), undefined);
});

test.run();

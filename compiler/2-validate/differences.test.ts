import { suite } from "uvu";
import * as assert from "uvu/assert";
import { changed, findings, GONE } from "./test/change.ts";

const test = suite("what differs between environments and clusters");

type Change = readonly [path: string, value: unknown];

const CASES: Readonly<Record<string, readonly [changes: readonly Change[], found: readonly string[]]>> = {
  "a value of the wrong form is found where it is written": [
    [["services.web.in.first.gracePeriod", "soon"]],
    ['schema/wrong-unit services.web.in.first.gracePeriod: "soon" is not a duration'],
  ],
  "on a cluster as well, also where nothing else differs": [
    [["services.store.on", { eks: { ports: { redis: { port: 123456 } } } }]],
    ["schema/out-of-range services.store.on.eks.ports.redis.port: port must be at most 65535, and is 123456"],
  ],
  "an unknown field": [
    [["services.web.in.first.gracePerid", "1m"]],
    ['schema/unknown-key services.web.in.first.gracePerid: unknown key "gracePerid" in services.web.in.first'],
  ],
  "an unknown field that is taken away": [
    [["services.web.in.first.gracePerid", null]],
    ['schema/unknown-key services.web.in.first.gracePerid: unknown key "gracePerid" in services.web.in.first'],
  ],
  "a field that must be there is taken away": [
    [["services.web.in.first.image", null]],
    ['schema/missing-key services.web.in.first.image: "image" is missing in services.web.in.first'],
  ],
  "a part that must be there is taken away from one that the service writes": [
    [["services.web.in.first.exposure", { port: null }]],
    ['schema/missing-key services.web.in.first.exposure.port: "port" is missing in services.web.in.first.exposure'],
  ],
  "a section that the service does not have is not whole": [
    [["services.switched.on", { gke: { exposure: { hosts: ["a.example"] } } }]],
    ['schema/missing-key services.switched.on.gke.exposure: "port" is missing in services.switched.on.gke.exposure'],
  ],
  "another part of a value with a kind makes no whole": [
    [["services.web.in.first.probes", { liveness: { path: "/live" } }]],
    [
      'schema/missing-key services.web.in.first.probes.liveness: "kind" is missing in services.web.in.first.probes.liveness',
    ],
  ],
  "who owns it, what it is, where it runs": [
    [["services.web.in.first", { team: "crew", kind: "job", placement: "all", in: {} }]],
    [
      "differences/fixed services.web.in.first.team: `team` cannot differ",
      "differences/fixed services.web.in.first.kind: `kind` cannot differ",
      "differences/fixed services.web.in.first.placement: `placement` cannot differ",
      "differences/fixed services.web.in.first.in: `in` cannot differ",
    ],
  ],
  "the same once more, also what was not there": [
    [
      ["services.web.in.first.gracePeriod", "45s"],
      ["services.web.in.first.schedule", null],
      ["services.web.in.first.args", []],
    ],
    [
      "differences/same services.web.in.first.gracePeriod: gracePeriod is the same without this line",
      "differences/same services.web.in.first.schedule: schedule is the same without this line",
    ],
  ],
  "the same as in the cluster's environment": [
    [["services.web.on", { aks: { scaling: { cpu: "80%" } } }]],
    ["differences/same services.web.on.aks.scaling.cpu: scaling.cpu is the same without this line"],
  ],
  "the environment's differs, so the service's own is none of the same": [
    [["services.web.on", { aks: { scaling: { cpu: "60%" } } }]],
    [],
  ],
  "lists and values with a kind are compared as a whole": [
    [["services.mirrored.in.trial.slos", ["done"]]],
    ["differences/same services.mirrored.in.trial.slos: slos is the same without this line"],
  ],
  "where it does not run": [
    [
      ["services.switched.in", { first: { tag: "v2" } }],
      ["services.switched.on", { aks: { tag: "v3" } }],
    ],
    [
      "differences/unplaced services.switched.in.first: switched does not run in first",
      "differences/unplaced services.switched.on.aks: switched does not run on aks",
    ],
  ],
  "a secret's path": [
    [["secrets.database.in.first.path", 7]],
    ["schema/wrong-type secrets.database.in.first.path: path must be a text, and is 7"],
  ],
  "a mirror's place": [
    [["registries.in.live.mirror", { "docker.io": "https://mirror.example" }]],
    ['schema/wrong-unit registries.in.live.mirror["docker.io"]: "https://mirror.example" is not a place of a mirror'],
  ],
  "a mirror of what is no registry": [
    [["registries.on.eks.mirror", { redis: "mirror.example" }]],
    ['schema/wrong-unit registries.on.eks.mirror.redis: "redis" is not a place that is mirrored'],
  ],
  "the same mirror once more, and one that is not there": [
    [["registries.in.live.mirror", { "docker.io": "mirror.example/hub", "quay.io": null }]],
    [
      'differences/same registries.in.live.mirror["docker.io"]: mirror["docker.io"] is the same without this line',
      'differences/same registries.in.live.mirror["quay.io"]: mirror["quay.io"] is the same without this line',
    ],
  ],
  "registries within registries": [
    [["registries.in.live.on", {}]],
    ["differences/fixed registries.in.live.on: `on` cannot differ"],
  ],
  "registries of an environment that there is not": [
    [["registries.in", { lief: { allowUpstream: false } }]],
    ['reference/unknown registries.in.lief: there is no environment "lief"'],
  ],
  "a mistake of the service itself is told once": [
    [["services.web.image", GONE]],
    ['schema/missing-key services.web: "image" is missing in services.web'],
  ],
  "a reference": [
    [["services.mirrored.on.eks.dependsOn[0].service", "stor"]],
    ['reference/unknown services.mirrored.on.eks.dependsOn[0].service: there is no service "stor"'],
  ],
};

for (const [what, [changes, expected]] of Object.entries(CASES))
  test(what, () =>
    assert.equal(
      findings(changed(...changes)).map(({ id, at, message }) => `${id} ${at}: ${message}`),
      expected,
    ),
  );

test.run();

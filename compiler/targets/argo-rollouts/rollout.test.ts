import { test } from "uvu";
import * as assert from "uvu/assert";
import { blueGreen, canary, rolling, shadow, tunable } from "../../config/define.ts";
import { emitted, specOf } from "./test/emitted.ts";

const version = [{ name: "version", valueFrom: { podTemplateHashValue: "Latest" } }];
const analysis = (use: string) => ({ templates: [{ templateName: `web-${use}` }], args: version });
const noMesh = { security: { mesh: { enabled: false }, allowedRegistries: ["ghcr.io/acme/"] } } as const;
const stepsOf = (rollout: Parameters<typeof specOf>[1]["rollout"]) =>
  specOf("Rollout", { rollout }).strategy.canary.steps;

test("a rolling update has no Rollout", () => {
  assert.is(emitted({ rollout: rolling() }).size, 0);
  assert.is(emitted({}).size, 0);
});

test("a Rollout refers to the chart's Deployment and aborts what does not come up", () => {
  const spec = specOf("Rollout", { rollout: canary({ steps: [{ weight: 20 }] }) });
  const { strategy, ...rest } = spec;
  assert.equal(rest, {
    replicas: 2,
    selector: { matchLabels: { "app.kubernetes.io/name": "web" } },
    workloadRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
    revisionHistoryLimit: 5,
    progressDeadlineSeconds: 600,
    progressDeadlineAbort: true,
  });
  assert.equal([strategy.canary.canaryService, strategy.canary.stableService], ["web-canary", "web"]);
});

test("a Rollout waits as long as the probes do, and as the config says", () => {
  const times = (service: Parameters<typeof specOf>[1]) => {
    const { minReadySeconds, progressDeadlineSeconds } = specOf("Rollout", {
      rollout: canary({ steps: [{ weight: 20 }] }),
      ...service,
    });
    return [minReadySeconds, progressDeadlineSeconds];
  };
  const startup = { kind: "tcp", port: "http", every: "20s", failures: 60, delay: "30s" } as const;
  assert.equal(times({}), [undefined, 600]);
  assert.equal(times({ minReady: "20s", progressDeadline: "20m" }), [20, 1200]);
  assert.equal(times({ probes: { startup } }), [undefined, 1530]);
});

test("the number of pods is the Rollout's where it is fixed, and the autoscaler's otherwise", () => {
  const replicas = (scaling: object) =>
    specOf("Rollout", { rollout: canary({ steps: [{ weight: 20 }] }), scaling: scaling as never }).replicas;
  assert.is(replicas({ min: 3, max: 3 }), 3);
  assert.is(replicas({ min: 3, max: 9 }), undefined);
  assert.is(replicas({ min: tunable({ default: 4, min: 2, max: 4 }), max: 4 }), undefined);
});

test("a step pauses for its time, for a person behind an analysis, or for the analysis alone", () => {
  const gate = { analysis: analysis("gate") };
  assert.equal(
    stepsOf(
      canary({
        steps: [
          { weight: 5, pause: "90s" },
          { weight: 10, pause: "approval" },
          { weight: 20 },
          { weight: 40, pause: "1.5m" },
          { weight: 80, pause: "2h" },
        ],
        analysis: { slos: ["up"] },
      }),
    ),
    [
      { setWeight: 5 },
      { pause: { duration: "90s" } },
      { setWeight: 10 },
      gate,
      { pause: {} },
      { setWeight: 20 },
      gate,
      { setWeight: 40 },
      { pause: { duration: "90s" } },
      { setWeight: 80 },
      { pause: { duration: "7200s" } },
      gate,
    ],
  );
});

test("without analysis only the pauses hold a step", () => {
  assert.equal(
    stepsOf(canary({ steps: [{ weight: 5, pause: "30s" }, { weight: 10, pause: "approval" }, { weight: 20 }] })),
    [{ setWeight: 5 }, { pause: { duration: "30s" } }, { setWeight: 10 }, { pause: {} }, { setWeight: 20 }],
  );
});

test("a tuned weight is its current value", () => {
  assert.equal(stepsOf(canary({ steps: [{ weight: tunable({ default: 15, min: 5, max: 30 }), pause: "1m" }] }))[0], {
    setWeight: 15,
  });
});

/** It compares, and is given both versions. */
const watched = {
  ...analysis("watch"),
  args: [...analysis("watch").args, { name: "stable", valueFrom: { podTemplateHashValue: "Stable" } }],
};

test("the analysis in the background starts with the first traffic", () => {
  const watch = (rollout: Parameters<typeof specOf>[1]["rollout"]) =>
    specOf("Rollout", { rollout }).strategy.canary.analysis;
  assert.equal(watch(canary({ steps: [{ weight: 5 }], analysis: { slos: ["up"] } })), {
    ...watched,
    startingStep: 1,
  });
  assert.equal(watch(shadow({ duration: "5m", analysis: { slos: ["up"] } })), {
    ...watched,
    startingStep: 2,
  });
  assert.is(watch(canary({ steps: [{ weight: 5 }] })), undefined);
});

test("blue/green: the preview beside the active Service, judged before and after the switch", () => {
  assert.equal(
    specOf("Rollout", {
      rollout: blueGreen({
        autoPromote: false,
        previewReplicas: 2,
        keepOldFor: "1.5m",
        prePromotion: { slos: ["up"] },
        postPromotion: { slos: ["fast"] },
      }),
    }).strategy,
    {
      blueGreen: {
        activeService: "web",
        previewService: "web-preview",
        autoPromotionEnabled: false,
        previewReplicaCount: 2,
        scaleDownDelaySeconds: 90,
        prePromotionAnalysis: analysis("pre"),
        postPromotionAnalysis: analysis("post"),
      },
    },
  );
  assert.equal(specOf("Rollout", { rollout: blueGreen({}) }).strategy, {
    blueGreen: {
      activeService: "web",
      previewService: "web-preview",
      autoPromotionEnabled: true,
      scaleDownDelaySeconds: 600,
    },
  });
});

test("shadow: pods without traffic, copies, their analysis, the copies' end before the first weight", () => {
  assert.equal(
    stepsOf(
      shadow({
        duration: "20m",
        mirror: "50%",
        replicas: 2,
        analysis: { slos: ["up"] },
        steps: [{ weight: 30, pause: "4m" }],
      }),
    ),
    [
      { setCanaryScale: { replicas: 2 } },
      { setMirrorRoute: { name: "mirror", percentage: 50, match: [{ method: { regex: "GET|HEAD" } }] } },
      { pause: { duration: "1200s" } },
      { analysis: analysis("gate") },
      { setMirrorRoute: { name: "mirror" } },
      { setCanaryScale: { weight: 30 } },
      { setWeight: 30 },
      { setCanaryScale: { matchTrafficWeight: true } },
      { pause: { duration: "240s" } },
      { analysis: analysis("gate") },
    ],
  );
});

test("shadow: a service that tells copies apart gets writes as well, and the match is never empty", () => {
  const [, mirror] = stepsOf(shadow({ duration: "20m", writes: true }));
  assert.equal(mirror.setMirrorRoute.match, [{ path: { prefix: "/" } }]);
});

test("shadow: whatever the steps, no weight comes while copies still flow", () => {
  const steps: Record<string, any>[] = stepsOf(
    shadow({ duration: "20m", steps: [{ weight: 10 }, { weight: 50, pause: "1m" }] }),
  );
  const removed = steps.findIndex(
    ({ setMirrorRoute }) => setMirrorRoute !== undefined && setMirrorRoute.match === undefined,
  );
  const weights = steps.flatMap(({ setWeight }, index) => (setWeight === undefined ? [] : [index]));
  assert.ok(removed > 0 && weights.every((index) => index > removed + 1), JSON.stringify(steps));
  assert.equal(
    steps.slice(removed + 1, removed + 5),
    [
      { setCanaryScale: { weight: 10 } },
      { setWeight: 10 },
      { setCanaryScale: { matchTrafficWeight: true } },
      { setWeight: 50 },
    ],
    "the pods of the first weight before it, and those of each later one with it",
  );
});

test("shadow: without steps, the copies' end is the last one", () => {
  assert.equal(stepsOf(shadow({ duration: "20m" })).at(-1), { setMirrorRoute: { name: "mirror" } });
});

test("the mesh routes canaries and shadows: the Rollout names the routes that the VirtualService has", () => {
  for (const rollout of [canary({ steps: [{ weight: 5 }] }), shadow({ duration: "5m" })]) {
    const { trafficRouting } = specOf("Rollout", { rollout }).strategy.canary;
    const { http } = specOf("VirtualService", { rollout });
    assert.equal(trafficRouting.istio.virtualService, {
      name: "web",
      routes: http.map(({ name }: { name: string }) => name),
    });
    assert.equal(trafficRouting.managedRoutes, rollout.kind === "shadow" ? [{ name: "mirror" }] : undefined);
  }
});

test("one HTTP port: one route, all of it on stable, none on the canary", () => {
  assert.equal(specOf("VirtualService", { rollout: canary({ steps: [{ weight: 5 }] }) }), {
    hosts: ["web"],
    http: [
      {
        name: "primary",
        route: [
          { destination: { host: "web" }, weight: 100 },
          { destination: { host: "web-canary" }, weight: 0 },
        ],
      },
    ],
  });
});

test("several ports: a route for each, by its number; TCP beside HTTP and gRPC", () => {
  const service = {
    rollout: canary({ steps: [{ weight: 5 }] }),
    ports: { http: { port: 80 }, grpc: { port: 9000, protocol: "grpc" }, raw: { port: 9100, protocol: "tcp" } },
  } as const;
  const to = (port: number) => [
    { destination: { host: "web", port: { number: port } }, weight: 100 },
    { destination: { host: "web-canary", port: { number: port } }, weight: 0 },
  ];
  assert.equal(specOf("VirtualService", service), {
    hosts: ["web"],
    http: [
      { name: "primary-grpc", match: [{ port: 9000 }], route: to(9000) },
      { name: "primary-http", match: [{ port: 80 }], route: to(80) },
    ],
    tcp: [{ match: [{ port: 9100 }], route: to(9100) }],
  });
  assert.equal(specOf("Rollout", service).strategy.canary.trafficRouting.istio.virtualService, {
    name: "web",
    routes: ["primary-grpc", "primary-http"],
    tcpRoutes: [{ port: 9100 }],
  });
});

test("UDP beside HTTP: the mesh passes it by, and it has no route", () => {
  const service = {
    rollout: canary({ steps: [{ weight: 5 }] }),
    ports: { http: { port: 80 }, quic: { port: 80, protocol: "udp" } },
  } as const;
  const { http, tcp } = specOf("VirtualService", service);
  assert.equal([http.map(({ match }: { match: unknown }) => match), tcp], [[[{ port: 80 }]], undefined]);
  assert.equal(specOf("Rollout", service).strategy.canary.trafficRouting.istio.virtualService, {
    name: "web",
    routes: ["primary"],
  });
});

test("TCP alone: no HTTP route to name", () => {
  const service = {
    rollout: canary({ steps: [{ weight: 5 }] }),
    ports: { raw: { port: 9100, protocol: "tcp" } },
  } as const;
  assert.equal(Object.keys(specOf("VirtualService", service)), ["hosts", "tcp"]);
  assert.equal(specOf("Rollout", service).strategy.canary.trafficRouting.istio.virtualService, {
    name: "web",
    tcpRoutes: [{ port: 9100 }],
  });
});

test("without the mesh, and for blue/green, nothing is routed: Services do it", () => {
  const plain = { rollout: canary({ steps: [{ weight: 5 }] }) };
  assert.is(specOf("VirtualService", plain, noMesh), undefined);
  const { trafficRouting, canaryService, stableService } = specOf("Rollout", plain, noMesh).strategy.canary;
  assert.equal([trafficRouting, canaryService, stableService], [undefined, "web-canary", "web"]);
  assert.is(specOf("VirtualService", { rollout: blueGreen({}) }), undefined);
});

test("analyses and routes are there before the Rollout that names them, and everything says where it comes from", () => {
  const objects = [
    ...emitted({ rollout: canary({ steps: [{ weight: 5 }], analysis: { slos: ["up"] } }) }).values(),
  ].flat();
  const wave = (kind: string) =>
    objects.find((object) => object.kind === kind)!.metadata.annotations!["argocd.argoproj.io/sync-wave"];
  assert.equal([wave("AnalysisTemplate"), wave("VirtualService"), wave("Rollout")], ["-1", "-1", "0"]);
  assert.equal(
    objects.filter(({ metadata }) => !metadata.annotations!["eco-compile.dev/source"]?.startsWith("services.web")),
    [],
  );
});

test("each cluster has its own files, and the number of pods of its environment", () => {
  const files = emitted({ rollout: canary({ steps: [{ weight: 5 }] }) });
  assert.equal(
    [...files.keys()],
    ["one", "two"].flatMap((cluster) =>
      ["rollout", "traffic"].map((file) => `generated/clusters/${cluster}/services/web/manifests/${file}.yaml`),
    ),
  );
  const replicas = (cluster: string) =>
    (
      files.get(`generated/clusters/${cluster}/services/web/manifests/rollout.yaml`)![0]!["spec"] as {
        replicas: number;
      }
    ).replicas;
  assert.equal([replicas("one"), replicas("two")], [2, 1]);
});

test.run();

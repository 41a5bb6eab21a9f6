import { test } from "uvu";
import * as assert from "uvu/assert";
import { blueGreen } from "../../config/define.ts";
import type { SmokeTest } from "../../config/model/rollouts.ts";
import { emitted, specOf } from "./test/emitted.ts";

const smokeTest: SmokeTest = { command: ["/bin/smoke"], args: ["--all"], env: { LEVEL: "2" }, timeout: "90s" };
const service = (more: object = {}) => ({ rollout: blueGreen({ smokeTest }), ...more });
const jobOf = (more: object = {}, ecosystem: object = {}) =>
  specOf("AnalysisTemplate", service(more), ecosystem, "web-smoke-test").metrics[0].provider.job;

test("it runs once before the switch, and its end decides", () => {
  const { prePromotionAnalysis } = specOf("Rollout", service()).strategy.blueGreen;
  assert.equal(prePromotionAnalysis, { templates: [{ templateName: "web-smoke-test" }] });
  const { metrics } = specOf("AnalysisTemplate", service(), {}, "web-smoke-test");
  assert.equal(
    metrics.map(({ provider: _, ...metric }: Record<string, unknown>) => metric),
    [{ name: "smoke-test", failureLimit: 0 }], // no count: once; no condition: the Job's end
  );
  const { backoffLimit, activeDeadlineSeconds, template } = jobOf().spec;
  assert.equal([backoffLimit, activeDeadlineSeconds, template.spec.restartPolicy], [0, 90, "Never"]);
});

test("SLOs are judged in the same run", () => {
  const rollout = blueGreen({ smokeTest, prePromotion: { slos: ["up"], traffic: "50/s" } });
  const { templates, args } = specOf("Rollout", { rollout }).strategy.blueGreen.prePromotionAnalysis;
  assert.equal(templates, [{ templateName: "web-smoke-test" }, { templateName: "web-pre" }]);
  assert.equal(
    args.map(({ name }: { name: string }) => name),
    ["version"],
  );
});

test("it is told where the preview is, by a name that nothing of the config can hide", () => {
  const [container] = jobOf({
    rollout: blueGreen({ smokeTest: { ...smokeTest, env: { LEVEL: "2", PREVIEW_HOST: "elsewhere" } } }),
  }).spec.template.spec.containers;
  assert.equal(container.env, [
    { name: "LEVEL", value: "2" },
    { name: "PREVIEW_HOST", value: "web-preview" },
  ]);
  assert.equal([container.command, container.args], [["/bin/smoke"], ["--all"]]);
});

test("no Service and no policy of the workload takes its pod for one of theirs", () => {
  const { labels } = jobOf().spec.template.metadata;
  const { selector } = specOf("Rollout", service());
  assert.ok(Object.entries<string>(selector.matchLabels).some(([key, value]) => labels[key] !== value));
});

test("both directions are closed but for the preview's ports, DNS and the mesh", () => {
  const policies = [...emitted(service())]
    .filter(([path]) => path.includes("/one/"))
    .flatMap(([, objects]) => objects)
    .filter(({ kind }) => kind === "NetworkPolicy");
  assert.equal(
    policies.map(({ metadata, spec }) => [metadata.name, (spec as { policyTypes: string[] }).policyTypes]),
    [
      ["web-smoke-test", ["Ingress", "Egress"]],
      ["web-smoke-test-called", ["Ingress"]],
    ],
  );
  const [own, called] = policies.map(({ spec }) => spec as Record<string, any>);
  assert.equal(own!["ingress"], []);
  assert.equal(
    own!["egress"].map(({ ports }: { ports: { port: number }[] }) => ports.map(({ port }) => port)),
    [[53, 53], [15_012], [8080]],
  );
  assert.equal(called!["ingress"], [
    { from: [{ podSelector: own!["podSelector"] }], ports: [{ port: 8080, protocol: "TCP" }] },
  ]);
});

test("in the mesh it has a proxy that ends with it, and without the mesh none", () => {
  const { metadata } = jobOf().spec.template;
  assert.is(metadata.labels["sidecar.istio.io/inject"], "true");
  assert.is(metadata.annotations["sidecar.istio.io/nativeSidecar"], "true");
  const plain = jobOf({ slos: [] }, { security: { mesh: { enabled: false }, allowedRegistries: ["ghcr.io/acme/"] } });
  assert.is(plain.spec.template.metadata.labels["sidecar.istio.io/inject"], "false");
  assert.is(plain.spec.template.metadata.annotations, undefined);
});

test("its pod is as closed as the service's", () => {
  const { spec } = jobOf({ runAsUser: 12_345 }).spec.template;
  assert.is(spec.automountServiceAccountToken, false);
  assert.equal(
    [spec.securityContext.runAsNonRoot, spec.securityContext.runAsUser, spec.securityContext.runAsGroup],
    [true, 12_345, 12_345],
  );
  assert.equal(spec.containers[0].securityContext, {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  });
});

test.run();

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Charts, coalesce, example, helm, type Data, type Rendered } from "./charts.ts";
import { rules } from "./rules.ts";

const mutants = suite("helm: every rule catches the template that breaks it");
const test = helm ? mutants : mutants.skip;

interface Mutant {
  rule: string;
  chart?: string;
  file: string;
  from: string;
  to: string;
  over?: Data;
}

const lib = (name: string): string => `eco-library/templates/_${name}.tpl`;
const restricted = "pods meet the restricted Pod Security Standard";
const ports = "Services have ports that Istio understands";
const owner = "one owner counts the replicas";
const job = "a job runs when and as often as told";

const all: Mutant[] = [
  { rule: "has exactly the objects that the values ask for", file: lib("poddisruptionbudget"), from: "gt (int $replicas) 1", to: "gt (int $replicas) 0", over: { autoscaling: { minReplicas: 1 } } },
  { rule: "has exactly the objects that the values ask for", file: lib("service"), from: "{{- range .Values.services }}", to: "{{- range (.Values.services | initial) }}" },
  { rule: "labels and annotations are on every object", file: lib("metadata"), from: '"eco-compile.dev/team" .Values.team', to: "" },
  { rule: "labels and annotations are on every object", file: lib("metadata"), from: ".root.Values.annotations }}", to: "dict }}" },
  { rule: "labels and annotations are on every object", file: lib("metadata"), from: "(merge $labels .Values.labels)", to: "$labels" },
  { rule: "pods carry labels, but not the objects' annotations", file: lib("pod"), from: '(ternary "true" "false" .Values.mesh.enabled)', to: '"true"', over: { mesh: { enabled: false } } },
  { rule: "pods carry labels, but not the objects' annotations", file: lib("pod"), from: "merge (dict) .Values.podAnnotations", to: "merge (dict) .Values.annotations .Values.podAnnotations" },
  ...["allowPrivilegeEscalation: false", "readOnlyRootFilesystem: true", "  drop:\n    - ALL", "seccompProfile:\n  type: RuntimeDefault", "runAsNonRoot: true"].map((from) => ({ rule: restricted, file: lib("pod"), from, to: "" })),
  { rule: restricted, file: lib("pod"), from: "runAsUser: {{ .Values.security.runAsUser | int64 }}", to: "runAsUser: 0" },
  { rule: restricted, file: lib("pod"), from: "  enableServiceLinks: false", to: "  enableServiceLinks: false\n  hostNetwork: true" },
  { rule: "the token is mounted only when asked for", file: lib("pod"), from: "automountServiceAccountToken: {{ .Values.serviceAccount.automountServiceAccountToken }}", to: "automountServiceAccountToken: true", over: { serviceAccount: { automountServiceAccountToken: false } } },
  { rule: "the token is mounted only when asked for", file: lib("pod"), from: "enableServiceLinks: false", to: "enableServiceLinks: true" },
  { rule: "the container runs what was given", file: lib("container"), from: "if .digest", to: "if not .tag" },
  { rule: "the container runs what was given", file: lib("container"), from: ".Values.preStopSleepSeconds", to: ".Values.preStop" },
  { rule: "the environment reaches the process unchanged", file: lib("container"), from: '| replace "$" "$$" ', to: "", over: { env: { PRICE: "$$5" } } },
  { rule: "the environment reaches the process unchanged", file: lib("container"), from: "value: {{ $value | replace", to: "value: {{ $value | trim | replace", over: { env: { A: " padded " } } },
  { rule: "configuration is an immutable ConfigMap of its own name, byte for byte", file: lib("configmap"), from: "immutable: true", to: "" },
  { rule: "configuration is an immutable ConfigMap of its own name, byte for byte", file: lib("configmap"), from: "PruneLast=true", to: "Prune=true" },
  { rule: "configuration is an immutable ConfigMap of its own name, byte for byte", file: lib("configmap"), from: "| trunc 10)", to: "| trunc 0)" },
  { rule: "configuration is an immutable ConfigMap of its own name, byte for byte", file: lib("metadata"), from: "(quote $value)", to: "(quote (trim $value))" },
  { rule: "secrets are read-only files", file: lib("volumes"), from: "mountPath: {{ $secret.mountPath | quote }}\n  readOnly: true", to: "mountPath: {{ $secret.mountPath | quote }}" },
  { rule: "secrets are read-only files", file: lib("volumes"), from: "secretName: {{ $secret.name | quote }}\n    defaultMode: 288", to: "secretName: {{ $secret.name | quote }}\n    defaultMode: 420" },
  { rule: "writable folders are bounded", file: lib("volumes"), from: "    sizeLimit: {{ .sizeLimit | quote }}", to: "    {}" , over: { volumes: [{ name: "tmp", mountPath: "/tmp", sizeLimit: "1Mi" }] } },
  { rule: "pods are placed as told", file: lib("pod"), from: "{{- with .Values.tolerations }}", to: "{{- with list }}" },
  { rule: "pods are placed as told", file: lib("pod"), from: "{{- with .Values.priorityClassName }}", to: '{{- with "" }}' },
  { rule: "pods spread over zones and hosts", file: lib("pod"), from: '"rollouts-pod-template-hash"', to: '"pod-template-hash"' },
  { rule: "pods spread over zones and hosts", file: lib("pod"), from: '"topology.kubernetes.io/zone"', to: '"zone"' },
  { rule: "selectors hold the name alone", file: lib("metadata"), from: "app.kubernetes.io/name: {{ .Values.name | quote }}", to: "app.kubernetes.io/name: {{ .Values.name | quote }}\napp.kubernetes.io/version: {{ .Values.version | quote }}" },
  { rule: owner, file: "service/templates/deployment.yaml", from: "  replicas: 0\n", to: "" },
  { rule: owner, file: "service/templates/deployment.yaml", from: "{{- else if not .Values.autoscaling }}", to: "{{- else }}", over: { rollout: { enabled: false } } },
  { rule: "the autoscaler scales who owns the pods", file: "service/templates/horizontalpodautoscaler.yaml", from: '"Rollout" "Deployment"', to: '"Deployment" "Deployment"' },
  { rule: "the autoscaler scales who owns the pods", file: "service/templates/horizontalpodautoscaler.yaml", from: '"memory" .targetMemoryUtilizationPercentage', to: "" },
  { rule: "a disruption leaves what was asked for", file: lib("poddisruptionbudget"), from: "AlwaysAllow\n  selector", to: "IfHealthyBudget\n  selector" },
  { rule: "a disruption leaves what was asked for", file: lib("poddisruptionbudget"), from: 'hasKey . "minAvailable"', to: 'not (hasKey . "maxUnavailable")' },
  { rule: "probes are those of the values", file: lib("container"), from: '"failureThreshold" ', to: "" },
  { rule: "probes are those of the values", file: lib("container"), from: "{{- if eq .name $name }}", to: "{{- if eq .protocol \"http2\" }}" },
  { rule: ports, file: lib("service"), from: 'printf "%s-%s" .protocol .name', to: ".name" },
  { rule: ports, file: lib("service"), from: "appProtocol: {{ .protocol }}", to: "" },
  { rule: ports, file: lib("service"), from: "{{- if .port }}", to: "{{- if .targetPort }}" },
  { rule: ports, chart: "stateful", file: "stateful/templates/headless.yaml", from: "clusterIP: None", to: "clusterIP: \"\"" },
  { rule: "all traffic is closed but the rules, DNS and istiod", file: lib("networkpolicy"), from: "    - Egress\n", to: "" },
  { rule: "all traffic is closed but the rules, DNS and istiod", file: lib("networkpolicy"), from: "        - namespaceSelector:\n            matchLabels:\n              kubernetes.io/metadata.name: kube-system", to: "        - namespaceSelector: {}" },
  { rule: "a Deployment is replaced as told", file: "service/templates/deployment.yaml", from: "type: {{ .Values.strategy.type }}", to: "type: RollingUpdate" },
  { rule: "state is kept", chart: "stateful", file: "stateful/templates/statefulset.yaml", from: "Prune=confirm,Delete=confirm", to: "Prune=confirm" },
  { rule: "state is kept", chart: "stateful", file: "stateful/templates/statefulset.yaml", from: "whenDeleted: {{ .Values.persistentVolumeClaimRetentionPolicy.whenDeleted }}", to: "whenDeleted: Delete" },
  { rule: "state is kept", chart: "stateful", file: "stateful/templates/statefulset.yaml", from: 'include "eco.selectorLabels" $ | nindent 10', to: 'include "eco.labels" $ | nindent 10' },
  { rule: job, chart: "job", file: "job/templates/job.yaml", from: "concurrencyPolicy: {{ .Values.concurrencyPolicy }}", to: "concurrencyPolicy: Allow" },
  { rule: job, chart: "job", file: "job/templates/job.yaml", from: '"name" $name)', to: '"name" .Values.name)', over: { schedule: "" } },
  { rule: job, chart: "job", file: "job/templates/_job.tpl", from: "backoffLimit: {{ .Values.backoffLimit | int64 }}", to: "backoffLimit: 6" },
];

let charts: Charts;
mutants.before(() => {
  if (helm) charts = new Charts();
});
mutants.after(() => charts?.remove());

/** Rendered once for all mutants of the same values. */
const unbroken = new Map<string, Rendered>();

test("each of them, and the unbroken templates hold the same rules", () => {
  for (const { rule, chart = "service", file, from, to, over = {} } of all) {
    const values = coalesce(example(chart, "fullest"), over);
    const check = rules[rule]!;
    const key = JSON.stringify([chart, over]);
    if (!unbroken.has(key)) unbroken.set(key, charts.render(chart, values));
    check(unbroken.get(key)!);

    const path = file.startsWith("eco-library/") ? join(charts.dependency(chart), "..", file) : join(charts.folder, file);
    const original = readFileSync(path, "utf8");
    assert.ok(original.includes(from), `${file} has no ${from}`);
    writeFileSync(path, original.replace(from, () => to));
    assert.ok(breaks(() => check(charts.render(chart, values))), `not caught: ${file}: ${from} → ${to}`);
    writeFileSync(path, original);
  }
});

test("no rule is without one", () => {
  assert.equal(Object.keys(rules).filter((rule) => !all.some((mutant) => mutant.rule === rule)), []);
});

/** Whether a rule was broken; a template that helm refuses proves nothing about the rule. */
function breaks(check: () => void): boolean {
  try {
    check();
    return false;
  } catch (error) {
    if (error instanceof assert.Assertion) return true;
    throw error;
  }
}

mutants.run();

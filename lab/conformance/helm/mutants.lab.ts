import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { chartNames, Charts, coalesce, example, helm, type Data, type Rendered } from "./charts.ts";
import { rules } from "./rules.ts";

const mutants = suite("helm: every rule catches the template that breaks it");
const test = helm ? mutants : mutants.skip;

interface Mutant {
  chart?: string;
  file: string;
  from: string;
  to: string;
  over?: Data;
}

const lib = (name: string): string => `eco-library/templates/_${name}.tpl`;

/** Rule → edits that it must notice. */
const mutations: Record<keyof typeof rules, Mutant[]> = {
  "has exactly the objects that the values ask for": [
    {
      file: lib("poddisruptionbudget"),
      from: "gt (int $replicas) 1",
      to: "gt (int $replicas) 0",
      over: { autoscaling: { minReplicas: 1 } },
    },
    { file: lib("service"), from: "{{- range .Values.services }}", to: "{{- range (.Values.services | initial) }}" },
  ],
  "labels and annotations are on every object": [
    { file: lib("metadata"), from: '"eco-compile.dev/team" .Values.team', to: "" },
    { file: lib("metadata"), from: ".root.Values.annotations }}", to: "dict }}" },
    { file: lib("metadata"), from: "(merge $labels .Values.labels)", to: "$labels" },
  ],
  "pods carry labels, but not the objects' annotations": [
    {
      file: lib("pod"),
      from: '(ternary "true" "false" .Values.mesh.enabled)',
      to: '"true"',
      over: { mesh: { enabled: false } },
    },
    {
      file: lib("pod"),
      from: "merge (dict) .Values.podAnnotations",
      to: "merge (dict) .Values.annotations .Values.podAnnotations",
    },
  ],
  "pods meet the restricted Pod Security Standard": [
    ...[
      "allowPrivilegeEscalation: false",
      "readOnlyRootFilesystem: true",
      "  drop:\n    - ALL",
      "seccompProfile:\n  type: RuntimeDefault",
      "runAsNonRoot: true",
    ].map((from) => ({ file: lib("pod"), from, to: "" })),
    { file: lib("pod"), from: "runAsUser: {{ .Values.security.runAsUser | int64 }}", to: "runAsUser: 0" },
    { file: lib("pod"), from: "  enableServiceLinks: false", to: "  enableServiceLinks: false\n  hostNetwork: true" },
  ],
  "the token is mounted only when asked for": [
    {
      file: lib("pod"),
      from: "automountServiceAccountToken: {{ .Values.serviceAccount.automountServiceAccountToken }}",
      to: "automountServiceAccountToken: true",
      over: { serviceAccount: { automountServiceAccountToken: false } },
    },
    { file: lib("pod"), from: "enableServiceLinks: false", to: "enableServiceLinks: true" },
  ],
  "the container runs what was given": [
    { file: lib("container"), from: "if .digest", to: "if not .tag" },
    { file: lib("container"), from: ".Values.preStopSleepSeconds", to: ".Values.preStop" },
    {
      file: lib("container"),
      from: 'append $words (. | replace "$" "$$")',
      to: "append $words .",
      over: { args: ["$$(HOME)"] },
    },
  ],
  "what starts before has its own, and the rest of the workload's where it inherits": [
    { file: lib("initcontainers"), from: "{{- if .sidecar }}", to: "{{- if true }}" },
    { file: lib("initcontainers"), from: "{{- if .container.inherit }}", to: "{{- if true }}" },
    { file: lib("initcontainers"), from: "{{- if $.container.inherit }}", to: "{{- if true }}" },
    { file: lib("initcontainers"), from: "if not (hasKey $own $name)", to: "if true" },
    {
      file: lib("initcontainers"),
      from: "{{- range $name, $value := $own }}",
      to: "{{- range $name, $value := dict }}",
    },
    { file: lib("initcontainers"), from: '"volumes" $root.volumes', to: '"volumes" list' },
    { chart: "stateful", file: lib("initcontainers"), from: "$root.storage | default list", to: "list" },
    { file: lib("initcontainers"), from: "toYaml .resources", to: "toYaml $root.Values.resources" },
  ],
  "the environment reaches the process unchanged": [
    { file: lib("container"), from: '| replace "$" "$$" ', to: "", over: { env: { PRICE: "$$5" } } },
    {
      file: lib("container"),
      from: "value: {{ $value | replace",
      to: "value: {{ $value | trim | replace",
      over: { env: { A: " padded " } },
    },
  ],
  "configuration is an immutable ConfigMap of its own name, byte for byte": [
    { file: lib("configmap"), from: "immutable: true", to: "" },
    { file: lib("configmap"), from: '"Prune=false,', to: '"Prune=true,' },
    { file: lib("configmap"), from: '"IgnoreExtraneous"', to: '"None"' },
    { file: lib("configmap"), from: ",ServerSideApply=true", to: "" },
    { file: lib("configmap"), from: "| trunc 10)", to: "| trunc 0)" },
    { file: lib("metadata"), from: "(quote $value)", to: "(quote (trim $value))" },
  ],
  "files with secrets in them are keys of one Secret, beside the others": [
    { file: lib("volumes"), from: "path: {{ . | quote }}", to: 'path: "file"' },
    { file: lib("volumes"), from: "{{ .Values.config.rendered.name | quote }}", to: "{{ .Values.name | quote }}" },
    { file: lib("volumes"), from: "{{- if or .Values.config.files .Values.config.rendered }}", to: "{{- if false }}" },
    { file: lib("volumes"), from: "      {{- if .Values.config.files }}", to: "      {{- if false }}" },
  ],
  "secrets are read-only files": [
    {
      file: lib("volumes"),
      from: "mountPath: {{ $secret.mountPath | quote }}\n  readOnly: true",
      to: "mountPath: {{ $secret.mountPath | quote }}",
    },
    {
      file: lib("volumes"),
      from: "secretName: {{ $secret.name | quote }}\n    defaultMode: 288",
      to: "secretName: {{ $secret.name | quote }}\n    defaultMode: 420",
    },
  ],
  "writable folders are bounded": [
    {
      file: lib("volumes"),
      from: "    sizeLimit: {{ .sizeLimit | quote }}",
      to: "    {}",
      over: { volumes: [{ name: "tmp", mountPath: "/tmp", sizeLimit: "1Mi" }] },
    },
  ],
  "pods are placed as told": [
    { file: lib("pod"), from: "{{- with .Values.tolerations }}", to: "{{- with list }}" },
    { file: lib("pod"), from: "{{- with .Values.priorityClassName }}", to: '{{- with "" }}' },
  ],
  "pods spread over zones and hosts": [
    { file: lib("pod"), from: '"rollouts-pod-template-hash"', to: '"pod-template-hash"' },
    { file: lib("pod"), from: '"topology.kubernetes.io/zone"', to: '"zone"' },
  ],
  "selectors hold the name alone": [
    {
      file: lib("metadata"),
      from: "app.kubernetes.io/name: {{ .Values.name | quote }}",
      to: "app.kubernetes.io/name: {{ .Values.name | quote }}\napp.kubernetes.io/version: {{ .Values.version | quote }}",
    },
  ],
  "one owner counts the replicas": [
    { file: "service/templates/deployment.yaml", from: "  replicas: 0\n", to: "" },
    {
      file: "service/templates/deployment.yaml",
      from: "{{- else if not .Values.autoscaling }}",
      to: "{{- else }}",
      over: { rollout: { enabled: false } },
    },
  ],
  "the autoscaler scales who owns the pods": [
    {
      file: "service/templates/horizontalpodautoscaler.yaml",
      from: '"Rollout" "Deployment"',
      to: '"Deployment" "Deployment"',
    },
    {
      file: "service/templates/horizontalpodautoscaler.yaml",
      from: '"memory" .targetMemoryUtilizationPercentage',
      to: "",
    },
  ],
  "a disruption leaves what was asked for": [
    { file: lib("poddisruptionbudget"), from: "AlwaysAllow\n  selector", to: "IfHealthyBudget\n  selector" },
    { file: lib("poddisruptionbudget"), from: 'hasKey . "minAvailable"', to: 'not (hasKey . "maxUnavailable")' },
  ],
  "probes are those of the values": [
    { file: lib("container"), from: '"failureThreshold" ', to: "" },
    {
      chart: "stateful",
      file: lib("container"),
      from: 'include "eco.commandLine" .command',
      to: 'include "eco.stringList" .command',
    },
    { file: lib("container"), from: "{{- if eq .name $name }}", to: '{{- if eq .protocol "http2" }}' },
  ],
  "Services have ports that Istio understands": [
    { file: lib("service"), from: 'printf "%s-%s" .protocol .name', to: ".name" },
    { file: lib("service"), from: "appProtocol: {{ .protocol }}", to: "" },
    { file: lib("service"), from: "{{- if .port }}", to: "{{- if .targetPort }}" },
    { chart: "daemon", file: lib("service"), from: "internalTrafficPolicy: {{ . }}", to: "" },
    { chart: "stateful", file: "stateful/templates/headless.yaml", from: "clusterIP: None", to: 'clusterIP: ""' },
  ],
  "all traffic is closed but the rules, DNS, istiod and the API server": [
    { file: lib("networkpolicy"), from: "    - Egress\n", to: "" },
    {
      file: lib("networkpolicy"),
      from: "serviceAccount.automountServiceAccountToken",
      to: "mesh.enabled",
      over: { serviceAccount: { automountServiceAccountToken: false } },
    },
    {
      file: lib("networkpolicy"),
      from: "        - namespaceSelector:\n            matchLabels:\n              kubernetes.io/metadata.name: kube-system",
      to: "        - namespaceSelector: {}",
    },
  ],
  "a Deployment is replaced as told": [
    { file: "service/templates/deployment.yaml", from: "type: {{ .Values.strategy.type }}", to: "type: RollingUpdate" },
  ],
  "state is kept": [
    {
      chart: "stateful",
      file: "stateful/templates/statefulset.yaml",
      from: "Prune=confirm,Delete=confirm",
      to: "Prune=confirm",
    },
    {
      chart: "stateful",
      file: "stateful/templates/statefulset.yaml",
      from: "whenDeleted: {{ .Values.persistentVolumeClaimRetentionPolicy.whenDeleted }}",
      to: "whenDeleted: Delete",
    },
    {
      chart: "stateful",
      file: "stateful/templates/statefulset.yaml",
      from: 'include "eco.selectorLabels" $ | nindent 10',
      to: 'include "eco.labels" $ | nindent 10',
    },
  ],
  "a daemon is replaced as told": [
    {
      chart: "daemon",
      file: "daemon/templates/daemonset.yaml",
      from: "maxUnavailable: {{ .Values.updateStrategy.maxUnavailable }}",
      to: "maxUnavailable: 1",
    },
  ],
  "a job runs when and as often as told": [
    {
      chart: "job",
      file: "job/templates/job.yaml",
      from: "concurrencyPolicy: {{ .Values.concurrencyPolicy }}",
      to: "concurrencyPolicy: Allow",
    },
    {
      chart: "job",
      file: "job/templates/job.yaml",
      from: '"name" $name)',
      to: '"name" .Values.name)',
      over: { schedule: "" },
    },
    {
      chart: "job",
      file: "job/templates/_job.tpl",
      from: "backoffLimit: {{ .Values.backoffLimit | int64 }}",
      to: "backoffLimit: 6",
    },
  ],
};

let charts: Charts;
mutants.before(() => {
  if (helm) charts = new Charts();
});
mutants.after(() => charts?.remove());

const unbroken = new Map<string, Rendered>();

/** Rendered once for all mutants of the same values. */
function unbrokenOf(chart: string, over: Data = {}): Rendered {
  const key = JSON.stringify([chart, over]);
  if (!unbroken.has(key)) unbroken.set(key, charts.render(chart, coalesce(example(chart, "fullest"), over)));
  return unbroken.get(key)!;
}

for (const name of Object.keys(rules) as (keyof typeof rules)[]) {
  test(name, () => {
    for (const { chart = "service", file, from, to, over = {} } of mutations[name]) {
      const values = coalesce(example(chart, "fullest"), over);
      rules[name](unbrokenOf(chart, over));

      const path = file.startsWith("eco-library/")
        ? join(charts.dependency(chart), "..", file)
        : join(charts.folder, file);
      const original = readFileSync(path, "utf8");
      assert.ok(original.includes(from), `${file} has no ${from}`);
      assert.ok(
        edited(
          path,
          original.replace(from, () => to),
          () => breaks(() => rules[name](charts.render(chart, values))),
        ),
        `not caught: ${file}: ${from} → ${to}`,
      );
    }
  });
}

/** Named templates that decide what a chart refuses: schema.test.ts and hostile.test.ts hold them to that. */
const REFUSES = "_validate.tpl";

test("any template that is emptied is noticed, those of the library by a chart that uses them", () => {
  const templatesIn = (folder: string): string[] =>
    readdirSync(join(folder, "templates"))
      .filter((name) => name !== REFUSES)
      .map((name) => join("templates", name));
  for (const chart of chartNames) {
    unbrokenOf(chart); // while it is
    for (const file of templatesIn(join(charts.folder, chart)))
      assert.ok(
        edited(join(charts.folder, chart, file), "", () => isNoticed(chart)),
        `not noticed: ${chart}/${file}`,
      );
  }
  for (const file of templatesIn(charts.dependency("service"))) {
    assert.ok(
      chartNames.some((chart) => edited(join(charts.dependency(chart), file), "", () => isNoticed(chart))),
      `not noticed: eco-library/${file}`,
    );
  }
});

/** What is seen while a template has another text. */
function edited(file: string, text: string, look: () => boolean): boolean {
  const original = readFileSync(file, "utf8");
  writeFileSync(file, text);
  try {
    return look();
  } finally {
    writeFileSync(file, original);
  }
}

/**
 * Here a refusal is one more way to notice: a named template that is gone. A rule that the whole chart breaks is about
 * another one.
 */
function isNoticed(chart: string): boolean {
  const whole = unbrokenOf(chart);
  let rendered: Rendered;
  try {
    rendered = charts.render(chart, example(chart, "fullest"));
  } catch {
    return true;
  }
  return Object.values(rules).some((rule) => !breaks(() => rule(whole)) && breaks(() => rule(rendered)));
}

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

/**
 * Chart repositories under the addresses and versions that Applications name. Where a Go module has the chart, it is
 * the upstream one, in the version of the module, without what its CRDs describe. The others are in no registry: for these there are charts of the
 * lab's own, stand-ins with the CRDs alone.
 */
import { execFile } from "node:child_process";
import { chmodSync, cpSync, createReadStream, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import glob from "fast-glob";
import { load, loadAll } from "js-yaml";
import { customResourceDefinitions, definitionsAmong, withoutDescriptions } from "../cluster/crds.ts";
import type { Data, KubernetesObject } from "../cluster/client.ts";
import { neededTool } from "../cluster/tools.ts";
import { UPSTREAM } from "../delivery/charts.ts";
import type { Application } from "../delivery/index.ts";
import type { Run } from "../run.ts";
import { moduleFolder } from "../toolchain/index.ts";

interface Chart {
  repository: string;
  name: string;
  version: string;
}

/** Templates by file name, beside the CRDs. */
interface StandIn {
  crds: () => KubernetesObject[];
  templates?: Readonly<Record<string, string>>;
}

/** Argo CD keeps itself to the values that we give its chart; without the chart, this much of it must be there. */
const ARGO_CD_CONFIG = `{{- range $name, $data := dict "argocd-cm" .Values.configs.cm "argocd-rbac-cm" .Values.configs.rbac }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ $name }}
  namespace: {{ $.Release.Namespace }}
  labels: { app.kubernetes.io/name: {{ $name }}, app.kubernetes.io/part-of: argocd }
data:
  {{- range $key, $value := $data }}
  {{ $key }}: {{ toString $value | quote }}
  {{- end }}
---
{{- end }}
apiVersion: v1
kind: Secret
metadata:
  name: argocd-secret
  namespace: {{ .Release.Namespace }}
  labels: { app.kubernetes.io/name: argocd-secret, app.kubernetes.io/part-of: argocd }
type: Opaque
`;

const STAND_INS: Readonly<Record<string, StandIn>> = {
  // The CRDs of the Argo CD that runs here. Nobody writes an ApplicationSet, whose schema repeats all that can generate
  // one: half of the schemas that Argo CD reads with every Application that it applies.
  "argo-cd": {
    crds: () => [
      ...definitionsOf(
        "argo-cd",
        ["application-crd", "appproject-crd"].map((name) => `manifests/crds/${name}.yaml`),
      ),
      ...definitionsOf("argo-cd", ["manifests/crds/applicationset-crd.yaml"]).map(withoutSchema),
    ],
    templates: { "config.yaml": ARGO_CD_CONFIG },
  },
  "argo-rollouts": { crds: () => customResourceDefinitions(["github.com/argoproj/argo-rollouts"]) },
  "kube-prometheus-stack": {
    crds: () => customResourceDefinitions(["github.com/prometheus-operator/prometheus-operator"]),
  },
  flux2: { crds: () => customResourceDefinitions(["github.com/fluxcd/source-controller"]) },
  "tofu-controller": { crds: () => customResourceDefinitions(["github.com/flux-iac/tofu-controller"]) },
};

const definitionsOf = (tool: string, files: readonly string[]): KubernetesObject[] =>
  files.map((file) => withoutDescriptions(load(readFileSync(join(moduleFolder(tool)!, file), "utf8"))));

function withoutSchema(definition: Data): KubernetesObject {
  const openAPIV3Schema = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
  const versions = definition.spec.versions.map((version: Data) => ({ ...version, schema: { openAPIV3Schema } }));
  return { ...definition, spec: { ...definition.spec, versions } } as KubernetesObject;
}

/** Names of the upstream charts that only stand-ins are to be had of. */
export const standInCharts: ReadonlySet<string> = new Set(Object.keys(STAND_INS));

/** Every host that the Applications take charts from, with what it answers. */
export async function chartRepositories(
  run: Run,
  applications: readonly Application[],
): Promise<Map<string, RequestListener>> {
  const charts = unique(
    applications.flatMap(({ sources }) =>
      sources.flatMap(({ chart, repoURL, targetRevision }) =>
        chart ? [{ name: chart, repository: repoURL, version: targetRevision }] : [],
      ),
    ),
  );
  const root = rootOf(run);
  for (const chart of charts) await packChart(run, folderOf(root, chart.repository), chart);
  for (const repository of new Set(charts.map(({ repository }) => repository)))
    await helm("repo", "index", folderOf(root, repository));
  return new Map(
    [...new Set(charts.map(({ repository }) => new URL(repository).host))].map((host) => [
      host,
      serveFiles(join(root, host)),
    ]),
  );
}

/** The file that a chart is served from. */
export const packedChart = (run: Run, { repoURL, chart, targetRevision }: Application["sources"][number]): string =>
  join(folderOf(rootOf(run), repoURL), `${chart}-${targetRevision}.tgz`);

const rootOf = ({ folder }: Run): string => join(folder, "chart-repositories");

const folderOf = (root: string, repository: string): string =>
  join(root, new URL(repository).host, new URL(repository).pathname);

async function packChart(run: Run, destination: string, { name, version }: Chart): Promise<void> {
  mkdirSync(destination, { recursive: true });
  const upstream = UPSTREAM[name];
  const folder = join(run.folder, "charts", name);
  if (upstream) copyChart(join(moduleFolder(upstream.module)!, upstream.folder), folder);
  else writeStandIn(folder, name);
  await helm("package", folder, "--version", version, "--destination", destination);
}

/** As it is, but for the descriptions in its CRDs. */
function copyChart(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
  for (const file of glob.sync(["crds/*.yaml", "files/crd-*.yaml"], { cwd: to, absolute: true })) {
    chmodSync(file, 0o644); // files of a Go module are read-only
    const definitions = definitionsAmong(loadAll(readFileSync(file, "utf8")) as KubernetesObject[]);
    writeFileSync(file, definitions.map((each) => JSON.stringify(withoutDescriptions(each))).join("\n---\n"));
  }
}

function writeStandIn(folder: string, name: string): void {
  const standIn = STAND_INS[name];
  if (!standIn) throw new Error(`the lab has no chart ${name}, and no stand-in for it`);
  const description = `A stand-in of the lab for the chart ${name}, which is in no registry: its CRDs, and none of its programs`;
  const write = (file: string, text: string): void => {
    mkdirSync(join(folder, file, ".."), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  write("Chart.yaml", JSON.stringify({ apiVersion: "v2", name, version: "0.0.0", description }));
  write("values.yaml", "{}\n");
  for (const crd of standIn.crds()) write(`crds/${crd.metadata.name}.json`, JSON.stringify(crd));
  for (const [file, text] of Object.entries(standIn.templates ?? {})) write(`templates/${file}`, text);
}

const helm = async (...args: string[]): Promise<unknown> => promisify(execFile)(neededTool("helm"), args);

const serveFiles =
  (folder: string): RequestListener =>
  ({ url = "/" }, response) => {
    const file = join(folder, new URL(url, "https://charts").pathname); // which has no `..` any more
    if (!existsSync(file)) response.writeHead(404).end();
    else createReadStream(file).pipe(response.writeHead(200));
  };

const unique = (charts: readonly Chart[]): Chart[] => [
  ...new Map(charts.map((chart) => [JSON.stringify(chart), chart])).values(),
];

/**
 * The kinds of a cluster as an earlier Argo CD and Gatekeeper have left them, for a cluster whose Argo CD is installed
 * anew: the CRDs that its charts render, the templates of its policies, and the CRDs that Gatekeeper has made of these.
 * Argo CD reads the schemas of all kinds anew after every event of a CRD, so nobody may find anything to change.
 */
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { referenceTo, type Client, type Data, type KubernetesObject } from "../../cluster/client.ts";
import { definitionsAmong, served } from "../../cluster/crds.ts";
import { startCluster } from "../../cluster/index.ts";
import { applyAsArgoCd, prepared } from "../../cluster/prepared.ts";
import { neededTool } from "../../cluster/tools.ts";
import { packedChart } from "../../components/chart-repositories.ts";
import { ChartRenderer, contentOf, KUBERNETES, type Application } from "../../delivery/index.ts";
import type { Run } from "../../run.ts";
import { placeOf } from "../../toolchain/cache.ts";
import { runGatekeeperAudit } from "./programs.ts";

/** etcd's data of that cluster. `run` has the charts, packed as Argo CD will get them. */
export function kindsLeftBehind(run: Run, applications: readonly Application[]): Promise<string> {
  const charts = new ChartRenderer(KUBERNETES, (source) => packedChart(run, source));
  const objects = applications
    .filter(({ name }) => name.startsWith("platform-"))
    .flatMap((application) => contentOf(application, charts).objects.map(({ object }) => object));
  const definitions = definitionsAmong(objects);
  const templates = objects.filter(({ kind }) => kind === "ConstraintTemplate");
  const gatekeeper = objects.find(({ kind, metadata }) => kind === "Deployment" && metadata.name === GATEKEEPER)!;
  return prepared([placeOf("gatekeeper"), definitions, templates, gatekeeper], () =>
    leave(definitions, templates, gatekeeper),
  );
}

const GATEKEEPER = "gatekeeper-audit";

async function leave(
  definitions: readonly KubernetesObject[],
  templates: readonly KubernetesObject[],
  gatekeeper: KubernetesObject,
): Promise<Run> {
  const lab = await startCluster({ name: "prepare", crds: [], parts: [], webhooks: false });
  const { client, run, kubeconfig } = lab;
  const ground = groundOf(gatekeeper);
  await applyAsArgoCd(client, definitions);
  for (const object of ground) await client.apply(object);

  // As Argo CD applies what its Application does not have applied by the server.
  const file = join(run.folder, "templates.json");
  writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items: templates }));
  const apply = ["apply", "--kubeconfig", kubeconfig, "--field-manager", "argocd-controller", "-f", file];
  await promisify(execFile)(neededTool("kubectl"), apply);
  const audit = await runGatekeeperAudit(lab, gatekeeper);
  for (const template of templates)
    await client.waitFor(referenceTo(template), ({ status }) => status?.created === true, "made into a kind", {
      seconds: 180,
    });
  const kinds = (await client.list(CRD.apiVersion, CRD.kind)).filter(
    ({ spec }) => spec.group === "constraints.gatekeeper.sh",
  );
  await served(client, kinds as KubernetesObject[]);
  await audit.stop();

  await removeAllOf(client, "status.gatekeeper.sh/v1beta1", "ConstraintTemplatePodStatus");
  await removeAllOf(client, "v1", "Pod");
  for (const object of [...ground].reverse()) await client.remove(referenceTo(object));
  await finalize(client, gatekeeper.metadata.namespace!);
  await lab.stop();
  return run;
}

const CRD = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" } as const;

const namespaceNamed = (name: string): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name },
});

/** What it cannot run without; its own rights come with its chart. */
function groundOf({ metadata: { namespace }, spec }: Data): KubernetesObject[] {
  const name: string = spec.template.spec.serviceAccountName;
  return [
    namespaceNamed(namespace),
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace } },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
      subjects: [{ kind: "ServiceAccount", namespace, name }],
    },
  ];
}

async function removeAllOf(client: Client, apiVersion: string, kind: string): Promise<void> {
  for (const object of await client.list(apiVersion, kind)) await client.remove(referenceTo(object));
}

/** What the namespace controller does once a namespace is empty; it does not run here. */
async function finalize(client: Client, name: string): Promise<void> {
  const path = `/api/v1/namespaces/${name}/finalize`;
  await client.request("PUT", path, { ...namespaceNamed(name), spec: { finalizers: [] } });
}

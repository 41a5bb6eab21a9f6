/**
 * Pods as the mesh makes them: `istioctl kube-inject` with what the istiod chart renders from our values, where the lab
 * has no istiod to ask. https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#manual-sidecar-injection
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Refused, type Client, type Data, type KubernetesObject } from "../../cluster/client.ts";
import { neededTool } from "../../cluster/tools.ts";
import { objectsOf } from "../../delivery/applications.ts";
import type { Delivered, Sync } from "../../delivery/index.ts";
import { temporaryFolder } from "../../../test/support/tree.ts";
import type { Finding } from "./judge.ts";

const TEMPLATED = new Set(["CronJob", "DaemonSet", "Deployment", "Job", "StatefulSet"]);

/** Everything with a pod template in a namespace that the mesh injects, unless it says no itself. */
export function meshed(syncs: readonly Sync[]): Delivered[] {
  const all = syncs.flatMap(({ objects }) => objects);
  const namespaces = new Set(
    all
      .filter(({ object }) => object.kind === "Namespace" && labelsOf(object)["istio-injection"] === "enabled")
      .map(({ object }) => object.metadata.name),
  );
  return all.filter(
    ({ object, namespace }) =>
      TEMPLATED.has(object.kind) &&
      namespaces.has(object.metadata.namespace ?? namespace) &&
      labelsOf(templateOf(object))["sidecar.istio.io/inject"] !== "false",
  );
}

const labelsOf = ({ metadata }: Data): Data => metadata?.labels ?? {};
const templateOf = ({ kind, spec }: Data): Data =>
  kind === "CronJob" ? spec.jobTemplate.spec.template : spec.template;

/** What istiod would inject by: two ConfigMaps of its chart. */
export interface Injection {
  injectConfigFile: string;
  valuesFile: string;
  meshConfigFile: string;
}

export function injectionOf(syncs: readonly Sync[]): Injection {
  const configMap = (name: string): Data =>
    syncs
      .flatMap(({ objects }) => objects)
      .find(({ object }) => object.kind === "ConfigMap" && object.metadata.name === name)!.object["data"];
  const { config, values } = configMap("istio-sidecar-injector");
  return { injectConfigFile: config, valuesFile: values, meshConfigFile: configMap("istio").mesh };
}

/** For a mutant: the pods set up their network themselves, as without istio-cni. */
export function withoutCni({ valuesFile, ...others }: Injection): Injection {
  const values: Data = JSON.parse(valuesFile);
  values.pilot.cni.enabled = false;
  return { ...others, valuesFile: JSON.stringify(values) };
}

/** The same objects with the sidecar in their templates. */
export function inject(delivered: readonly Delivered[], files: Injection): Delivered[] {
  const folder = temporaryFolder("injection");
  const flags = Object.entries(files).map(([flag, content]) => {
    writeFileSync(join(folder, flag), content);
    return `--${flag}=${join(folder, flag)}`;
  });
  const input = delivered
    .map(({ object, namespace }) => JSON.stringify({ ...object, metadata: { namespace, ...object.metadata } }))
    .join("\n---\n");
  // Without a revision it would ask a cluster for its default one.
  const { status, stdout, stderr } = spawnSync(
    neededTool("istioctl"),
    ["kube-inject", "--revision=default", ...flags, "--filename=-"],
    {
      input,
      encoding: "utf8",
      cwd: folder,
      env: { ...process.env, KUBECONFIG: join(folder, "none") },
      maxBuffer: 64 << 20,
      timeout: 120_000,
    },
  );
  if (status !== 0) throw new Error(`istioctl kube-inject: ${stderr || "no answer within two minutes"}`);
  const injected = objectsOf(stdout);
  if (injected.length !== delivered.length)
    throw new Error(`istioctl kube-inject returned ${injected.length} of ${delivered.length} objects`);
  return delivered.map((each, index) => ({ ...each, object: injected[index]! }));
}

/** Tries to make a pod of an object's template. Pod Security judges pods, and a dry run asks it as well. */
export async function tryPod(client: Client, { object, file, namespace }: Delivered): Promise<Finding[]> {
  const { metadata, spec } = templateOf(object);
  const pod: KubernetesObject = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { ...metadata, name: `${object.metadata.name}-try`, namespace: object.metadata.namespace ?? namespace },
    spec,
  };
  try {
    const { warnings } = await client.create(pod, { dryRun: true });
    return warnings.map((text) => ({ file, text: `pod of ${object.kind} ${object.metadata.name}: warning: ${text}` }));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return [{ file, text: error.message }];
  }
}

/** Containers that the mesh put in: a test must see that there are any. */
export const sidecarsIn = ({ object }: Delivered): string[] => {
  const { containers, initContainers = [] } = templateOf(object).spec;
  return [...containers, ...initContainers]
    .map(({ name }: Data) => name as string)
    .filter((name) => name.startsWith("istio-"));
};

import { seconds } from "../../config/units.ts";
import { SOURCE_ANNOTATION } from "../../facts/names.ts";
import { ownMetrics } from "../../facts/scrapes.ts";
import type { SpreadRule } from "../../topology/pods.ts";
import type { Probe, Workload } from "../../topology/workloads.ts";
import type { Scaling } from "../../topology/scaling.ts";
import { scalingBehavior } from "../../facts/scaling.ts";
import { containerValues, imageValues, resourceValues } from "./containers.ts";
import { unlikeChart } from "./chart-defaults.ts";
import { networkPolicy } from "./network-policy.ts";
import { scheduling } from "./scheduling.ts";

type Values = Record<string, unknown>;

/*
 * One leading spread, everything else written out, and what may be absent assigned at the end: engines keep objects of
 * this many fields as hash tables otherwise, which are slow to make and to print.
 */

/** Values of the `service` chart: a Deployment that a Rollout may refer to. */
export function serviceValues(workload: Workload): Values {
  const { scaling, strategy, ports, kubernetesServices, pods } = workload;
  const services = [kubernetesServices.main, kubernetesServices.next].filter((name) => name !== undefined);
  const values: Values = {
    ...replicatedValues(workload),
    replicas: Math.max(scaling.min, 1), // a number for who has no autoscaler: none of them begins with no pods
    rollout: { enabled: strategy.kind !== "rolling" },
    autoscaling: autoscaling(scaling),
    strategy:
      strategy.kind === "rolling"
        ? { type: "RollingUpdate", maxSurge: strategy.maxSurge, maxUnavailable: strategy.maxUnavailable }
        : { type: "RollingUpdate", maxSurge: "25%", maxUnavailable: 0 },
    services: ports.length === 0 ? [] : services.map((name) => ({ name })),
  };
  return Object.assign(values, unlikeChart({ progressDeadlineSeconds: seconds(pods.progressDeadline!) }));
}

/** A HorizontalPodAutoscaler; with triggers it is KEDA's, which makes it from a ScaledObject. */
function autoscaling({ fixed, min, max, cpu, memory, up, down, triggers }: Scaling): Values {
  if (fixed) return {};
  if (triggers.length > 0) return { external: true };
  const values: Values = { minReplicas: min, maxReplicas: max };
  if (cpu !== undefined) values["targetCPUUtilizationPercentage"] = Math.round(cpu);
  if (memory !== undefined) values["targetMemoryUtilizationPercentage"] = Math.round(memory);
  const behavior = scalingBehavior({ up, down });
  return behavior === undefined ? values : { ...values, behavior };
}

/** Values of the `stateful` chart: a StatefulSet whose volumes outlive its pods. */
export function statefulValues(workload: Workload): Values {
  return {
    ...replicatedValues(workload),
    replicas: workload.scaling.min,
    services: workload.ports.length === 0 ? [] : [{ name: workload.kubernetesServices.main }],
    storage: workload.storage.map(({ name, path, size, storageClass }) => ({
      name,
      mountPath: path,
      size,
      accessModes: ["ReadWriteOnce"],
      ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
    })),
  };
}

/** Values of the `daemon` chart: a DaemonSet, whose Service leads to the pod of the caller's own node. */
export function daemonValues(workload: Workload): Values {
  const { strategy, ports, kubernetesServices } = workload;
  const values: Values = {
    ...servingValues(workload),
    services: ports.length === 0 ? [] : [{ name: kubernetesServices.main }],
  };
  if (strategy.kind === "rolling") {
    const { maxSurge, maxUnavailable } = strategy;
    values["updateStrategy"] = { type: "RollingUpdate", maxSurge, maxUnavailable };
  }
  return values;
}

/** Values of the `job` chart: a CronJob, or a Job for each version. */
export function jobValues(workload: Workload): Values {
  const { timeZone, deadline, retries, overlap, startWithin } = workload.runs!; // every job has them
  const values: Values = {
    ...commonValues(workload),
    schedule: workload.schedule ?? "",
    timeZone,
    activeDeadlineSeconds: seconds(deadline),
    backoffLimit: retries,
    concurrencyPolicy: { skip: "Forbid", replace: "Replace", together: "Allow" }[overlap],
    startingDeadlineSeconds: seconds(startWithin),
  };
  // Of the pod alone: no Service leads to it, so that there is no port of one.
  if (workload.ports.length > 0) values["ports"] = portValues(workload).map(({ port: _, ...own }) => own);
  return values;
}

/** What everything with a number of pods has. */
function replicatedValues(workload: Workload): Values {
  const { zones, nodes } = workload.pods.spread!;
  return servingValues(workload, {
    topologySpread: { zone: UNSATISFIABLE[zones], host: UNSATISFIABLE[nodes] },
    podDisruptionBudget: { maxUnavailable: 1 },
  });
}

/** What becomes of a pod that cannot be where it would be even. */
const UNSATISFIABLE: Record<SpreadRule, string> = { wish: "ScheduleAnyway", must: "DoNotSchedule", off: "" };

/** What everything behind ports has, with what some of it has beside. */
function servingValues(workload: Workload, beside: Values = {}): Values {
  const { drain, minReady } = workload.pods; // all but jobs have a drain
  const values: Values = {
    ...commonValues(workload),
    ports: portValues(workload),
    probes: Object.fromEntries(Object.entries(workload.probes).map(([use, value]) => [use, probe(value)])),
  };
  return Object.assign(
    values,
    beside,
    unlikeChart({
      preStopSleepSeconds: seconds(drain!),
      minReadySeconds: minReady === undefined ? undefined : seconds(minReady),
    }),
  );
}

const portValues = ({ ports }: Workload): Values[] =>
  ports.map(({ name, port, targetPort, protocol }) => ({ name, port, targetPort, protocol }));

function commonValues(workload: Workload): Values {
  const { name, team, kind, labels, image, resources, config, secrets, writable, runAsUser, command, args } = workload;
  const values: Values = {
    name,
    team: team.name,
    partOf: labels["app.kubernetes.io/part-of"],
    component: kind,
    annotations: { [SOURCE_ANNOTATION]: workload.source },
    image: imageValues(image),
    env: config.env,
    ...(Object.keys(config.fields).length === 0 ? {} : { fieldEnv: config.fields }),
    config: configValues(config),
    secrets: secrets.map(({ name, mountPath, keys, names }) => ({
      name,
      mountPath,
      ...(Object.keys(names).length === 0 ? {} : { items: keys.map(({ key, name }) => ({ key, path: name })) }),
    })),
    secretEnv: secretVariables(workload),
    volumes: writable.map(({ path, size }, index) => ({ name: `writable-${index}`, mountPath: path, sizeLimit: size })),
    resources: resourceValues(resources),
    serviceAccount: {
      name: workload.serviceAccount,
      annotations: {},
      automountServiceAccountToken: workload.pods.apiAccess,
    },
    security: { runAsUser, runAsGroup: runAsUser, fsGroup: runAsUser },
    terminationGracePeriodSeconds: Math.ceil(seconds(workload.gracePeriod)),
    mesh: { enabled: workload.meshed },
    networkPolicy: networkPolicy(workload),
  };
  const annotations = podAnnotations(workload);
  if (annotations !== undefined) values["podAnnotations"] = annotations;
  if (workload.containers.length > 0) values["initContainers"] = workload.containers.map(containerValues);
  Object.assign(values, scheduling(workload));
  const { pullSecrets } = workload.pods;
  if (pullSecrets.length > 0) values["imagePullSecrets"] = pullSecrets.map(({ name }) => name);
  if (command !== undefined) values["command"] = [...command];
  if (args !== undefined) values["args"] = [...args];
  return values;
}

/**
 * What the mesh's injector tells the agent of the application's metrics by; nobody else reads these annotations.
 * https://istio.io/latest/docs/ops/integrations/prometheus/#option-1-metrics-merging
 */
function podAnnotations(workload: Workload): Record<string, string> | undefined {
  const metrics = ownMetrics(workload);
  return metrics?.by === "agent"
    ? {
        "prometheus.io/path": metrics.path,
        "prometheus.io/port": String(metrics.port.targetPort),
        "prometheus.io/scrape": "true",
      }
    : undefined;
}

/** Files of configuration; those with secrets in them are a Secret, which appears in the same folder. */
function configValues({ files, mountPath, rendered }: Workload["config"]): Values {
  const secret = rendered.files;
  if (Object.keys(files).length === 0 && secret === undefined) return {};
  return {
    mountPath,
    ...(Object.keys(files).length === 0 ? {} : { files }),
    ...(secret === undefined ? {} : { rendered: { name: secret.name, files: Object.keys(secret.texts) } }),
  };
}

/** Variables that come from Kubernetes Secrets, and the key of each. */
const secretVariables = ({ secrets, config: { keys, rendered } }: Workload): Values =>
  Object.fromEntries([
    ...secrets
      .filter(({ env }) => env)
      .flatMap(({ name: secret, keys }) => keys.map(({ key, name }) => [name, { name: secret, key }])),
    ...Object.entries(keys).map(([variable, { name, key }]) => [variable, { name, key: key! }]),
    ...Object.keys(rendered.env?.texts ?? {}).map((variable) => [
      variable,
      { name: rendered.env!.name, key: variable },
    ]),
  ]);

function probe(given: Probe): Values {
  const { every, timeout, failures, delay } = given;
  return {
    ...handler(given),
    initialDelaySeconds: seconds(delay),
    periodSeconds: seconds(every),
    timeoutSeconds: seconds(timeout),
    failureThreshold: failures,
  };
}

function handler({ kind, port, path, command, headers }: Probe): Values {
  switch (kind) {
    case "http": {
      const httpHeaders = Object.entries(headers).map(([name, value]) => ({ name, value }));
      return { httpGet: { path, port, ...(httpHeaders.length === 0 ? {} : { httpHeaders }) } };
    }
    case "grpc":
      return { grpc: { port } };
    case "tcp":
      return { tcpSocket: { port } };
    case "exec":
      return { exec: { command: [...(command ?? [])] } };
  }
}

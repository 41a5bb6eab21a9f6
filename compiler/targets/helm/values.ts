import { seconds } from "../../config/units.ts";
import { SOURCE_ANNOTATION } from "../../facts/names.ts";
import type { Probe, Workload } from "../../topology/workloads.ts";
import { networkPolicy } from "./network-policy.ts";

type Values = Record<string, unknown>;

/*
 * One leading spread, everything else written out, and what may be absent assigned at the end: engines keep objects of
 * this many fields as hash tables otherwise, which are slow to make and to print.
 */

/** Values of the `service` chart: a Deployment that a Rollout may refer to. */
export function serviceValues(workload: Workload): Values {
  const { scaling, strategy, ports, kubernetesServices } = workload;
  const services = [kubernetesServices.main, kubernetesServices.next].filter((name) => name !== undefined);
  return {
    ...servingValues(workload),
    replicas: scaling.min,
    rollout: { enabled: strategy.kind !== "rolling" },
    autoscaling: scaling.fixed
      ? {}
      : { minReplicas: scaling.min, maxReplicas: scaling.max, targetCPUUtilizationPercentage: Math.round(scaling.cpu) },
    strategy:
      strategy.kind === "rolling"
        ? { type: "RollingUpdate", maxSurge: strategy.maxSurge, maxUnavailable: strategy.maxUnavailable }
        : { type: "RollingUpdate", maxSurge: "25%", maxUnavailable: 0 },
    services: ports.length === 0 ? [] : services.map((name) => ({ name })),
  };
}

/** Values of the `stateful` chart: a StatefulSet whose volumes outlive its pods. */
export function statefulValues(workload: Workload): Values {
  return {
    ...servingValues(workload),
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

/** Values of the `job` chart: a CronJob, or a Job for each version. */
export function jobValues(workload: Workload): Values {
  const { deadline, retries, overlap, startWithin } = workload.runs!; // every job has them
  return {
    ...commonValues(workload),
    schedule: workload.schedule ?? "",
    activeDeadlineSeconds: seconds(deadline),
    backoffLimit: retries,
    concurrencyPolicy: { skip: "Forbid", replace: "Replace", together: "Allow" }[overlap],
    startingDeadlineSeconds: seconds(startWithin),
  };
}

/** What everything behind ports has. */
function servingValues(workload: Workload): Values {
  return {
    ...commonValues(workload),
    ports: workload.ports.map(({ name, port, targetPort, protocol }) => ({ name, port, targetPort, protocol })),
    probes: Object.fromEntries(Object.entries(workload.probes).map(([use, value]) => [use, probe(value)])),
    // Zones are a wish and not a demand: a lost zone must not leave pods unschedulable.
    topologySpread: { zone: "ScheduleAnyway", host: "ScheduleAnyway" },
    podDisruptionBudget: { maxUnavailable: 1 },
  };
}

function commonValues(workload: Workload): Values {
  const { name, team, kind, labels, image, resources, config, secrets, writable, runAsUser, command, args } = workload;
  const { cpu, cpuLimit, memory, ephemeralStorage } = resources;
  const values: Values = {
    name,
    team: team.name,
    partOf: labels["app.kubernetes.io/part-of"],
    component: kind,
    annotations: { [SOURCE_ANNOTATION]: workload.source },
    image: {
      repository: image.repository,
      ...(image.digest === undefined ? {} : { digest: image.digest }),
      ...(image.tag === undefined ? {} : { tag: image.tag }),
      pullPolicy: "IfNotPresent",
    },
    env: config.env,
    ...(Object.keys(config.fields).length === 0 ? {} : { fieldEnv: config.fields }),
    config: Object.keys(config.files).length === 0 ? {} : { mountPath: config.mountPath, files: config.files },
    secrets: secrets.map(({ name, mountPath, keys, names }) => ({
      name,
      mountPath,
      ...(Object.keys(names).length === 0 ? {} : { items: keys.map(({ key, name }) => ({ key, path: name })) }),
    })),
    secretEnv: Object.fromEntries(
      secrets
        .filter(({ env }) => env)
        .flatMap(({ name: secret, keys }) => keys.map(({ key, name }) => [name, { name: secret, key }])),
    ),
    volumes: writable.map(({ path, size }, index) => ({ name: `writable-${index}`, mountPath: path, sizeLimit: size })),
    resources: {
      requests: { cpu, memory, "ephemeral-storage": ephemeralStorage },
      limits: { cpu: cpuLimit, memory, "ephemeral-storage": ephemeralStorage },
    },
    serviceAccount: { name: workload.serviceAccount, annotations: {}, automountServiceAccountToken: false },
    security: { runAsUser, runAsGroup: runAsUser, fsGroup: runAsUser },
    terminationGracePeriodSeconds: Math.ceil(seconds(workload.gracePeriod)),
    mesh: { enabled: workload.meshed },
    networkPolicy: networkPolicy(workload),
  };
  if (command !== undefined) values["command"] = [...command];
  if (args !== undefined) values["args"] = [...args];
  return values;
}

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

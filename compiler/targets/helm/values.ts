import { seconds } from "../../config/units.ts";
import { SOURCE_ANNOTATION } from "../../3-lower/names.ts";
import type { Probe, Workload } from "../../3-lower/topology.ts";
import { networkPolicy } from "./network-policy.ts";

type Values = Record<string, unknown>;

/** Values of the `service` chart: a Deployment that a Rollout may refer to. */
export function serviceValues(workload: Workload): Values {
  const { scaling, strategy, ports } = workload;
  return {
    ...common(workload),
    ...serving(workload),
    replicas: scaling.min,
    rollout: { enabled: strategy.kind !== "rolling" },
    autoscaling: scaling.fixed ? {} : { minReplicas: scaling.min, maxReplicas: scaling.max, targetCPUUtilizationPercentage: Math.round(scaling.cpu) },
    strategy: strategy.kind === "rolling" ? { type: "RollingUpdate", maxSurge: strategy.maxSurge, maxUnavailable: strategy.maxUnavailable } : { type: "RollingUpdate", maxSurge: "25%", maxUnavailable: 0 },
    services: ports.length === 0 ? [] : [workload.kubernetesServices.main, workload.kubernetesServices.next].filter((name) => name !== undefined).map((name) => ({ name })),
  };
}

/** Values of the `stateful` chart: a StatefulSet whose volumes outlive its pods. */
export function statefulValues(workload: Workload): Values {
  return {
    ...common(workload),
    ...serving(workload),
    replicas: workload.scaling.min,
    services: workload.ports.length === 0 ? [] : [{ name: workload.kubernetesServices.main }],
    storage: workload.storage.map(({ name, path, size, storageClass }) => ({ name, mountPath: path, size, accessModes: ["ReadWriteOnce"], ...(storageClass === undefined ? {} : { storageClassName: storageClass }) })),
  };
}

/** Values of the `job` chart: a CronJob, or a Job for each version. */
export function jobValues(workload: Workload): Values {
  return { ...common(workload), schedule: workload.schedule ?? "" };
}

function common(workload: Workload): Values {
  const { name, team, kind, labels, image, resources, config, secrets, writable, runAsUser, meshed } = workload;
  const { cpu, cpuLimit, memory, ephemeralStorage } = resources;
  return {
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
    ...(workload.command === undefined ? {} : { command: [...workload.command] }),
    ...(workload.args === undefined ? {} : { args: [...workload.args] }),
    env: config.env,
    config: Object.keys(config.files).length === 0 ? {} : { mountPath: config.mountPath, files: config.files },
    secrets: secrets.map(({ name, mountPath }) => ({ name, mountPath })),
    secretEnv: Object.fromEntries(
      secrets.filter(({ env }) => env).flatMap(({ name, secret }) => secret.keys.map((key) => [key, { name, key }])),
    ),
    volumes: writable.map(({ path, size }, index) => ({ name: `writable-${index}`, mountPath: path, sizeLimit: size })),
    resources: {
      requests: { cpu, memory, "ephemeral-storage": ephemeralStorage },
      limits: { cpu: cpuLimit, memory, "ephemeral-storage": ephemeralStorage },
    },
    serviceAccount: { name: workload.serviceAccount, annotations: {}, automountServiceAccountToken: false },
    security: { runAsUser, runAsGroup: runAsUser, fsGroup: runAsUser },
    terminationGracePeriodSeconds: Math.ceil(seconds(workload.gracePeriod)),
    mesh: { enabled: meshed },
    networkPolicy: networkPolicy(workload),
  };
}

/** What everything behind ports has. */
function serving({ ports, probes }: Workload): Values {
  return {
    ports: ports.map(({ name, port, targetPort, protocol }) => ({ name, port, targetPort, protocol })),
    probes: Object.fromEntries(Object.entries(probes).map(([use, value]) => [use, probe(value)])),
    // Zones are a wish and not a demand: a lost zone must not leave pods unschedulable.
    topologySpread: { zone: "ScheduleAnyway", host: "ScheduleAnyway" },
    podDisruptionBudget: { maxUnavailable: 1 },
  };
}

function probe({ kind, port, path, command, headers, every, timeout, failures, delay }: Probe): Values {
  const httpHeaders = Object.entries(headers).map(([name, value]) => ({ name, value }));
  const how = {
    http: () => ({ httpGet: { path: path ?? "/", port, ...(httpHeaders.length === 0 ? {} : { httpHeaders }) } }),
    grpc: () => ({ grpc: { port } }),
    tcp: () => ({ tcpSocket: { port } }),
    exec: () => ({ exec: { command: [...(command ?? [])] } }),
  }[kind]();
  return {
    ...how,
    initialDelaySeconds: Math.ceil(seconds(delay)),
    periodSeconds: Math.max(1, Math.ceil(seconds(every))),
    timeoutSeconds: Math.max(1, Math.ceil(seconds(timeout))),
    failureThreshold: failures,
  };
}

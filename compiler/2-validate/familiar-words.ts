import type { PathSegment } from "../diagnostics/config-path.ts";
import { fieldOf } from "./field-tree.ts";

const PROBE = {
  exec: ["kind", "command"],
  failureThreshold: ["failures"],
  grpc: ["kind", "port"],
  httpGet: ["kind", "path", "port"],
  initialDelaySeconds: ["delay"],
  periodSeconds: ["every"],
  tcpSocket: ["kind", "port"],
  timeoutSeconds: ["timeout"],
};

/**
 * Keys that people know from Kubernetes, Helm charts and Compose, and the fields that say the same here, relative to the
 * object that the key was written in.
 */
export const FAMILIAR_WORDS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "services.*": {
    activeDeadlineSeconds: ["runs.deadline"],
    affinity: ["pool", "spread"],
    automountServiceAccountToken: ["apiAccess"],
    autoscaling: ["scaling"],
    backoffLimit: ["runs.retries"],
    concurrencyPolicy: ["runs.overlap"],
    containers: ["sidecars"],
    depends_on: ["dependsOn"],
    domains: ["exposure.hosts"],
    entrypoint: ["command"],
    env: ["config.env"],
    envFrom: ["config.env", "secrets"],
    environment: ["config.env"],
    files: ["config.files"],
    healthcheck: ["probes"],
    hosts: ["exposure.hosts"],
    hpa: ["scaling"],
    imagePullSecrets: ["pullSecrets"],
    ingress: ["exposure"],
    initContainers: ["init"],
    lifecycle: ["drain"],
    livenessProbe: ["probes.liveness"],
    minReadySeconds: ["minReady"],
    namespace: ["team"],
    nodePool: ["pool"],
    nodeSelector: ["pool"],
    persistence: ["storage"],
    podDisruptionBudget: ["scaling"],
    preStop: ["drain"],
    priorityClassName: ["priority"],
    progressDeadlineSeconds: ["progressDeadline"],
    readinessProbe: ["probes.readiness"],
    replicaCount: ["scaling"],
    replicas: ["scaling"],
    securityContext: ["runAsUser", "writable"],
    serviceAccount: ["apiAccess"],
    serviceAccountName: ["apiAccess"],
    startingDeadlineSeconds: ["runs.startWithin"],
    startupProbe: ["probes.startup"],
    strategy: ["rollout"],
    terminationGracePeriodSeconds: ["gracePeriod"],
    timeZone: ["runs.timeZone"],
    tolerations: ["pool"],
    topologySpreadConstraints: ["spread"],
    volumeClaimTemplates: ["storage"],
    volumeMounts: ["storage", "writable", "config.files"],
    volumes: ["storage", "writable", "config.files"],
  },
  "services.*.ports.*": { containerPort: ["targetPort"], servicePort: ["port"] },
  "services.*.probes.liveness": PROBE,
  "services.*.probes.readiness": PROBE,
  "services.*.probes.startup": PROBE,
  "services.*.resources": {
    limits: ["memory", "cpuLimit"],
    requests: ["cpu", "memory"],
    "ephemeral-storage": ["ephemeralStorage"],
  },
  "services.*.scaling": {
    behavior: ["up", "down"],
    maxReplicas: ["max"],
    minReplicas: ["min"],
    metrics: ["cpu", "memory", "triggers"],
    replicas: ["min", "max"],
    targetCPUUtilizationPercentage: ["cpu"],
    targetMemoryUtilizationPercentage: ["memory"],
  },
  "services.*.storage[*]": { mountPath: ["path"], storageClassName: ["storageClass"] },
  "clusters.*.nodePools.*": {
    instanceType: ["machineType"],
    instanceTypes: ["machineType"],
    maxSize: ["max"],
    minSize: ["min"],
    vmSize: ["machineType"],
  },
};
/** The hint at a key of other tools; `path` is the key's. */
export function familiarWord(path: readonly PathSegment[]): string | undefined {
  const object = fieldOf(path.slice(0, -1)).replace(/^(services\.\*)\.(?:in|on)\.\*/, "$1");
  const words = FAMILIAR_WORDS[object];
  const key = String(path.at(-1));
  const said = words !== undefined && Object.hasOwn(words, key) ? words[key] : undefined;
  return said && `here that is said by ${said.map((word) => `\`${word}\``).join(" and ")}`;
}

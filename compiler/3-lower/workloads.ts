import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Images } from "../2-validate/validated.ts";
import type { Overridable, Probe as ConfigProbe, Service as ConfigService } from "../config/model/services.ts";
import { cores, fraction, type Cpu } from "../config/units.ts";
import * as names from "../facts/names.ts";
import { byName } from "./services.ts";
import { percent } from "./strategies.ts";
import { entries, sorted, type TunableReader } from "./resolve.ts";
import type { Cluster } from "../topology/clusters.ts";
import type {
  Dependency,
  KubernetesServices,
  Peer,
  Probe,
  Scaling,
  Workload,
  WorkloadPort,
} from "../topology/workloads.ts";
import type { Environment } from "../topology/environments.ts";
import type { Observability } from "../topology/observability.ts";
import type { Resilience } from "../topology/resilience.ts";
import type { Security } from "../topology/security.ts";
import type { Secret } from "../topology/secrets.ts";
import type { Service } from "../topology/services.ts";
import type { Strategy } from "../topology/rollouts.ts";

interface Context {
  ecosystem: Ecosystem;
  images: Images;
  clusters: readonly Cluster[];
  secrets: readonly Secret[];
  services: readonly Service[];
  resilience: Resilience;
  security: Security;
  observability: Observability;
  tunables: TunableReader;
}

/** Every service on each of its clusters. */
export function lowerWorkloads(context: Context): Workload[] {
  const clusters = byName(context.clusters);
  const services = byName(context.services);
  const secrets = byName(context.secrets);
  const callers = callersByService(context.services);
  const perEnvironment = new Map<string, ReturnType<typeof inEnvironment>>();
  return context.services.flatMap((service) => {
    const config = context.ecosystem.services[service.name]!;
    const shared = sharedPart(service, config, context, secrets);
    return service.clusters.map((name): Workload => {
      const cluster = clusters.get(name)!;
      const key = `${service.name}\0${cluster.environment.name}`;
      const here = perEnvironment.get(key) ?? inEnvironment(shared, config, cluster.environment, context);
      perEnvironment.set(key, here);
      return {
        ...here,
        cluster,
        environment: cluster.environment,
        dependsOn: service.dependsOn.map((dependency): Dependency => {
          const peer = services.get(dependency.service)!;
          return {
            ...dependency,
            ...(peer.clusters.includes(name)
              ? { peer: peerOf(peer, targetPort(context.ecosystem, peer.name, dependency.port)) }
              : {}),
          };
        }),
        calledBy: (callers.get(service.name) ?? [])
          .filter(({ caller }) => caller.clusters.includes(name))
          .map(({ caller, port }) => peerOf(caller, targetPort(context.ecosystem, service.name, port))),
        path: names.workloadPath(name, service.name),
      };
    });
  });
}

/** What is the same wherever the service runs. */
function sharedPart(
  service: Service,
  config: ConfigService,
  { ecosystem, security, observability }: Context,
  secretOf: ReadonlyMap<string, Secret>,
) {
  const { name, source, team, kind, strategy, slos } = service;
  const ports = entries(config.ports, `${source}.ports`).map(({ name, value, source }): WorkloadPort => ({
    name,
    source,
    port: value.port,
    targetPort: value.targetPort ?? value.port,
    protocol: value.protocol ?? "http",
  }));
  const probe = (which: "liveness" | "readiness" | "startup") => {
    const value = config.probes?.[which];
    return value === undefined ? {} : { [which]: lowerProbe(value, `${source}.probes.${which}`) };
  };
  const telemetry = config.telemetry;
  return {
    name,
    source,
    service,
    team,
    namespace: team.namespace,
    kind,
    labels: names.standardLabels(ecosystem.name, name, team.name),
    selector: names.selectorLabels(name),
    command: config.command,
    args: config.args,
    ports,
    probes: { ...probe("liveness"), ...probe("readiness"), ...probe("startup") },
    secrets: (config.secrets ?? []).map(({ secret, mountPath, env }, index) => ({
      source: `${source}.secrets[${index}]`,
      secret: secretOf.get(secret)!,
      name: names.kubernetesSecret(secret),
      mountPath: mountPath ?? `/var/run/secrets/${secret}`,
      env: env ?? false,
    })),
    egress: (config.egress ?? []).map(({ host, port }, index) => ({
      source: `${source}.egress[${index}]`,
      host,
      port: port ?? 443,
    })),
    slos,
    strategy,
    kubernetesServices: kubernetesServices(name, strategy),
    telemetry: {
      source: `${source}.telemetry`,
      ...(telemetry?.metrics === undefined
        ? {}
        : { metrics: { port: telemetry.metrics.port, path: telemetry.metrics.path ?? "/metrics" } }),
      traces: telemetry?.traces === undefined ? observability.traces.sampling : fraction(telemetry.traces),
    },
    exposure: config.exposure && {
      source: `${source}.exposure`,
      hosts: config.exposure.hosts,
      port: config.exposure.port,
      path: config.exposure.path ?? "/",
    },
    writable: (config.writable ?? []).map(({ path, size }, index) => ({
      source: `${source}.writable[${index}]`,
      path,
      size: size ?? ("64Mi" as const),
    })),
    storage: (config.storage ?? []).map(({ name, path, size, storageClass }, index) => ({
      source: `${source}.storage[${index}]`,
      name,
      path,
      size,
      ...(storageClass === undefined ? {} : { storageClass }),
    })),
    schedule: config.schedule,
    runAsUser: config.runAsUser ?? 10_001,
    gracePeriod: config.gracePeriod ?? "30s",
    meshed: security.mesh.enabled && kind === "service",
    pauseSelfHeal: config.pauseSelfHeal ?? false,
    serviceAccount: name,
  } as const;
}

/** The same, with what an override may change. */
function inEnvironment(
  shared: ReturnType<typeof sharedPart>,
  config: ConfigService,
  environment: Environment,
  { images, resilience, tunables }: Context,
) {
  const { name, source, service } = shared;
  const digest = images[name]?.[environment.name];
  const layers: Layer[] = [
    { at: source, values: config },
    ...(config.overrides ?? [])
      .map((values, index) => ({ at: `${source}.overrides[${index}]`, values }))
      .filter(({ values }) => values.environment === environment.name),
  ];
  return {
    ...shared,
    image: {
      source: `${source}.image`,
      repository: service.image,
      // Not the tag beside it: a new one would change files of environments that run something else.
      ...(digest !== undefined ? { digest } : service.tag === undefined ? {} : { tag: service.tag }),
    },
    resources: lowerResources(layers, tunables),
    scaling: lowerScaling(layers, service, environment, tunables),
    config: lowerConfig(name, layers),
    experiments: resilience.enabled && resilience.environments.includes(environment.name) ? service.experiments : [],
  };
}

/** The service itself and, after it, its overrides for one environment: the last one that writes a field wins. */
interface Layer {
  at: string;
  values: Overridable;
}

/** A field of a section, and the path where it is written: the last layer's, or where the service could write it. */
function written<S extends keyof Overridable, F extends keyof NonNullable<Overridable[S]>>(
  layers: readonly Layer[],
  section: S,
  field: F,
) {
  const hit = layers.findLast(
    ({ values }) => (values[section] as NonNullable<Overridable[S]> | undefined)?.[field] !== undefined,
  );
  return {
    value: (hit?.values[section] as NonNullable<Overridable[S]> | undefined)?.[field],
    source: `${(hit ?? layers[0]!).at}.${section}.${String(field)}`,
  };
}

/** Where a section is written: by the last layer that has it. */
const sectionSource = (layers: readonly Layer[], section: keyof Overridable): string =>
  `${(layers.findLast(({ values }) => values[section] !== undefined) ?? layers[0]!).at}.${section}`;

function lowerResources(layers: readonly Layer[], tunables: TunableReader): Workload["resources"] {
  const cpu = written(layers, "resources", "cpu");
  const memory = written(layers, "resources", "memory");
  const request = tunables.read(cpu.value, cpu.source) ?? "100m";
  return {
    source: sectionSource(layers, "resources"),
    cpu: request,
    cpuLimit: written(layers, "resources", "cpuLimit").value ?? (`${Math.round(cores(request) * 2000)}m` as Cpu),
    memory: tunables.read(memory.value, memory.source) ?? "128Mi",
    ephemeralStorage: written(layers, "resources", "ephemeralStorage").value ?? "256Mi",
  };
}

function lowerScaling(
  layers: readonly Layer[],
  { kind }: Service,
  environment: Environment,
  tunables: TunableReader,
): Scaling {
  const fallback = environment.production && kind === "service" ? 2 : 1;
  const lower = written(layers, "scaling", "min");
  const upper = written(layers, "scaling", "max");
  const min = tunables.read(lower.value, lower.source) ?? fallback;
  const max = tunables.read(upper.value, upper.source) ?? fallback;
  // A tuned pair keeps its autoscaler even where both values meet: the next proposal may part them again.
  const tuned = typeof lower.value === "object" || typeof upper.value === "object";
  return {
    source: sectionSource(layers, "scaling"),
    min,
    max,
    fixed: min === max && !tuned,
    cpu: percent(written(layers, "scaling", "cpu").value ?? "70%"),
  };
}

function lowerConfig(service: string, layers: readonly Layer[]): Workload["config"] {
  const merge = (field: "env" | "files") =>
    sorted(Object.assign({}, ...layers.map(({ values }) => values.config?.[field])) as Record<string, string>);
  return {
    source: sectionSource(layers, "config"),
    env: merge("env"),
    files: merge("files"),
    mountPath: written(layers, "config", "mountPath").value ?? `/etc/${service}`,
  };
}

function lowerProbe(probe: ConfigProbe, source: string): Probe {
  const path = probe.path ?? (probe.kind === "http" ? "/" : undefined);
  return {
    source,
    kind: probe.kind,
    ...(probe.port === undefined ? {} : { port: probe.port }),
    ...(path === undefined ? {} : { path }),
    ...(probe.command === undefined ? {} : { command: probe.command }),
    headers: sorted(probe.headers),
    every: probe.every ?? "10s",
    timeout: probe.timeout ?? "2s",
    failures: probe.failures ?? 3,
    delay: probe.delay ?? "0s",
  };
}

/** Canaries and previews have a Service of their own, so that they can be measured and reached alone. */
function kubernetesServices(name: string, strategy: Strategy): KubernetesServices {
  switch (strategy.kind) {
    case "rolling":
      return { main: name };
    case "canary":
    case "shadow":
      return { main: name, next: names.canaryService(name) };
    case "blue-green":
      return { main: name, next: names.previewService(name) };
  }
}

const peerOf = ({ name, team }: Service, port: number): Peer => ({
  name,
  namespace: team.namespace,
  selector: names.selectorLabels(name),
  port,
});

/** The container port behind a Service's port. */
function targetPort(ecosystem: Ecosystem, service: string, port: number): number {
  const target = Object.values(ecosystem.services[service]?.ports ?? {}).find((candidate) => candidate.port === port);
  return target?.targetPort ?? port;
}

function callersByService(services: readonly Service[]): Map<string, { caller: Service; port: number }[]> {
  const callers = new Map<string, { caller: Service; port: number }[]>();
  for (const caller of services) {
    for (const { service, port } of caller.dependsOn) {
      const list = callers.get(service);
      if (list) list.push({ caller, port });
      else callers.set(service, [{ caller, port }]);
    }
  }
  return callers;
}

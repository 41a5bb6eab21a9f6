import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Images } from "../2-validate/validated.ts";
import type {
  Probe as ConfigProbe,
  Resources,
  Runs as ConfigRuns,
  SecretMount,
  ServiceFields,
} from "../config/model/services.ts";
import type { Address, AddressPart, Url } from "../config/model/values.ts";
import { fraction, perSecond } from "../config/units.ts";
import type { PathSegment } from "../diagnostics/config-path.ts";
import { differsOf, layersOf, merged, writtenAt, type Layer } from "../facts/differences.ts";
import { transportOf } from "../facts/ports.ts";
import {
  hostAndPort,
  isOutside,
  portOf,
  secretsIn,
  valuesOf,
  type Call,
  type PlacedValue,
  type PlaceOf,
} from "../facts/values.ts";
import * as names from "../facts/names.ts";
import { pulledFrom } from "../facts/mirrors.ts";
import { imageKey } from "../facts/images.ts";
import { servicesCalled } from "./calls.ts";
import { lowerConfig } from "./config.ts";
import { lowerContainers } from "./containers.ts";
import { callsOf, externalsNamed, externalsOf, placeOutside, type Externals } from "./externals.ts";
import { lowerScaling, scalingOn } from "./scaling.ts";
import { lowerPods } from "./pods.ts";
import type { Secrets } from "./secrets.ts";
import { byName } from "./services.ts";
import type { Strategies } from "./strategies.ts";
import { defaultLimit, entries, sorted, type TunableReader } from "./resolve.ts";
import type { Cluster } from "../topology/clusters.ts";
import type { CallOptions } from "../topology/calls.ts";
import type {
  Alert,
  Caller,
  Dependency,
  Image,
  KubernetesServices,
  Probe,
  Runs,
  Workload,
  WorkloadPort,
} from "../topology/workloads.ts";
import type { Peer } from "../topology/peer.ts";
import type { External } from "../topology/externals.ts";
import type { Experiment, Resilience } from "../topology/resilience.ts";
import type { Observability } from "../topology/observability.ts";
import type { Security } from "../topology/security.ts";
import type { Secret } from "../topology/secrets.ts";
import type { Service } from "../topology/services.ts";
import type { Slo, Strategy } from "../topology/rollouts.ts";
import type { TeamRules } from "../topology/teams.ts";

interface Context {
  ecosystem: Ecosystem;
  images: Images;
  clusters: readonly Cluster[];
  secrets: Secrets;
  externals: Externals;
  services: readonly Service[];
  slos: readonly Slo[];
  strategies: Strategies;
  resilience: Resilience;
  security: Security;
  observability: Observability;
  tunables: TunableReader;
}

/** Every service on each of its clusters. */
export function lowerWorkloads(context: Context): Workload[] {
  const clusters = byName(context.clusters);
  const services = byName(context.services);
  const formOf = formReader(context);
  const placed = context.services.flatMap((service) =>
    service.clusters.map((name): Placed => {
      const cluster = clusters.get(name)!;
      const form = formOf(service, cluster);
      const formOn = (other: string) => formOf(services.get(other)!, cluster);
      return { service, cluster, form, formOn, dependsOn: dependenciesOf(service, form, formOn) };
    }),
  );
  const callersOf = callerReader(placed);
  const watchersOf = watcherReader(placed);
  const released = new Map<string, ReturnType<typeof releasedOn>>();
  return placed.map(({ service, cluster, form, formOn, dependsOn }): Workload => {
    const { name, environment } = cluster;
    const key = `${form.form}\0${environment.name}\0${cluster.registries.form}`;
    /** Another service at one of its ports, where it runs on this cluster. */
    const peerOn = (other: string, port: number): { peer?: Peer } => {
      const peer = services.get(other)!;
      return peer.clusters.includes(name) ? { peer: peerOf(peer, targetPorts(formOn(other), port)) } : {};
    };
    const here = released.get(key) ?? releasedOn(form, cluster, context);
    released.set(key, here);
    return {
      ...here,
      cluster,
      environment,
      config: form.config(placesOf(form, formOn)),
      scaling: scalingOn(form.scaling, environment.production && form.kind === "service" ? 2 : 1, (to) => ({
        address: hostAndPort(placesOf(form, formOn)(to)),
        ...(isOutside(to) ? {} : { service: to.service, ...peerOn(to.service, calledPort(to, formOn).port) }),
      })),
      dependsOn: dependsOn.map((dependency): Dependency => ({
        ...dependency,
        ...peerOn(dependency.service, dependency.port),
      })),
      watchedBy: watchersOf(service, cluster).map((port) => ({
        ...names.KEDA_OPERATOR,
        ports: targetPorts(form, port),
      })),
      calledBy: callersOf(service, cluster).map(({ caller, port, call }): Caller => ({
        ...peerOf(caller, targetPorts(form, port)),
        ...(call === undefined ? {} : { call: { ...call, port } }),
      })),
      path: names.workloadPath(name, service.name),
    };
  });
}

/** A service on one of its clusters. */
interface Placed {
  service: Service;
  cluster: Cluster;
  form: Form;
  /** The form that another service has there. */
  formOn: (service: string) => Form;
  dependsOn: Form["dependsOn"];
}

type Form = ReturnType<typeof lowerForm>;
type FormOf = (service: Service, cluster: Cluster) => Form;

/** The form that a service has on a cluster; one for all clusters between which nothing differs. */
function formReader(context: Context): FormOf {
  const forms = new Map<string, Form>();
  const found = new Map<string, Form>();
  const named = { slos: byName(context.slos), experiments: byName(context.resilience.experiments) };
  const find: FormOf = (service, { name, environment }) => {
    const layers = layersOf(context.ecosystem.services[service.name]!, service.source, environment.name, name);
    const config = merged<ServiceFields>(layers);
    const values = valuesOf(config);
    const secrets = new Map(
      secretsOf(config, values).map((secret) => [secret, context.secrets.on(secret, environment.name, name)]),
    );
    const calls = callsOf(values);
    const externals = new Map(
      externalsNamed(config, calls).map((external) => [
        external,
        context.externals.on(external, environment.name, name),
      ]),
    );
    const rules = service.team.on[name]!;
    const differs = [
      ...[...secrets.values(), ...externals.values()].flatMap(({ differs }) => differs),
      ...(config.priority === undefined && rules.priority !== "normal" ? [rules.written.priority!] : []),
    ];
    const key = [...layers.map(({ at }) => at), ...differs].join(" ");
    let form = forms.get(key);
    if (form === undefined) {
      form = lowerForm(service, config, { form: key, layers, rules, secrets, externals, calls, ...named }, context);
      forms.set(key, form);
    }
    return form;
  };
  return (service, cluster) => {
    const place = `${cluster.name}\0${service.name}`;
    let form = found.get(place);
    if (form === undefined) found.set(place, (form = find(service, cluster)));
    return form;
  };
}

/** The secrets that a service reads, or that are read for it. */
const secretsOf = (
  { secrets = [], pullSecrets = [], scaling }: ServiceFields,
  values: readonly PlacedValue[],
): string[] => [
  ...pullSecrets,
  ...secrets.map(({ secret }) => secret),
  ...values.flatMap(({ value }) => secretsIn(value).map(({ key }) => key.secret)),
  ...Object.values(scaling?.triggers ?? {}).flatMap((trigger) =>
    "login" in trigger && trigger.login !== undefined
      ? [trigger.login.username.secret, trigger.login.password.secret]
      : [],
  ),
];

/** Who calls a service on a cluster, and at which port. */
function callerReader(placed: readonly Placed[]) {
  const callers = new Map<string, { caller: Service; port: number; call: CallOptions | undefined }[]>();
  for (const { service: caller, cluster, dependsOn } of placed) {
    for (const { service, port, call } of dependsOn) {
      const key = `${cluster.name}\0${service}`;
      const list = callers.get(key);
      if (list) list.push({ caller, port, call });
      else callers.set(key, [{ caller, port, call }]);
    }
  }
  return (service: Service, { name }: Cluster) => callers.get(`${name}\0${service.name}`) ?? [];
}

/** The ports of a service on a cluster at which autoscalers of others look at its queues. */
function watcherReader(placed: readonly Placed[]) {
  const watched = new Map<string, Set<number>>();
  for (const { cluster, form, formOn } of placed)
    for (const trigger of form.scaling.triggers)
      for (const { written } of "brokers" in trigger ? trigger.brokers : [])
        if (typeof written !== "string" && !isOutside(written)) {
          const key = `${cluster.name}\0${written.service}`;
          watched.set(key, (watched.get(key) ?? new Set()).add(calledPort(written, formOn).port));
        }
  return (service: Service, { name }: Cluster): number[] => [...(watched.get(`${name}\0${service.name}`) ?? [])];
}

/**
 * What a service says that it calls on a cluster, and what its configuration has the address of. Its own it tells to
 * others, as a broker does, and perhaps reaches its other pods by it: it may, but rests on nobody by that.
 */
function dependenciesOf(
  { name }: Pick<Service, "name">,
  { dependsOn, calls }: Form,
  formOn: (service: string) => Form,
): Form["dependsOn"] {
  if (calls.length === 0) return dependsOn;
  const all = new Map(dependsOn.map((dependency) => [`${dependency.service} ${dependency.port}`, dependency]));
  for (const { source, to } of calls) {
    if (isOutside(to)) continue;
    const { port } = calledPort(to, formOn);
    const key = `${to.service} ${port}`;
    if (!all.has(key)) all.set(key, { source, service: to.service, port, critical: to.service !== name });
  }
  return [...all.values()];
}

/** Validate has seen that there is one. */
const calledPort = (to: Address | AddressPart | Url, formOn: (service: string) => Form): WorkloadPort =>
  portOf(new Map(formOn(to.service).ports.map((port) => [port.name, port])), to)!;

/** Host and port of what a form names, as pods of every namespace on its cluster reach it, and the scheme of a URL. */
const placesOf =
  ({ externals }: Pick<Form, "externals">, formOn: (service: string) => Form): PlaceOf =>
  (to) =>
    isOutside(to)
      ? placeOutside(externals.find(({ external }) => external.name === to.external)!.external)
      : {
          scheme: "http",
          host: `${to.service}.${formOn(to.service).namespace}`,
          port: calledPort(to, formOn).port,
        };

/** What a form is made from beside its fields. */
interface Resolving {
  form: string;
  layers: readonly Layer[];
  /** What holds for its team. */
  rules: TeamRules;
  secrets: ReadonlyMap<string, Secret>;
  externals: ReadonlyMap<string, External>;
  /** What it has the addresses of, by the path in the service. */
  calls: readonly Call[];
  slos: ReadonlyMap<string, Slo>;
  experiments: ReadonlyMap<string, Experiment>;
}

/** What a service's layers say together, wherever they are the same. */
function lowerForm(
  service: Service,
  config: ServiceFields,
  { form, layers, rules, secrets, externals, calls: named, slos, experiments }: Resolving,
  { ecosystem, security, observability, strategies, tunables }: Context,
) {
  const { name, source, team, kind } = service;
  const { gracePeriod = "30s" } = config;
  const at = (...path: PathSegment[]) => writtenAt(layers, path);
  const strategy = strategies.of({ name, kind }, config.rollout, at("rollout"));
  const ports = entries(config.ports, "").map(({ name, value }): WorkloadPort => ({
    name,
    source: at("ports", name),
    port: value.port,
    targetPort: value.targetPort ?? value.port,
    protocol: value.protocol ?? "http",
  }));
  const probe = (which: "liveness" | "readiness" | "startup") => {
    const value = config.probes?.[which];
    return value === undefined ? {} : { [which]: lowerProbe(value, at("probes", which)) };
  };
  const probes = { ...probe("liveness"), ...probe("readiness"), ...probe("startup") };
  const telemetry = config.telemetry;
  const calls = named.map(({ to, path }) => ({ source: at(...path), to }));
  return {
    name,
    source,
    form,
    differs: differsOf(layers),
    service,
    team,
    namespace: team.namespace,
    kind,
    labels: names.standardLabels(ecosystem.name, name, team.name),
    selector: names.selectorLabels(name),
    command: config.command,
    args: config.args,
    ports,
    probes,
    secrets: (config.secrets ?? []).map((mount, index) =>
      lowerMount(mount, secrets.get(mount.secret)!, at("secrets", index)),
    ),
    egress: (config.egress ?? []).map(({ host, port }, index) => ({
      source: at("egress", index),
      host,
      port: port ?? 443,
    })),
    dependsOn: servicesCalled(config, (index) => at("dependsOn", index)),
    externals: externalsOf(config, calls, externals, (index) => at("dependsOn", index)),
    calls,
    slos: (config.slos ?? []).map((name) => slos.get(name)!),
    chaos: (config.chaos ?? []).map((name, index) => ({
      source: at("chaos", index),
      experiment: experiments.get(name)!,
    })),
    ...(config.traffic === undefined ? {} : { traffic: perSecond(tunables.read(config.traffic, at("traffic"))) }),
    strategy,
    containers: lowerContainers(config, at),
    image: { source: at("image"), upstream: config.image },
    tag: config.tag,
    resources: lowerResources(config.resources, at, tunables),
    scaling: lowerScaling(config.scaling, (...path) => at("scaling", ...path), { secrets, tunables }),
    config: lowerConfig(name, config.config, (...path) => at("config", ...path), secrets),
    kubernetesServices: kubernetesServices(name, strategy),
    telemetry: {
      source: at("telemetry"),
      ...(telemetry?.metrics === undefined
        ? {}
        : { metrics: { port: telemetry.metrics.port, path: telemetry.metrics.path ?? "/metrics" } }),
      traces: telemetry?.traces === undefined ? observability.traces.sampling : fraction(telemetry.traces),
    },
    alerts: entries(config.alerts, "").map(({ name, value }): Alert => ({
      source: at("alerts", name),
      name,
      when: value.when,
      for: value.for ?? "5m",
      severity: value.severity,
      summary: value.summary,
      ...(value.runbook === undefined ? {} : { runbook: value.runbook }),
    })),
    exposure: config.exposure && {
      source: at("exposure"),
      hosts: config.exposure.hosts,
      port: config.exposure.port,
      path: config.exposure.path ?? "/",
    },
    writable: (config.writable ?? []).map(({ path, size }, index) => ({
      source: at("writable", index),
      path,
      size: size ?? ("64Mi" as const),
    })),
    storage: (config.storage ?? []).map(({ name, path, size, storageClass }, index) => ({
      source: at("storage", index),
      name,
      path,
      size,
      ...(storageClass === undefined ? {} : { storageClass }),
    })),
    schedule: config.schedule,
    ...(kind === "job" || config.runs !== undefined ? { runs: lowerRuns(config.runs, at("runs")) } : {}),
    runAsUser: config.runAsUser ?? 10_001,
    gracePeriod,
    pods: lowerPods({ kind, gracePeriod, probes, strategy, rules }, config, at, secrets),
    meshed: security.mesh.enabled && (kind === "service" || kind === "daemon"),
    pauseSelfHeal: config.pauseSelfHeal ?? false,
    serviceAccount: name,
  } as const;
}

/** What the environment decides: which version runs, and which experiments; and where the cluster pulls images from. */
function releasedOn(
  { tag, image, containers, calls: _, scaling: __, ...form }: Form,
  { environment, registries }: Cluster,
  { images, resilience }: Context,
) {
  const of = (image: Omit<Image, "repository">, key: string, tag?: string): Image => {
    const repository = pulledFrom(image.upstream, registries);
    const digest = images[key]?.[environment.name];
    // Not the tag beside a digest: a new one would change files of environments that run something else.
    return { ...image, repository, ...(digest !== undefined ? { digest } : tag === undefined ? {} : { tag }) };
  };
  const own = of(image, form.name, tag);
  const isReleased = resilience.enabled && resilience.environments.includes(environment.name);
  return {
    ...form,
    image: own,
    containers: containers.map(({ upstream, tag, ...container }) => ({
      ...container,
      image: container.pinned
        ? of({ source: `${container.source}.image`, upstream }, imageKey(form.name, container.name), tag)
        : own,
    })),
    experiments: isReleased ? form.chaos.map(({ experiment }) => experiment) : [],
  };
}

function lowerResources(
  resources: Resources | undefined,
  at: (...path: PathSegment[]) => string,
  tunables: TunableReader,
): Workload["resources"] {
  const cpu = tunables.read(resources?.cpu, at("resources", "cpu")) ?? "100m";
  return {
    source: at("resources"),
    cpu,
    cpuLimit: resources?.cpuLimit ?? defaultLimit(cpu),
    memory: tunables.read(resources?.memory, at("resources", "memory")) ?? "128Mi",
    ephemeralStorage: resources?.ephemeralStorage ?? "256Mi",
    recommend: resources?.recommend ?? false,
  };
}

const lowerMount = (
  { mountPath, env, keys = {} }: SecretMount,
  secret: Secret,
  source: string,
): Workload["secrets"][number] => ({
  source,
  secret,
  name: names.kubernetesSecret(secret.name),
  mountPath: mountPath ?? `/var/run/secrets/${secret.name}`,
  env: env ?? false,
  keys: secret.keys.map((key) => ({ key, name: Object.hasOwn(keys, key) ? keys[key]! : key })),
  names: keys,
});

const lowerRuns = (runs: ConfigRuns = {}, source: string): Runs => ({
  source,
  timeZone: runs.timeZone ?? "UTC",
  deadline: runs.deadline ?? "1h",
  retries: runs.retries ?? 3,
  overlap: runs.overlap ?? "skip",
  startWithin: runs.startWithin ?? "10m",
  written: {
    timeZone: runs.timeZone !== undefined,
    overlap: runs.overlap !== undefined,
    startWithin: runs.startWithin !== undefined,
  },
});

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

const peerOf = ({ name, team }: Service, ports: Peer["ports"]): Peer => ({
  name,
  namespace: team.namespace,
  selector: names.selectorLabels(name),
  ports,
});

/** The container ports behind a number of a Service. That there is one, a check says. */
function targetPorts({ ports }: Form, number: number): Peer["ports"] {
  const behind = ports.filter(({ port }) => port === number);
  return behind.length === 0
    ? [{ port: number, transport: "TCP" }]
    : behind.map((port) => ({ port: port.targetPort, transport: transportOf(port) }));
}

/** Which connections must be there, by what the charts and the compiled objects say of themselves. */
import type { Data } from "../../cluster/client.ts";
import { matches, type Connection, type End, type Host, type Port } from "./admits.ts";
import { isMeshed, type Placed, type Pod, type Service, type World } from "./world.ts";

export interface Need extends Connection {
  why: string;
}

/** At an address of the cloud's network, which no selector knows; where webhooks are called from. */
export const API_SERVER: Host = { address: "10.0.0.2" };
const KUBELET: Host = { address: "10.0.1.7" };
export const INTERNET: Host = { address: "203.0.113.10" };

const tcp = (port: number): Omit<Port, "name"> => ({ port, protocol: "TCP" });

/** All of them. */
export const needsOf = (world: World): Need[] => [
  ...webhooks(world),
  ...rights(world),
  ...monitors(world),
  ...metrics(world),
  ...names(world),
  ...sidecars(world),
  ...known(world),
  ...sources(world),
];

const objects = ({ objects }: World, ...kinds: string[]): Placed[] =>
  objects.filter(({ object }) => kinds.includes(object.kind));
const podsBehind = ({ pods }: World, { namespace, selector }: Pick<Service, "namespace" | "selector">): Pod[] =>
  pods.filter((pod) => pod.namespace === namespace && matches({ matchLabels: selector }, pod.labels));

/** The pods that a port of a Service leads to; a Service that leads nowhere is a fault of whoever calls it. */
function behind(world: World, service: Service, port: number | string, why: string): Omit<Need, "from">[] {
  const entry = service.ports.find(({ port: number, name }) => number === port || name === port);
  if (entry === undefined) throw new Error(`${why}: ${service.namespace}/${service.name} has no port ${port}`);
  const pods = podsBehind(world, service);
  if (pods.length === 0) throw new Error(`${why}: no pod is behind ${service.namespace}/${service.name}`);
  return pods.flatMap((to) =>
    numbersOf(to, entry.targetPort).map((number) => ({ to, port: { port: number, protocol: entry.protocol }, why })),
  );
}

function numbersOf(pod: Pod, target: number | string): number[] {
  if (typeof target === "number") return [target];
  return [...new Set(pod.ports.filter(({ name }) => name === target).map(({ port }) => port))];
}

/** The API server calls webhooks, conversions and aggregated APIs. */
function webhooks(world: World): Need[] {
  const called = world.objects.flatMap(({ object }): Data[] => {
    switch (object.kind) {
      case "MutatingWebhookConfiguration":
      case "ValidatingWebhookConfiguration":
        return object.webhooks.map(({ clientConfig }: Data) => clientConfig.service);
      case "CustomResourceDefinition":
        return [object.spec.conversion?.webhook?.clientConfig.service];
      case "APIService":
        return [object.spec.service];
      default:
        return [];
    }
  });
  const distinct = [
    ...new Map(called.filter(Boolean).map((each) => [`${each.namespace}/${each.name}`, each])).values(),
  ];
  return distinct.flatMap(({ namespace, name, port = 443 }) => {
    const service = world.services.find((each) => each.namespace === namespace && each.name === name);
    if (service === undefined) throw new Error(`a webhook calls ${namespace}/${name}, which is nowhere`);
    return behind(world, service, port, "webhook").map((need) => ({ ...need, from: API_SERVER }));
  });
}

/** Whose service account has rights in the cluster asks the API server. */
function rights(world: World): Need[] {
  const subjects = new Set(
    objects(world, "RoleBinding", "ClusterRoleBinding").flatMap(({ object, namespace }) =>
      (object.subjects ?? []).map((subject: Data) => `${subject.namespace ?? namespace}/${subject.name}`),
    ),
  );
  return world.pods
    .filter(({ namespace, serviceAccount }) => subjects.has(`${namespace}/${serviceAccount}`))
    .map((from) => ({ from, to: API_SERVER, port: tcp(443), why: `rights of ${from.serviceAccount}` }));
}

export const prometheus = ({ pods }: World): Pod[] =>
  pods.filter(({ labels }) => labels["app.kubernetes.io/managed-by"] === "prometheus-operator");

/** Ports of what runs beside the pods' network, where a monitor selects a Service that Kubernetes or the operator makes. */
const OUTSIDE: Readonly<Record<string, Need["to"] & { port: number }>> = {
  "https-metrics": { ...KUBELET, port: 10_250 }, // https://kubernetes.io/docs/reference/networking/ports-and-protocols/
  https: { ...API_SERVER, port: 443 },
};

/** Prometheus takes in what monitors select. */
function monitors(world: World): Need[] {
  const scraped = world.objects.flatMap(({ object, namespace }): Omit<Need, "from">[] => {
    if (object.kind === "ServiceMonitor") return serviceEndpoints(world, object, namespace);
    if (object.kind === "PodMonitor") return podEndpoints(world, object, namespace);
    return [];
  });
  return prometheus(world).flatMap((from) => scraped.map((need) => ({ ...need, from })));
}

const isChosen = ({ spec }: Data, own: string, namespace: string): boolean =>
  spec.namespaceSelector?.any === true || (spec.namespaceSelector?.matchNames ?? [own]).includes(namespace);

function serviceEndpoints(world: World, monitor: Data, own: string): Omit<Need, "from">[] {
  const why = `ServiceMonitor ${monitor.metadata.name}`;
  const services = world.services.filter(
    ({ namespace, labels }) => isChosen(monitor, own, namespace) && matches(monitor.spec.selector, labels),
  );
  return monitor.spec.endpoints.flatMap(({ port }: Data): Omit<Need, "from">[] => {
    if (services.length > 0) return services.flatMap((service) => behind(world, service, port, why));
    const outside = OUTSIDE[port];
    if (outside === undefined) throw new Error(`${why} selects nothing`);
    return [{ to: outside, port: tcp(outside.port), why }];
  });
}

/** Where a relabelling replaces the port of the address, that one is asked. */
function podEndpoints(world: World, monitor: Data, own: string): Omit<Need, "from">[] {
  const pods = world.pods.filter(
    ({ namespace, labels }) => isChosen(monitor, own, namespace) && matches(monitor.spec.selector, labels),
  );
  return pods.flatMap((to) =>
    monitor.spec.podMetricsEndpoints.flatMap(({ port, relabelings = [] }: Data) => {
      const replaced = relabelings.find(({ targetLabel }: Data) => targetLabel === "__address__")?.replacement;
      const instead = /:(\d+)$/.exec(replaced ?? "")?.[1];
      return numbersOf(to, port).map((number) => ({
        to,
        port: tcp(instead === undefined ? number : Number(instead)),
        why: `PodMonitor ${monitor.metadata.name}`,
      }));
    }),
  );
}

/** KEDA's `metricsservice` is what its metrics server asks, over gRPC. */
const METRICS = /metrics(?!service)|prom|monitoring/;

/** Ports of the platform's pods that are called after metrics, or annotated as such: whoever adds a monitor finds them. */
function metrics(world: World): Need[] {
  const annotated = ({ annotations }: Pick<Service, "annotations">): number[] =>
    annotations["prometheus.io/port"] === undefined ? [] : [Number(annotations["prometheus.io/port"])];
  return world.pods
    .filter(({ ofPlatform }) => ofPlatform)
    .flatMap((to) => {
      const services = world.services.filter((service) => podsBehind(world, service).includes(to));
      const named = to.ports.filter(({ name = "" }) => METRICS.test(name)).map(({ port }) => port);
      const ports = new Set([...named, ...annotated(to), ...services.flatMap(annotated)]);
      return [...ports].flatMap((port) =>
        prometheus(world).map((from) => ({ from, to, port: tcp(port), why: "metrics" })),
      );
    });
}

/** Whose service account acts on objects of a group, and so on addresses that stand in these. */
const CONTROLLERS: readonly { kinds: readonly string[]; serviceAccount: string }[] = [
  { kinds: ["AnalysisTemplate", "ClusterAnalysisTemplate"], serviceAccount: "argo-rollouts" },
  { kinds: ["Schedule", "Workflow"], serviceAccount: "chaos-controller-manager" },
  { kinds: ["ScaledObject"], serviceAccount: "keda-operator" },
];

/** Addresses of Services in arguments, environments, ConfigMaps and custom resources. */
function names(world: World): Need[] {
  const callers: { from: Pod; text: string }[] = [
    ...world.pods.flatMap((from) => from.texts.map((text) => ({ from, text }))),
    ...CONTROLLERS.flatMap(({ kinds, serviceAccount }) =>
      world.pods
        .filter((pod) => pod.serviceAccount === serviceAccount)
        .flatMap((from) => objects(world, ...kinds).map(({ object }) => ({ from, text: JSON.stringify(object) }))),
    ),
  ];
  return distinct(
    callers.flatMap(({ from, text }) =>
      addressesIn(text, from.namespace).flatMap(({ name, namespace, port }) => {
        const service = world.services.find((each) => each.name === name && each.namespace === namespace);
        if (service === undefined || podsBehind(world, service).includes(from)) return [];
        return behind(world, service, port, `${name}:${port}`).map((need) => ({ ...need, from }));
      }),
    ),
  );
}

const ADDRESS = /(?<![\w.-])([a-z0-9-]+)(?:\.([a-z0-9-]+)(?:\.svc(?:\.cluster\.local)?)?)?\.?:(\d{2,5})(?!\d)/g;

const addressesIn = (text: string, own: string): { name: string; namespace: string; port: number }[] =>
  [...text.matchAll(ADDRESS)].map(([, name, namespace, port]) => ({
    name: name!,
    namespace: namespace ?? own,
    port: Number(port),
  }));

const distinct = (needs: readonly Need[]): Need[] => {
  const ends = new Map<End, number>();
  const idOf = (end: End): number => ends.get(end) ?? (ends.set(end, ends.size), ends.size - 1);
  return [
    ...new Map(
      needs.map((need) => [`${idOf(need.from)} ${idOf(need.to)} ${need.port.port}/${need.port.protocol}`, need]),
    ).values(),
  ];
};

export const SIDECAR = "sidecar";

/** Sidecars get certificates and configuration where the mesh's configuration says. */
function sidecars(world: World): Need[] {
  return objects(world, "ConfigMap").flatMap(({ object, namespace }) => {
    const address = /discoveryAddress: (\S+)/.exec(object.metadata.name === "istio" ? object.data.mesh : "")?.[1];
    return address === undefined
      ? []
      : addressesIn(address, namespace).flatMap(({ name, namespace, port }) => {
          const service = world.services.find((each) => each.name === name && each.namespace === namespace)!;
          return world.pods
            .filter(isMeshed)
            .flatMap((from) => behind(world, service, port, SIDECAR).map((need) => ({ ...need, from })));
        });
  });
}

/** What programs know by themselves, without a word in their charts. */
function known(world: World): Need[] {
  const of = (serviceAccount: string): Pod[] => world.pods.filter((pod) => pod.serviceAccount === serviceAccount);
  const calls = (from: string, to: string, port: number, why: string): Need[] =>
    of(from).flatMap((caller) => of(to).map((called) => ({ from: caller, to: called, port: tcp(port), why })));
  return [
    // `--runner-grpc-port`: https://github.com/flux-iac/tofu-controller/blob/v0.16.5/cmd/manager/main.go
    ...calls("tofu-controller", "tf-runner", 30_000, "runners"),
    // By the address that source-controller advertises, `--storage-adv-addr`.
    ...calls("tofu-controller", "source-controller", 9090, "artifacts"),
    // Chaos Mesh's daemons, at the pods' own addresses.
    ...of("chaos-controller-manager").flatMap((from) =>
      from.environment
        .filter(({ name }) => name === "CHAOS_DAEMON_SERVICE_PORT")
        .flatMap(({ name, value }) =>
          world.pods
            .filter(
              ({ namespace, ports }) =>
                namespace === from.namespace && ports.some(({ port }) => port === Number(value)),
            )
            .map((to) => ({ from, to, port: tcp(Number(value)), why: name })),
        ),
    ),
    // Metrics at its only port: runtime/slo-gate/README.md
    ...prometheus(world).flatMap((from) =>
      of("slo-gate").map((to) => ({ from, to, port: tcp(8080), why: "slo-gate" })),
    ),
    // `flux check --pre` has no rights, and asks for the version of the API server.
    ...of("source-controller-flux-check").map((from) => ({ from, to: API_SERVER, port: tcp(443), why: "flux check" })),
  ];
}

/** Git and charts, where Applications and GitRepositories say they are; providers and clouds, for Terraform. */
function sources(world: World): Need[] {
  const callers = (serviceAccount: string, url: string): Need[] =>
    world.pods
      .filter((pod) => pod.serviceAccount === serviceAccount)
      .map((from) => ({ from, to: INTERNET, port: tcp(url.startsWith("https://") ? 443 : 22), why: url }));
  return distinct([
    ...objects(world, "Application").flatMap(({ object }) =>
      object.spec.sources.flatMap(({ repoURL }: Data) => callers("argocd-repo-server", repoURL)),
    ),
    ...objects(world, "GitRepository").flatMap(({ object }) => callers("source-controller", object.spec.url)),
    ...(objects(world, "Terraform").length === 0 ? [] : callers("tf-runner", "https://registry.terraform.io")),
  ]);
}

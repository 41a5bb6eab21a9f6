import type { KubernetesObject } from "../../../5-emit/artifact.ts";
import type { Ecosystem } from "../../../config/model/ecosystem.ts";
import type { Service } from "../../../config/model/services.ts";
import { topologyOf } from "../../../../test/support/topology.ts";
import target from "../index.ts";

const base = {
  name: "acme",
  repository: { url: "https://git.example/acme.git" },
  management: { cluster: "one" },
  clouds: {
    gcp: {
      project: "acme-project",
      network: { name: "net", cidr: "10.0.0.0/16" },
      regions: { "europe-north1": { subnet: { cidr: "10.0.0.0/20" } } },
    },
  },
  environments: { first: {}, last: { after: "first" } },
  teams: { crew: { contact: "#crew" } },
  clusters: {
    one: {
      cloud: "gcp",
      region: "europe-north1",
      environment: "last",
      nodePools: { main: { machineType: "e2-standard-8", min: 3, max: 6 } },
    },
    two: {
      cloud: "gcp",
      region: "europe-north1",
      environment: "first",
      nodePools: { main: { machineType: "e2-standard-8", min: 3, max: 6 } },
    },
  },
  slos: {
    up: { objective: "99.5%", metric: { kind: "success-rate" } },
    fast: { objective: "97%", metric: { kind: "latency", threshold: "0.5s" } },
    done: {
      objective: "90%",
      metric: {
        kind: "query",
        good: {
          counter: "done_total",
          matchers: { queue: 'a "b"', code: { matches: "2.." }, kind: { unlike: "test" } },
        },
        total: { counter: "all_total" },
      },
    },
  },
  security: { allowedRegistries: ["ghcr.io/acme/"] },
} as const satisfies Partial<Ecosystem>;

/** What the target makes for one service `web` on both clusters, as Argo CD will read it: file → objects. */
export function emitted(
  service: Partial<Service>,
  more: Partial<Ecosystem> = {},
): Map<string, readonly KubernetesObject[]> {
  const web = {
    team: "crew",
    image: "ghcr.io/acme/web",
    placement: "all",
    ports: { http: { port: 80, targetPort: 8080 } },
    slos: ["up", "fast", "done"],
    ...service,
  } satisfies Service;
  const topology = topologyOf({ ...base, ...more, services: { ...more.services, web } });
  return new Map(
    target.emit(topology).map(({ path, body }) => [path, (body as { objects: readonly KubernetesObject[] }).objects]),
  );
}

/** The spec of its object of a kind on cluster `one`; undefined where there is none. */
export function specOf(kind: string, service: Partial<Service>, more?: Partial<Ecosystem>, name?: string): any {
  const objects = [...emitted(service, more)]
    .filter(([path]) => path.startsWith("generated/clusters/one/"))
    .flatMap(([, objects]) => objects);
  return objects.find((object) => object.kind === kind && (name === undefined || object.metadata.name === name))?.[
    "spec"
  ];
}

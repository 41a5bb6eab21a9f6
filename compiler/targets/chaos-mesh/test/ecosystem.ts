import type { Ecosystem } from "../../../config/model/ecosystem.ts";
import type { Experiment as ConfigExperiment } from "../../../config/model/resilience.ts";
import type { Artifact, KubernetesObject } from "../../../5-emit/artifact.ts";
import type { Topology } from "../../../topology/index.ts";
import type { Workload } from "../../../topology/workloads.ts";
import { topologyOf } from "../../../../test/support/topology.ts";
import target from "../index.ts";

/**
 * An ecosystem of three services on a staging and a production cluster; `shop` calls `api`, and `api` takes part in one
 * experiment.
 */
export const ecosystemWith = (
  experiment: ConfigExperiment,
  {
    mesh = true,
    released = ["staging"],
    enabled = true,
  }: { mesh?: boolean; released?: string[]; enabled?: boolean } = {},
): Ecosystem => ({
  name: "eco",
  repository: { url: "https://github.com/Acme/eco.git", revision: "main" },
  management: { cluster: "prod" },
  clouds: {
    aws: {
      account: "111122223333",
      network: { name: "net", cidr: "10.1.0.0/16" },
      regions: { "eu-west-3": { subnet: { cidr: "10.1.0.0/18" } } },
    },
  },
  environments: { staging: {}, production: { after: "staging" } },
  teams: { red: { contact: "#red" }, blue: { contact: "#blue" } },
  clusters: {
    test: {
      cloud: "aws",
      region: "eu-west-3",
      environment: "staging",
      nodePools: { general: { machineType: "m6i.xlarge", min: 3, max: 6 } },
    },
    prod: {
      cloud: "aws",
      region: "eu-west-3",
      environment: "production",
      nodePools: { general: { machineType: "m6i.xlarge", min: 3, max: 6 } },
    },
  },
  slos: {
    good: { objective: "99%", metric: { kind: "success-rate" } },
    quick: { objective: "95%", metric: { kind: "latency", threshold: "300ms" } },
    own: {
      objective: "90%",
      metric: {
        kind: "query",
        good: { counter: "ok" },
        total: { counter: "all" },
      },
    },
  },
  resilience: { enabled, environments: released, experiments: { harm: experiment } },
  security: { mesh: { enabled: mesh }, allowedRegistries: ["ghcr.io/acme/"] },
  services: {
    api: {
      team: "red",
      image: "ghcr.io/acme/api",
      placement: "all",
      ports: {
        http: { port: 80, targetPort: 8080 },
        rpc: { port: 90, targetPort: 9090, protocol: "grpc" },
        raw: { port: 70, protocol: "tcp" },
      },
      dependsOn: [{ service: "store", port: 6379 }],
      slos: ["good", "quick", "own"],
      chaos: ["harm"],
    },
    shop: {
      team: "blue",
      image: "ghcr.io/acme/shop",
      placement: "all",
      ports: { http: { port: 80 } },
      dependsOn: [
        { service: "api", port: 80 },
        { service: "api", port: 90 },
      ],
      slos: ["good"],
    },
    store: {
      team: "blue",
      kind: "stateful",
      image: "ghcr.io/acme/store",
      placement: "all",
      ports: { redis: { port: 6379, protocol: "tcp" } },
    },
  },
});

export const BASE = { schedule: "0 10 * * 2", duration: "5m", abortOn: ["good"] } as const;

export const emitFor = (...from: Parameters<typeof ecosystemWith>): Artifact[] =>
  target.emit(topologyOf(ecosystemWith(...from)), {});

export const objectsOf = (artifacts: readonly Artifact[]): KubernetesObject[] =>
  artifacts.flatMap(({ body }) => (body.kind === "kubernetes" ? body.objects : []));

export const workloadOf = (topology: Topology, name = "api", cluster = "test"): Workload =>
  topology.workloads.find((workload) => workload.name === name && workload.cluster.name === cluster)!;

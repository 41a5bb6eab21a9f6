import type { Forestalled } from "./modules.ts";

const STORE = (storage: string) =>
  `services: { store: { team: "shop", kind: "stateful", image: "ghcr.io/acme/store", placement: "all", storage: [${storage}] } },`;

/** What forestalls each `fail` of a chart, by its words. */
export const FORESTALLED: Readonly<Record<string, readonly Forestalled[]>> = {
  "ports: name is used twice": [{ made: "ports are a record of the config" }],
  "services: name is used twice": [
    { made: "a service's own name and the one composed of it, which names/duplicate-identity compares" },
  ],
  "volumes and storage: name is used twice": [
    {
      refused: STORE(`{ name: "data", path: "/data", size: "1Gi" }, { name: "data", path: "/more", size: "1Gi" }`),
      as: "schema/repeated at services.store.storage[1]",
    },
  ],
  "config, secrets, volumes and storage: mountPath is used twice": [
    {
      refused: STORE(`{ name: "data", path: "/data", size: "1Gi" }, { name: "more", path: "/data", size: "1Gi" }`),
      as: "services/duplicate-mount at services.store.storage[1].path",
    },
  ],
  "env, fieldEnv and secretEnv: name is used twice": [
    {
      refused: `secrets: { "stripe-key": { keys: ["KEY"] } }, services: { api: { config: { env: { KEY: "a" } }, secrets: [{ secret: "stripe-key", env: true }] } },`,
      as: "secrets/same-name at services.api.config.env.KEY",
    },
  ],
  "initContainers: name is used twice": [
    {
      refused: `services: { api: { init: [{ name: "api" }] } },`,
      as: "services/container-name at services.api.init[0].name",
    },
  ],
  "probes: liveness and readiness are identical; an overloaded container would be restarted instead of spared traffic":
    [
      {
        refused: `services: { api: { probes: { readiness: { path: "/live" } } } },`,
        as: "services/same-probes at services.api.probes.liveness",
      },
    ],
  "probes.%s: no entry of ports is named %s": [
    {
      refused: `services: { api: { probes: { readiness: { port: "web" } } } },`,
      as: "services/unknown-port at services.api.probes.readiness.port",
    },
  ],
  "services: a Service needs at least one entry of ports with a port": [
    {
      made: "services are empty without ports, in compiler/targets/helm/values.ts, and each port of the config has one",
    },
  ],
  "preStopSleepSeconds: is above terminationGracePeriodSeconds, which it is part of": [
    { refused: `services: { api: { drain: "40s" } },`, as: "services/drain-above-grace at services.api.drain" },
  ],
  "progressDeadlineSeconds: must be above minReadySeconds": [
    {
      refused: `services: { api: { minReady: "20m", progressDeadline: "10m" } },`,
      as: "services/deadline-below-start at services.api.progressDeadline",
    },
  ],
  "autoscaling: minReplicas is above maxReplicas": [
    {
      refused: `services: { api: { scaling: { min: 3, max: 2 } } },`,
      as: "scaling/min-above-max at services.api.scaling.min",
    },
  ],
};

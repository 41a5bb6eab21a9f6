import { canary, defineEcosystem } from "eco-compile";
import { base, web } from "../base.ts";

/** Mirrors of registries: one for everything, another one in a region, and what is left where it is. */
export default defineEcosystem({
  ...base,
  clouds: {
    gcp: { ...base.clouds.gcp, regions: { ...base.clouds.gcp.regions, "us-east1": { subnet: { name: "east", cidr: "10.8.32.0/20" } } } },
  },
  clusters: { ...base.clusters, two: { ...base.clusters.one, region: "us-east1" } },
  security: { ...base.security, allowedRegistries: [...base.security.allowedRegistries, "docker.io/library"] },
  registries: {
    mirror: {
      "docker.io": "mirror.example/hub/",
      "ghcr.io": "mirror.example/ghcr",
      "*": "mirror.example:8443/rest",
      "registry.example/crew/tools": false,
    },
    on: { two: { mirror: { "docker.io": "east.mirror.example/hub", "*": null }, allowUpstream: true } },
  },
  services: {
    site: {
      ...web,
      image: "registry.example/crew/site",
      rollout: canary({ steps: [{ weight: 25, pause: "7m" }] }),
      init: [{ name: "migrate", image: "registry.example/crew/tools/migrate" }],
      sidecars: [{ name: "cache", image: "redis" }, { name: "self" }],
    },
    nightly: { team: "crew", kind: "job", image: "registry.example/crew/nightly", placement: { clusters: ["two"] }, schedule: "20 3 * * *" },
  },
});

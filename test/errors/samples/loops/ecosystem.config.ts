import { defineEcosystem } from "eco-compile";
import { base } from "../../base.ts";

const shards = ["a", "b", "c"];
const pools = Object.fromEntries(
  ["small", "large"].map((size) => [size, { machineType: "e2-standard-4", min: 3, max: size === "large" ? "9" : 6 }]),
);

function shard(name: string) {
  return { ...base.services.api, image: `ghcr.io/acme/shard-${name}`, dependsOn: [{ service: `store-${name}`, port: 80 }] };
}

const services: Record<string, unknown> = { ...base.services };
for (const name of shards) services[`shard-${name}`] = shard(name);

export default defineEcosystem({
  ...base,
  clusters: { ...base.clusters, main: { ...base.clusters.main, nodePools: pools } },
  services,
});

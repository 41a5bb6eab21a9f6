import { defineEcosystem } from "eco-compile";
import { base } from "../../base.ts";

const shard = (name: string) => ({ ...base.services.api, image: `ghcr.io/acme/shard-${name}`, dependsOn: [{ service: `store-${name}`, port: 80 }] });

const services: Record<string, unknown> = { ...base.services };
for (const name of ["a", "b"]) services[`shard-${name}`] = shard(name);

export default defineEcosystem({ ...base, services });

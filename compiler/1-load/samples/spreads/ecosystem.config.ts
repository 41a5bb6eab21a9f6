import { defineEcosystem } from "eco-compile";

const probes = { liveness: "/live", readiness: "/ready" } as const;
const base = { image: "base", ...probes, replicas: 1 };
const ports = [80, 443];
const none = undefined as object | undefined;
const flags = JSON.parse('{"fast": true, "safe": false}') as object;

export default defineEcosystem({
  services: {
    plain: { ...base },
    before: { image: "own", ...base },
    after: { ...base, image: "own" },
    nested: { ...{ ...base, readiness: "/nested" }, replicas: 2 },
    optional: { ...none, ...(base.replicas > 0 && { image: "optional" }) },
    unknown: { ...flags, safe: true },
    replaced: { [`im${"age"}`]: "computed", ...{ image: "last" } },
  },
  lists: {
    ports: [22, ...ports, 8080],
    set: [...new Set(["a", "b"]), "c"],
    objects: [...[{ port: 1 }], ...[2, 3].map((port) => ({ port }))],
  },
});

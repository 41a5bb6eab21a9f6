import type { Ecosystem } from "../../compiler/config/model/ecosystem.ts";
import { everything } from "./everything.ts";

// oxlint-disable-next-line no-explicit-any -- parts of a config that a variant changes as it likes
type Data = Record<string, any>;

/** A copy that the function changes. */
function variant(change: (config: Data) => void): Ecosystem {
  const config = JSON.parse(
    JSON.stringify({ ...everything, targets: { "argo-cd": everything.targets?.["argo-cd"] } }),
  ) as Data;
  change(config);
  return config as Ecosystem;
}

/**
 * Ecosystems in which fields matter that something else in {@link everything} makes idle: to see what a field is good
 * for, it has to be in one of them where it is good for something.
 */
export const everywhere: readonly Ecosystem[] = [
  variant(() => {}), // with every target
  variant((config) => {
    const { clouds, clusters } = config;
    for (const cloud of Object.values<Data>(clouds)) delete cloud["network"].existing;
    for (const cluster of Object.values<Data>(clusters)) delete cluster["existing"];
    config["addons"].strimzi.since = config["addons"].strimzi.version; // so that a newer one is refused
    config["budgets"] = { tiny: { monthly: "1 USD", scope: { environment: clusters.gke.environment } } };
  }),
  variant((config) => {
    const { services } = config;
    services.web.rollout = "plain";
    delete services.web.slos; // so that the first promise is that of a caller, which a fault of the mesh is watched by
    services.web.probes.startup = { kind: "http", port: "http", path: "/started", headers: { "X-Probe": "yes" } };
    services.web.probes.liveness = { kind: "exec", command: ["alive"] };
    // A second port, called almost as the first: an address may mean this one as well.
    services.store.ports.redit = { port: 7000, protocol: "tcp" };
    services["inline-plain"].ports.httq = { ...services["inline-plain"].ports.http, port: 81, targetPort: 8181 };
    for (const part of services.web.config.files["c.yaml"].parts) if (part.service) part.service = "inline-plain";
    config["patches"] = [
      { target: "helm", kind: "Values", name: "web", json: [{ op: "copy", from: "/replicas", path: "/partOf" }] },
    ];
  }),
];

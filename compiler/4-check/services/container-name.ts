import { defineCheck } from "../check.ts";
import { onePerForm } from "../../facts/placement.ts";

export default defineCheck({
  id: "services/container-name",
  severity: "error",
  summary: "Each container of a pod has a name of its own",
  why: "Kubernetes refuses a pod in which two containers have one name. The service's own container is called like the service, and the mesh adds some of its own.",

  *run(topology) {
    for (const { name: service, containers } of onePerForm(topology)) {
      for (const [index, { name, source: at }] of containers.entries()) {
        const earlier = containers.slice(0, index).find((other) => other.name === name);
        const taken = earlier !== undefined || name === service || MESH.has(name);
        if (!taken) continue;
        yield {
          at: `${at}.name`,
          message: `${service}: a container is called ${name}, as ${
            earlier !== undefined ? "another one is" : name === service ? "the service's own is" : "one of the mesh is"
          }`,
          hint: "call it after what it does, as migrate",
          ...(earlier === undefined ? {} : { related: [{ at: earlier.source, message: earlier.name }] }),
        };
      }
    }
  },
});

/** https://github.com/istio/istio/blob/master/manifests/charts/istio-control/istio-discovery/files/injection-template.yaml */
const MESH: ReadonlySet<string> = new Set(["istio-proxy", "istio-init", "istio-validation", "enable-core-dump"]);

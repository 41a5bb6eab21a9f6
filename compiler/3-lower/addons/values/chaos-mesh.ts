import type { Workload } from "../../../topology/workloads.ts";
import { resources } from "../resources.ts";

/** https://github.com/chaos-mesh/chaos-mesh/tree/v2.8.3/helm/chaos-mesh */
export const chaosMesh = ({ workloads }: { workloads: readonly Pick<Workload, "experiments">[] }) => ({
  enableProfiling: false,
  controllerManager: {
    replicaCount: 2,
    // Faults reach those namespaces alone that ask for it: the `namespaces` target annotates the ones with experiments.
    enableFilterNamespace: true,
    resources: resources("50m", "256Mi"),
  },
  chaosDaemon: {
    // All three clouds run containerd, with its socket where containerd puts it.
    runtime: "containerd",
    socketPath: "/run/containerd/containerd.sock",
    resources: resources("50m", "512Mi"),
  },
  // Experiments are compiled and Argo CD shows them: nobody needs a second way to start one. Where a patch turns it on,
  // it asks for a token.
  dashboard: { create: false, securityMode: true },
  dnsServer: {
    create: workloads.some(({ experiments }) => experiments.some(({ kind }) => kind === "dns-fault")),
    resources: resources("50m", "128Mi"),
  },
});

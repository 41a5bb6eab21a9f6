import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesObject, syncWave } from "../../5-emit/kubernetes.ts";
import { experimentName, NAMESPACES } from "../../facts/names.ts";
import type { PodsOf } from "../../topology/addons.ts";
import type { Experiment } from "../../topology/resilience.ts";
import type { Workload } from "../../topology/workloads.ts";
import { namespaced } from "./slo-gate.ts";

/**
 * What answers for the cluster's DNS during a fault:
 * https://github.com/chaos-mesh/chaos-mesh/blob/v2.8.3/helm/chaos-mesh/templates/dns-deployment.yaml
 */
export const DNS_SERVER: PodsOf = {
  namespace: NAMESPACES.chaos,
  pods: { "app.kubernetes.io/component": "chaos-dns-server" },
};
export const DNS_SERVER_PORT = 5353;

/**
 * Beside the workload's own policy, which knows the DNS of the cluster alone: a fault turns the pods to Chaos Mesh's
 * server for every name, and where they did not reach it all names would fail instead of some.
 * https://github.com/chaos-mesh/chaos-mesh/blob/v2.8.3/pkg/chaosdaemon/dns_server.go
 */
export const dnsNetwork = (
  { name, namespace, selector, labels }: Workload,
  experiment: Pick<Experiment, "name" | "source">,
): KubernetesObject =>
  kubernetesObject(
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      name: experimentName(name, experiment.name),
      namespace,
      labels,
      annotations: syncWave(-1),
      source: experiment.source,
    },
    {
      spec: {
        podSelector: { matchLabels: { ...selector } },
        policyTypes: ["Egress"],
        egress: [
          {
            to: [{ ...namespaced(DNS_SERVER.namespace), podSelector: { matchLabels: { ...DNS_SERVER.pods } } }],
            ports: [
              { port: DNS_SERVER_PORT, protocol: "UDP" },
              { port: DNS_SERVER_PORT, protocol: "TCP" },
            ],
          },
        ],
      },
    },
  );

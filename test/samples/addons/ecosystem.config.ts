import { defineEcosystem } from "eco-compile";
import { base, web } from "../base.ts";

/** Charts of the project's own choice: from a repository, from a registry, and one that needs more than is usual. */
export default defineEcosystem({
  ...base,
  security: { ...base.security, allowedRegistries: [...base.security.allowedRegistries, "quay.io/strimzi/", "registry.k8s.io/descheduler", "quay.io/prometheus"] },
  services: { site: { ...web, image: "registry.example/crew/site" } },
  addons: {
    strimzi: {
      chart: { repository: "https://strimzi.io/charts", name: "strimzi-kafka-operator" },
      version: "0.47.0",
      since: "0.46.0",
      values: { replicas: 2, watchAnyNamespace: true, resources: { requests: { cpu: "200m", memory: "384Mi" }, limits: { memory: "384Mi" } } },
      namespace: "kafka-operator",
      clusters: ["one"],
      stage: "secrets",
      crds: ["kafka.strimzi.io/KafkaTopic", "kafka.strimzi.io/KafkaUser"],
      images: ["quay.io/strimzi"],
      network: {
        operator: {
          pods: { "strimzi.io/kind": "cluster-operator" },
          accepts: [{ from: "prometheus", ports: [8080] }],
          reaches: [{ to: "api-server" }, { to: { namespace: "crew-apps", pods: { "strimzi.io/kind": "Kafka" } }, ports: [9091] }],
        },
      },
    },
    descheduler: {
      chart: { repository: "oci://registry.k8s.io:8443/descheduler/charts/", name: "descheduler" },
      version: "0.33.0",
      clusters: { environments: ["live"] },
      stage: "workloads",
      images: ["registry.k8s.io/descheduler"],
      network: { descheduler: { pods: { app: "descheduler" }, reaches: [{ to: "api-server" }, { to: "prometheus" }] } },
    },
    "node-exporter": {
      chart: { repository: "https://prometheus-community.github.io/helm-charts", name: "prometheus-node-exporter" },
      version: "4.56.1",
      clusterKinds: ["scheduling.k8s.io/PriorityClass"],
      images: ["quay.io/prometheus/node-exporter"],
      network: { exporter: { pods: { "app.kubernetes.io/name": "prometheus-node-exporter" }, accepts: [{ from: "prometheus", ports: [9100] }] } },
      podSecurity: { level: "privileged", reason: "reads the processes, disks and network of its node" },
    },
  },
});

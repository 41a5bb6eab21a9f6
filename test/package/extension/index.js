import {
  API_SERVER,
  defineTarget,
  kubernetesFile,
  kubernetesObject,
  placesOf,
  platformLabels,
  resources,
  scraped,
} from "eco-compile/target";

const ADDON = "cert-manager";
const GROUP = "certs.acme.example";

/** What each workload wants a certificate for: a kind of Acme's own. */
const kindOfWishes = (topology, { source }) =>
  kubernetesObject(
    {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      name: `wishes.${GROUP}`,
      labels: platformLabels(topology.name, ADDON),
      source,
    },
    {
      spec: {
        group: GROUP,
        scope: "Namespaced",
        names: { kind: "Wish", listKind: "WishList", plural: "wishes", singular: "wish" },
        versions: [
          {
            name: "v1",
            served: true,
            storage: true,
            schema: {
              openAPIV3Schema: {
                type: "object",
                properties: {
                  spec: {
                    type: "object",
                    required: ["issuer", "names"],
                    properties: { issuer: { type: "string" }, names: { type: "array", items: { type: "string" } } },
                  },
                },
              },
            },
          },
        ],
      },
    },
  );

const wish = ({ name, namespace, labels, source }, issuer) =>
  kubernetesObject(
    { apiVersion: `${GROUP}/v1`, kind: "Wish", name, namespace, labels, source },
    { spec: { issuer, names: [`${name}.${namespace}.svc`] } },
  );

const component = (name) => ({ "app.kubernetes.io/component": name });

/** https://github.com/cert-manager/cert-manager/tree/v1.21.2/deploy/charts/cert-manager */
const NETWORK = {
  controller: {
    pods: component("controller"),
    accepts: [scraped(9402)],
    reaches: [API_SERVER, { to: "anywhere", ports: [443] }],
  },
  cainjector: { pods: component("cainjector"), accepts: [scraped(9402)], reaches: [API_SERVER] },
  webhook: {
    pods: component("webhook"),
    accepts: [{ from: "anywhere", ports: [10250] }, scraped(9402)],
    reaches: [API_SERVER],
  },
};

export default defineTarget({
  name: "cert-manager",
  summary: "Certificates: cert-manager, and a wish of each workload",
  provides: ["certificates"],
  resolve: (options) => ({ issuer: "internal", ...options }),
  contribute: ({ clusters }) => ({
    addons: clusters.map((cluster) => ({
      name: ADDON,
      cluster,
      namespace: "cert-manager",
      stage: "secrets",
      chart: { repository: "https://charts.jetstack.io", name: "cert-manager", version: "v1.21.2" },
      values: { crds: { enabled: true }, resources: resources("50m", "128Mi") },
      serverSideApply: true,
      images: ["quay.io/jetstack"],
      network: NETWORK,
      workloadKinds: [{ group: GROUP, kind: "Wish" }],
      permissions: [
        {
          serviceAccount: "cert-manager",
          gcp: ["roles/dns.admin"],
          aws: [{ actions: ["route53:ChangeResourceRecordSets"], resources: ["arn:aws:route53:::hostedzone/*"] }],
          azure: ["DNS Zone Contributor"],
        },
      ],
    })),
  }),
  emit: (topology, { issuer }) => [
    ...placesOf(topology, ADDON).map(({ addon, cluster }) =>
      kubernetesFile(`${addon.path}/manifests/kinds.yaml`, [kindOfWishes(topology, cluster)], cluster.source),
    ),
    ...topology.workloads.map((workload) =>
      kubernetesFile(`${workload.path}/manifests/certificate.yaml`, [wish(workload, issuer)], workload.source),
    ),
  ],
});

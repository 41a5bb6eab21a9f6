import { kubernetesFile, kubernetesObject } from "../../5-emit/kubernetes.ts";
import { placesOf } from "../../facts/addons.ts";
import { NAMESPACES, platformLabels } from "../../facts/names.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Topology } from "../../topology/index.ts";
import type { Target } from "../../5-emit/target.ts";

/** The add-on whose folder the class goes into. */
const ADDON = "storage";
const NAME = "gp3";

/** The class of volumes that say none, where the cloud brings no such class. */
export default {
  name: "storage",
  summary: "A default StorageClass for clusters on aws; GKE and AKS have one",
  contribute: ({ clusters }) => ({
    addons: clusters
      .filter(({ cloudKind }) => cloudKind === "aws")
      .map((cluster) => ({ name: ADDON, cluster, namespace: NAMESPACES.argocd, stage: "storage", network: {} })),
    clusterKinds: [{ group: "storage.k8s.io", kind: "StorageClass" }],
  }),
  emit: (topology) =>
    placesOf(topology, ADDON).map(({ addon, cluster }) =>
      kubernetesFile(`${addon.path}/manifests/storage-classes.yaml`, [ebs(topology, cluster)], cluster.source),
    ),
} satisfies Target;

/** https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md */
function ebs({ name: ecosystem }: Topology, { source }: Cluster) {
  return kubernetesObject(
    {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      name: NAME,
      labels: platformLabels(ecosystem, NAME),
      annotations: {
        "storageclass.kubernetes.io/is-default-class": "true",
        // Its fields cannot change; volumes do not notice that their class was made anew.
        "argocd.argoproj.io/sync-options": "Force=true,Replace=true",
      },
      source,
    },
    {
      provisioner: "ebs.csi.aws.com",
      parameters: { type: "gp3", encrypted: "true" },
      reclaimPolicy: "Retain",
      volumeBindingMode: "WaitForFirstConsumer", // a volume is in one zone: that of its pod
      allowVolumeExpansion: true,
    },
  );
}

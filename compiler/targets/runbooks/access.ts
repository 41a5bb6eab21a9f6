import { gkeLocation } from "../../facts/gke-location.ts";
import type { CloudKind } from "../../config/model/clouds.ts";
import type { Cloud } from "../../topology/clouds.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Topology } from "../../topology/index.ts";

/**
 * How people reach a cluster's API: which arguments of the cloud's own command write the context, and what the context
 * is called.
 */
export interface Access {
  /** The words of the command. */
  words: readonly string[];
  context: string;
}

/** Commands that people need beside git, terraform, helm and kubectl. AKS without local accounts wants kubelogin. */
export const CLOUD_COMMANDS: Record<CloudKind, readonly string[]> = {
  gcp: ["gcloud", "gke-gcloud-auth-plugin"],
  aws: ["aws"],
  azure: ["az", "kubelogin"],
};

export function access({ clouds }: Pick<Topology, "clouds">, cluster: Cluster): Access {
  return accessTo[cluster.cloudKind](
    cluster,
    clouds.find(({ name }) => name === cluster.cloud)!,
  );
}

const accessTo: Record<CloudKind, (cluster: Cluster, cloud: Cloud) => Access> = {
  gcp: (cluster) => {
    const { name, account } = cluster;
    const location = gkeLocation(cluster);
    return {
      words: [
        "gcloud",
        "container",
        "clusters",
        "get-credentials",
        name,
        `--location=${location}`,
        `--project=${account}`,
      ],
      context: `gke_${account}_${location}_${name}`, // gcloud calls it so, and cannot be told otherwise
    };
  },
  aws: ({ name, region }) => ({
    words: ["aws", "eks", "update-kubeconfig", `--name=${name}`, `--region=${region.name}`, `--alias=${name}`],
    context: name,
  }),
  azure: ({ name, account, region }, { network }) => {
    const group = network.existing ? network.name : region.subnet.name; // the module network makes it with its own name
    return {
      words: [
        "az",
        "aks",
        "get-credentials",
        `--name=${name}`,
        `--resource-group=${group}`,
        `--subscription=${account}`,
        `--context=${name}`,
      ],
      context: name,
    };
  },
};

import type { CloudKind } from "../config/model/clouds.ts";
import type { Secret } from "../topology/secrets.ts";
import type { Topology } from "../topology/index.ts";

/** Who reads a secret, in the cloud that it stands in. */
export interface SecretReader {
  secret: Secret;
  /** Where the config says so. */
  source: string;
  /** As a message says it. */
  title: string;
  cloud: string;
  cloudKind: CloudKind;
}

/** Everybody who reads a secret: workloads on their clusters, and runners. */
export const secretReaders = ({ workloads, runners, clusters }: Topology): SecretReader[] => [
  ...workloads.flatMap(({ name, cluster: { name: cluster, cloud, cloudKind }, secrets }) =>
    secrets.map(({ secret, source }) => ({ secret, source, title: `${name} on ${cluster}`, cloud, cloudKind })),
  ),
  ...runners.map((runner) => {
    const { name, source, token } = runner;
    const place = runner.kind === "vm" ? runner : clusters.find(({ name }) => name === runner.cluster)!;
    return { secret: token, source: `${source}.token`, title: name, cloud: place.cloud, cloudKind: place.cloudKind };
  }),
];

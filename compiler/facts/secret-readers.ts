import type { CloudKind } from "../config/model/clouds.ts";
import type { Secret, SecretKey } from "../topology/secrets.ts";
import type { Topology } from "../topology/index.ts";
import type { Workload } from "../topology/workloads.ts";

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
  ...workloads.flatMap((workload) => {
    const { name, cluster, secrets } = workload;
    const { cloud, cloudKind } = cluster;
    const title = `${name} on ${cluster.name}`;
    const { pullSecrets } = workload.pods;
    return [...secrets, ...pullSecrets, ...keysRead(workload), ...keysOfTriggers(workload)].map(
      ({ secret, source }) => ({
        secret,
        source,
        title,
        cloud,
        cloudKind,
      }),
    );
  }),
  ...runners.map((runner) => {
    const { name, source, token } = runner;
    const place = runner.kind === "vm" ? runner : clusters.find(({ name }) => name === runner.cluster)!;
    return { secret: token, source: `${source}.token`, title: name, cloud: place.cloud, cloudKind: place.cloudKind };
  }),
];

/** The keys of secrets that a workload's variables and files are, or are made of. */
export const keysRead = ({ config: { keys, rendered } }: Pick<Workload, "config">): SecretKey[] => [
  ...Object.values(keys),
  ...[rendered.env, rendered.files].flatMap((secret) =>
    Object.values(secret?.texts ?? {}).flatMap((parts) => parts.filter((part) => typeof part === "object")),
  ),
];

/** The keys of secrets that its triggers log in with. */
export const keysOfTriggers = ({ scaling: { triggers } }: Pick<Workload, "scaling">): SecretKey[] =>
  triggers.flatMap((trigger) =>
    "login" in trigger && trigger.login !== undefined ? [trigger.login.username, trigger.login.password] : [],
  );

/**
 * The key under which the kubelet looks for what it logs in to registries with.
 * https://kubernetes.io/docs/concepts/configuration/secret/#docker-config-secrets
 */
export const PULL_KEY = ".dockerconfigjson";

/** The names of all variables that a configuration sets. */
export const variablesOf = ({ env, fields, keys, rendered }: Workload["config"]): string[] =>
  [env, fields, keys, rendered.env?.texts ?? {}].flatMap((values) => Object.keys(values));

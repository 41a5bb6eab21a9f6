/**
 * What the policies are told about an ecosystem: `schemas/runtime/policy-data.schema.json`, below `eco` in Rego's data.
 */
export interface PolicyData {
  /** Values for everywhere; the other layers override or add to them. */
  parameters: PolicyParameters;
  environments: Readonly<Record<string, { parameters?: PolicyParameters }>>;
  clouds: Readonly<Record<string, { parameters?: PolicyParameters }>>;
  clusters: Readonly<
    Record<string, { environment: string; cloud: string; region: string; parameters?: PolicyParameters }>
  >;
  exempt_namespaces: readonly Exemption[];
  /** What breaking a policy is, where it is not what the policy says itself. */
  levels?: { findings: "own" | "warning"; policies: Readonly<Record<string, "off" | "warning" | "error">> };
  /** Folders of somebody's own, with the cluster or cloud that they are for. */
  extra: Readonly<Record<string, { cluster: string } | { cloud: string }>>;
}

/** Names are those of Rego and of Gatekeeper's constraints. */
export interface PolicyParameters {
  allowed_registries?: readonly string[];
  digest_required?: boolean;
  digest_exempt_images?: readonly string[];
  required_requests?: readonly string[];
  required_limits?: readonly string[];
  required_labels?: readonly string[];
  token_accounts?: readonly { namespace: string; name: string }[];
  public_endpoints?: readonly PublicEndpoint[];
  allowed_regions?: readonly string[];
  allowed_machine_types?: readonly string[];
  budgets?: readonly { name: string; amount: number; currency: string }[];
}

type PublicEndpoint =
  | { kind: "Cluster"; name: string }
  | { kind: "Service"; namespace: string; name: string }
  | { kind: "Ingress" | "Gateway"; namespace: string; name: string; hosts: readonly string[] };

export interface Exemption {
  /** A trailing `*` stands for any ending. */
  namespace: string;
  reason: string;
  /** Left out: all. */
  policies?: readonly string[];
}

/** The same layers as `policies/adapters/compiler.rego`: everywhere < environment < cloud < cluster. */
export function clusterParameters(data: PolicyData, name: string): PolicyParameters {
  const cluster = data.clusters[name];
  if (!cluster) throw new Error(`policy data name no cluster ${name}`);
  return {
    ...data.parameters,
    ...data.environments[cluster.environment]?.parameters,
    ...data.clouds[cluster.cloud]?.parameters,
    ...cluster.parameters,
  };
}

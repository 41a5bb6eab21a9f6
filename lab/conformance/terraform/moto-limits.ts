/**
 * What moto does not do of what the AWS roots ask for. `aws.lab.ts` holds each entry to it: one that moto has learned
 * since fails there.
 */

/** Operations that moto does not have: it answers 404 with a page of HTML. By resource, what the provider asks for. */
export const NOT_THERE: Readonly<Record<string, string>> = {
  'module.cluster.aws_eks_addon.before_nodes["eks-pod-identity-agent"]': "CreateAddon",
  'module.cluster.aws_eks_addon.before_nodes["kube-proxy"]': "CreateAddon",
  'module.cluster.aws_eks_addon.before_nodes["vpc-cni"]': "CreateAddon",
  'module.cluster.aws_eks_pod_identity_association.this["cluster-autoscaler"]': "CreatePodIdentityAssociation",
};

/**
 * Arguments that moto takes and does not return, or returns another value of: the next plan differs there, and nowhere
 * else.
 */
export const FORGOTTEN: Readonly<Record<string, readonly string[]>> = {
  "module.cluster.aws_eks_cluster.this": [
    "access_config",
    "deletion_protection",
    "upgrade_policy",
    "zonal_shift_config",
  ],
  // moto also lists the launch template's own tags, which the provider does not send there
  'module.cluster.aws_launch_template.nodes["general"]': ["tag_specifications"],
  // moto says that every group may be entered with a key pair of its own
  'module.cluster.aws_eks_node_group.this["general"]': ["node_repair_config", "remote_access", "update_config"],
};

/**
 * Arguments that moto forgets when the resource is made, and keeps when it is changed: it is whole once it was applied
 * twice.
 */
export const FORGOTTEN_AT_FIRST: Readonly<Record<string, readonly string[]>> = {
  "module.state_store.aws_s3_bucket.this": ["tags_all"],
};

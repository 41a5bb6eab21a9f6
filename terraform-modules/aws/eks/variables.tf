variable "name" {
  description = "Name of the cluster; every other name in this module starts with it."
  type        = string

  validation {
    # Names of IAM roles end at 64 characters: the longest suffix here takes 24.
    condition     = can(regex("^[a-z][a-z0-9-]{0,38}[a-z0-9]$", var.name))
    error_message = "Use 2 to 40 lower-case letters, digits and dashes, starting with a letter."
  }
}

variable "kubernetes_version" {
  description = "Minor version of control plane and nodes, as \"1.34\"."
  type        = string

  validation {
    condition     = can(regex("^1\\.[0-9]{2}$", var.kubernetes_version))
    error_message = "Use a minor version such as 1.34; EKS chooses the patch."
  }
}

variable "subnet_ids" {
  description = "Private subnets of control plane and nodes, one per zone, at least three."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 3
    error_message = "Pass at least three subnets, each in a zone of its own."
  }
}

variable "authorized_cidrs" {
  description = "Public ranges that may reach the API server. Empty: it has a private endpoint alone."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for cidr in var.authorized_cidrs : can(cidrhost(cidr, 0)) && !endswith(cidr, "/0")])
    error_message = "Use IPv4 ranges; the whole internet is not one to authorise."
  }
}

variable "private_client_cidrs" {
  description = "Private ranges outside the cluster (runners, peered networks) that may reach the private endpoint."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for cidr in var.private_client_cidrs : can(cidrhost(cidr, 0)) && !endswith(cidr, "/0")])
    error_message = "Use IPv4 ranges; everything is not one of them."
  }
}

variable "service_cidr" {
  description = "Range of the Service addresses; it must not overlap the VPC. Null lets EKS choose. It cannot change later."
  type        = string
  default     = null

  validation {
    condition     = var.service_cidr == null || can(cidrhost(var.service_cidr, 0))
    error_message = "Use an IPv4 range such as 172.20.0.0/16, or null."
  }
}

variable "node_pools" {
  description = "Managed node groups. Counts are totals over all zones; after the start the autoscaler owns the count. ami_type is for machines with accelerators, such as AL2023_x86_64_NVIDIA; the others get AL2023 for their architecture."
  type = map(object({
    machine_type = string
    spot         = optional(bool, false)
    min          = number
    max          = number
    initial      = number
    disk_gb      = optional(number, 100)
    ami_type     = optional(string)
    labels       = optional(map(string), {})
    taints = optional(list(object({
      key    = string
      value  = optional(string, "")
      effect = string
    })), [])
  }))

  validation {
    condition     = length(var.node_pools) > 0 && alltrue([for name, pool in var.node_pools : can(regex("^[a-z][a-z0-9-]{0,30}$", name))])
    error_message = "Name at least one pool; 1 to 31 lower-case letters, digits and dashes, starting with a letter."
  }

  validation {
    condition     = alltrue([for pool in var.node_pools : 0 <= pool.min && pool.min <= pool.initial && pool.initial <= pool.max && pool.max >= 1])
    error_message = "Every pool needs 0 <= min <= initial <= max and a max of at least 1."
  }

  validation {
    condition     = alltrue(flatten([for pool in var.node_pools : [for taint in pool.taints : contains(["NoSchedule", "PreferNoSchedule", "NoExecute"], taint.effect)]]))
    error_message = "A taint's effect is NoSchedule, PreferNoSchedule or NoExecute."
  }

  validation {
    condition     = anytrue([for pool in var.node_pools : length(pool.taints) == 0 && pool.min > 0])
    error_message = "One pool must always have a node without taints: coredns and the CSI controller have to run somewhere."
  }
}

variable "access" {
  description = "Who may use the Kubernetes API: name → IAM principal with one of EKS's access policies, in the whole cluster or in some namespaces. Whoever applies this module gets nothing by default."
  type = map(object({
    principal_arn = string
    policy        = string
    namespaces    = optional(list(string), [])
  }))
  default = {}

  validation {
    condition     = alltrue([for entry in var.access : contains(["AmazonEKSClusterAdminPolicy", "AmazonEKSAdminPolicy", "AmazonEKSEditPolicy", "AmazonEKSViewPolicy", "AmazonEKSAdminViewPolicy"], entry.policy)])
    error_message = "The policy is one of AmazonEKSClusterAdminPolicy, AmazonEKSAdminPolicy, AmazonEKSEditPolicy, AmazonEKSViewPolicy, AmazonEKSAdminViewPolicy."
  }

  validation {
    condition     = length(distinct([for entry in var.access : entry.principal_arn])) == length(var.access)
    error_message = "EKS keeps one entry per principal: name each principal once."
  }
}

variable "workload_identities" {
  description = "AWS rights of Kubernetes service accounts, by EKS Pod Identity: name → service account and the policies of its role."
  type = map(object({
    namespace       = string
    service_account = string
    policy_arns     = optional(set(string), [])
    policy_json     = optional(string)
  }))
  default = {}

  validation {
    condition     = alltrue([for name, identity in var.workload_identities : can(regex("^[a-z][a-z0-9-]{0,21}[a-z0-9]$", name))])
    error_message = "Names of identities are 2 to 23 lower-case letters, digits and dashes: they end the name of an IAM role."
  }

  validation {
    condition     = alltrue([for name in ["cluster", "nodes", "aws-node", "ebs-csi", "cluster-autoscaler"] : !contains(keys(var.workload_identities), name)])
    error_message = "The module has roles named cluster, nodes, aws-node, ebs-csi and cluster-autoscaler already."
  }
}

variable "addon_versions" {
  description = "Versions of vpc-cni, kube-proxy, coredns, eks-pod-identity-agent, aws-ebs-csi-driver and metrics-server. One that is left out gets EKS's default when it is installed and keeps it."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for name in keys(var.addon_versions) : contains(["vpc-cni", "kube-proxy", "coredns", "eks-pod-identity-agent", "aws-ebs-csi-driver", "metrics-server"], name)])
    error_message = "Only vpc-cni, kube-proxy, coredns, eks-pod-identity-agent, aws-ebs-csi-driver and metrics-server are installed here."
  }
}

variable "disk_kms_key_id" {
  description = "ARN of the key of the nodes' volumes. Null: the account's own EBS key. The role AWSServiceRoleForAutoScaling must be allowed to use it."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "How long the control plane's logs are kept."
  type        = number
  default     = 365

  validation {
    # CloudWatch accepts only these: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
    condition     = contains([365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "Use one of CloudWatch's periods of at least a year: 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653."
  }
}

variable "deletion_protection" {
  description = "EKS refuses to delete the cluster while this is true."
  type        = bool
  default     = true
}

variable "tags" {
  description = "Tags on every resource that takes them."
  type        = map(string)
  default     = {}
}

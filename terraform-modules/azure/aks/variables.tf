variable "name" {
  description = "Name of the cluster; every other name in this module starts with it."
  type        = string

  validation {
    # https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules: 63; the node resource group takes a suffix.
    condition     = can(regex("^[a-z][a-z0-9-]{0,48}[a-z0-9]$", var.name))
    error_message = "Use 2 to 50 lower-case letters, digits and dashes, starting with a letter."
  }
}

variable "resource_group_name" {
  description = "Resource group of the cluster."
  type        = string
}

variable "region" {
  description = "Azure region, such as westeurope."
  type        = string
}

variable "zones" {
  description = "Availability zones of the nodes. Empty where the region has none."
  type        = list(string)
  default     = ["1", "2", "3"]

  validation {
    condition     = alltrue([for zone in var.zones : contains(["1", "2", "3"], zone)]) && length(distinct(var.zones)) == length(var.zones)
    error_message = "Use zones out of 1, 2 and 3, each once."
  }
}

variable "kubernetes_version" {
  description = "Minor version of control plane and nodes, as \"1.34\"; the upgrade channel chooses the patch."
  type        = string

  validation {
    condition     = can(regex("^1\\.[0-9]{2}$", var.kubernetes_version))
    error_message = "Use a minor version such as 1.34."
  }
}

variable "subnet_id" {
  description = "Subnet of the nodes, with a NAT gateway as its way out."
  type        = string
}

variable "pod_cidr" {
  description = "Range of the pods' overlay; every node takes a /24 of it. It is not seen outside the cluster, and cannot change later."
  type        = string

  validation {
    condition     = can(cidrhost(var.pod_cidr, 0))
    error_message = "Use an IPv4 range such as 100.64.0.0/16."
  }
}

variable "service_cidr" {
  description = "Range of the Service addresses. It cannot change later."
  type        = string

  validation {
    condition     = can(cidrhost(var.service_cidr, 10))
    error_message = "Use an IPv4 range such as 172.20.0.0/20."
  }
}

variable "authorized_cidrs" {
  description = "Public ranges that may reach the API server. Empty: the cluster is private."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for cidr in var.authorized_cidrs : can(cidrhost(cidr, 0)) && !endswith(cidr, "/0")])
    error_message = "Use IPv4 ranges; the whole internet is not one to authorise."
  }
}

variable "private_dns_zone_id" {
  description = "Private DNS zone of a private cluster's API server: System (AKS makes one in the node resource group), or the ID of a zone that other networks see too."
  type        = string
  default     = "System"
}

variable "node_pools" {
  description = "Node pools. Counts are totals over all zones; after the start the autoscaler owns the count."
  type = map(object({
    machine_type = string
    spot         = optional(bool, false)
    min          = number
    max          = number
    initial      = number
    disk_gb      = optional(number, 100)
    labels       = optional(map(string), {})
    taints = optional(list(object({
      key    = string
      value  = optional(string, "")
      effect = string
    })), [])
  }))

  validation {
    # https://learn.microsoft.com/azure/aks/create-node-pools#limitations
    condition     = length(var.node_pools) > 0 && alltrue([for name, pool in var.node_pools : can(regex("^[a-z][a-z0-9]{0,11}$", name))])
    error_message = "Name at least one pool; AKS allows 1 to 12 lower-case letters and digits, starting with a letter."
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
    # The form key=value:effect is all that AKS takes: https://learn.microsoft.com/azure/aks/use-node-taints
    condition     = alltrue(flatten([for pool in var.node_pools : [for taint in pool.taints : taint.value != ""]]))
    error_message = "AKS has no taints without a value."
  }

  validation {
    condition     = anytrue([for pool in var.node_pools : !pool.spot && length(pool.taints) == 0 && pool.min > 0])
    error_message = "One pool must be on demand, without taints and never empty: AKS keeps its own pods on it."
  }
}

variable "system_pool" {
  description = "The pool that AKS makes the cluster with: on demand, without taints, never empty. Null: the first such pool by name; write it down where pools may be added before it."
  type        = string
  default     = null

  validation {
    condition     = var.system_pool == null || try(!var.node_pools[var.system_pool].spot && length(var.node_pools[var.system_pool].taints) == 0 && var.node_pools[var.system_pool].min > 0, false)
    error_message = "Name a pool of node_pools that is on demand, without taints and never empty."
  }
}

variable "admin_group_ids" {
  description = "Object IDs of the Entra groups that administer the cluster."
  type        = list(string)
  default     = []
}

variable "access" {
  description = "Who else may use the Kubernetes API: name → Entra principal with one of AKS's roles, in the whole cluster or in some namespaces."
  type = map(object({
    principal_id = string
    role         = string
    namespaces   = optional(list(string), [])
  }))
  default = {}

  validation {
    condition     = alltrue([for entry in var.access : contains(["Cluster Admin", "Admin", "Writer", "Reader"], entry.role)])
    error_message = "The role is Cluster Admin, Admin, Writer or Reader."
  }
}

variable "workload_identities" {
  description = "Azure rights of Kubernetes service accounts, by workload identity: name → service account and its role assignments (name → role at scope)."
  type = map(object({
    namespace       = string
    service_account = string
    roles           = optional(map(object({ role = string, scope = string })), {})
  }))
  default = {}
}

variable "registry_ids" {
  description = "Container registries that nodes pull from: name → ID."
  type        = map(string)
  default     = {}
}

variable "etcd_key" {
  description = "Key Vault key for the cluster's secrets in etcd, on top of Azure's own encryption: the key's versioned URL, its vault's ID, and whether the vault is reached privately. Null: Azure's own alone."
  type = object({
    key_id       = string
    key_vault_id = string
    private      = optional(bool, false)
  })
  default = null
}

variable "disk_encryption_set_id" {
  description = "Disk encryption set for nodes and volumes. Null: keys that Azure manages."
  type        = string
  default     = null
}

variable "maintenance" {
  description = "When Kubernetes and node images may be upgraded: day, start (UTC) and length in hours."
  type = object({
    day   = string
    start = string
    hours = number
  })
  default = { day = "Sunday", start = "01:00", hours = 6 }

  validation {
    condition     = contains(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"], var.maintenance.day) && can(regex("^([01][0-9]|2[0-3]):[0-5][0-9]$", var.maintenance.start)) && var.maintenance.hours >= 4 && var.maintenance.hours <= 24
    error_message = "Use a day such as Sunday, a start such as 01:00, and 4 to 24 hours."
  }
}

variable "vertical_pod_autoscaler" {
  description = "Serve VerticalPodAutoscalers: what they recommend, and apply where they say so."
  type        = bool
  default     = false
}

variable "log_retention_days" {
  description = "How long the control plane's logs are kept."
  type        = number
  default     = 365

  validation {
    condition     = var.log_retention_days >= 365 && var.log_retention_days <= 730
    error_message = "A workspace keeps 30 to 730 days; keep a year at least."
  }
}

variable "tags" {
  description = "Tags on every resource that takes them."
  type        = map(string)
  default     = {}
}

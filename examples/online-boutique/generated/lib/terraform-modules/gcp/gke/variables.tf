variable "name" {
  description = "Name of the cluster; every other name in this module starts with it."
  type        = string

  validation {
    # GKE takes 40: https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters
    condition     = can(regex("^[a-z][a-z0-9-]{0,38}[a-z0-9]$", var.name))
    error_message = "Use 2 to 40 lower-case letters, digits and dashes, starting with a letter."
  }
}

variable "project" {
  description = "ID of the project."
  type        = string
}

variable "location" {
  description = "Region of a highly available cluster, such as europe-west1, or zone of a cheap one, such as europe-west1-b. It cannot change later."
  type        = string

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+(-[a-z])?$", var.location))
    error_message = "Use a region such as europe-west1 or a zone such as europe-west1-b."
  }
}

variable "zones" {
  description = "Zones of the nodes. Empty: three that GKE chooses in a region, or the cluster's own zone."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for zone in var.zones : can(regex("^${join("-", slice(split("-", var.location), 0, 2))}-[a-z]$", zone))])
    error_message = "Name zones of the cluster's region."
  }
}

variable "kubernetes_version" {
  description = "Minor version of the control plane, as \"1.34\"; GKE upgrades it further within the release channel. Null: the channel's default."
  type        = string
  default     = null

  validation {
    condition     = var.kubernetes_version == null || can(regex("^1\\.[0-9]{2}$", var.kubernetes_version))
    error_message = "Use a minor version such as 1.34; GKE chooses the patch."
  }
}

variable "release_channel" {
  description = "How early GKE upgrades."
  type        = string
  default     = "REGULAR"

  validation {
    condition     = contains(["RAPID", "REGULAR", "STABLE", "EXTENDED"], var.release_channel)
    error_message = "Use RAPID, REGULAR, STABLE or EXTENDED."
  }
}

variable "network_id" {
  description = "VPC of the cluster."
  type        = string
}

variable "subnet_id" {
  description = "Subnet of the nodes, in the cluster's region."
  type        = string
}

variable "pods_range" {
  description = "Name of the subnet's secondary range for pods."
  type        = string
  default     = "pods"
}

variable "services_range" {
  description = "Name of the subnet's secondary range for Services."
  type        = string
  default     = "services"
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

variable "webhook_ports" {
  description = "TCP ports of pods that the API server calls admission webhooks on. Default: 8443 Gatekeeper, 10250 Chaos Mesh and the Prometheus operator, 15017 Istio. Empty: no rule."
  type        = set(number)
  default     = [8443, 10250, 15017]

  validation {
    condition     = alltrue([for port in var.webhook_ports : port >= 1 && port <= 65535 && floor(port) == port])
    error_message = "Use ports from 1 to 65535."
  }
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
    disk_type    = optional(string, "pd-balanced")
    labels       = optional(map(string), {})
    taints = optional(list(object({
      key    = string
      value  = optional(string, "")
      effect = string
    })), [])
  }))

  validation {
    condition     = length(var.node_pools) > 0 && alltrue([for name in keys(var.node_pools) : can(regex("^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$", name))])
    error_message = "Name at least one pool; 1 to 40 lower-case letters, digits and dashes, starting with a letter."
  }

  validation {
    condition     = alltrue([for pool in values(var.node_pools) : 0 <= pool.min && pool.min <= pool.initial && pool.initial <= pool.max && pool.max >= 1])
    error_message = "Every pool needs 0 <= min <= initial <= max and a max of at least 1."
  }

  validation {
    condition     = alltrue(flatten([for pool in values(var.node_pools) : [for taint in pool.taints : contains(["NoSchedule", "PreferNoSchedule", "NoExecute"], taint.effect)]]))
    error_message = "A taint's effect is NoSchedule, PreferNoSchedule or NoExecute."
  }

  validation {
    condition     = anytrue([for pool in values(var.node_pools) : length(pool.taints) == 0 && pool.min > 0])
    error_message = "One pool must always have a node without taints: kube-dns and the metrics server have to run somewhere."
  }
}

variable "workload_identities" {
  description = "Rights of Kubernetes service accounts in the project: name → service account, project roles, and names of secrets in Secret Manager that it may read."
  type = map(object({
    namespace       = string
    service_account = string
    roles           = optional(set(string), [])
    secrets         = optional(set(string), [])
  }))
  default = {}

  validation {
    condition     = alltrue(flatten([for identity in values(var.workload_identities) : [for role in identity.roles : !contains(["roles/owner", "roles/editor", "roles/viewer"], role)]]))
    error_message = "Basic roles (owner, editor, viewer) are no roles for pods."
  }
}

variable "registry_ids" {
  description = "Artifact Registry repositories that nodes pull from: name → ID (projects/P/locations/L/repositories/R)."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for id in values(var.registry_ids) : can(regex("^projects/[^/]+/locations/[^/]+/repositories/[^/]+$", id))])
    error_message = "Use IDs such as projects/acme/locations/europe/repositories/images."
  }
}

variable "rbac_security_group" {
  description = "Google group whose nested groups RBAC may name, gke-security-groups@DOMAIN. Null: RBAC names users and service accounts alone."
  type        = string
  default     = null

  validation {
    # https://cloud.google.com/kubernetes-engine/docs/how-to/google-groups-rbac
    condition     = var.rbac_security_group == null || can(regex("^gke-security-groups@.+$", var.rbac_security_group))
    error_message = "GKE takes a group named gke-security-groups only."
  }
}

variable "disk_kms_key_id" {
  description = "Cloud KMS key of the nodes' boot disks, usable by the Compute Engine service agent. Null: a key that Google manages."
  type        = string
  default     = null
}

variable "managed_prometheus" {
  description = "Google's managed Prometheus beside the cluster's own."
  type        = bool
  default     = false
}

variable "vertical_pod_autoscaling" {
  description = "Serve VerticalPodAutoscalers: what they recommend, and apply where they say so."
  type        = bool
  default     = false
}

variable "workload_logs" {
  description = "Send what containers print to Cloud Logging, beside the cluster's own log store."
  type        = bool
  default     = false
}

variable "log_retention_days" {
  description = "How long logs of control plane and system are kept."
  type        = number
  default     = 365

  validation {
    condition     = var.log_retention_days >= 365 && var.log_retention_days <= 3650
    error_message = "Keep them for 365 to 3650 days."
  }
}

variable "maintenance" {
  description = "When GKE may upgrade: days of the week, start (UTC) and length in hours."
  type = object({
    days  = list(string)
    start = string
    hours = number
  })
  default = { days = ["Saturday", "Sunday"], start = "01:00", hours = 6 }

  validation {
    condition     = length(var.maintenance.days) > 0 && alltrue([for day in var.maintenance.days : contains(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"], day)])
    error_message = "Name days such as Saturday."
  }

  validation {
    condition     = can(regex("^([01][0-9]|2[0-3]):[0-5][0-9]$", var.maintenance.start))
    error_message = "Use a time such as 01:00."
  }

  validation {
    # https://cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions#restrictions
    condition     = var.maintenance.hours >= 4 && var.maintenance.hours <= 24 && 4 * length(distinct(var.maintenance.days)) * var.maintenance.hours >= 48
    error_message = "GKE wants windows of at least 4 hours, and 48 hours of them in any 32 days: two days of 6 hours, or one of 12."
  }
}

variable "deletion_protection" {
  description = "Terraform refuses to delete the cluster while this is true."
  type        = bool
  default     = true
}

variable "labels" {
  description = "Labels on every resource that takes them."
  type        = map(string)
  default     = {}
}

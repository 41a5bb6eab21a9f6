variable "name" {
  description = "ID of the Google service account: what stands before @ in its e-mail address."
  type        = string

  validation {
    # https://cloud.google.com/iam/docs/service-accounts-create
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.name))
    error_message = "Use 6 to 30 lower-case letters, digits and dashes, starting with a letter."
  }
}

variable "project" {
  description = "ID of the project that the service account lives in and that its roles are for."
  type        = string
}

variable "workload_identity_pool" {
  description = "Pool of the cluster, PROJECT.svc.id.goog: the output workload_identity_pool of gke or existing-cluster."
  type        = string
}

variable "namespace" {
  description = "Namespace of the Kubernetes service account."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", var.namespace))
    error_message = "Use the name of a namespace."
  }
}

variable "service_account" {
  description = "Name of the Kubernetes service account."
  type        = string

  validation {
    condition     = length(var.service_account) <= 253 && can(regex("^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", var.service_account))
    error_message = "Use the name of a Kubernetes service account."
  }
}

variable "roles" {
  description = "Roles on the project, such as roles/dns.admin."
  type        = set(string)

  validation {
    condition     = length(var.roles) > 0 && alltrue([for role in var.roles : can(regex("^((projects|organizations)/[^/]+/)?roles/[A-Za-z0-9_.]+$", role))])
    error_message = "Name at least one role, as roles/dns.admin or projects/acme/roles/ownRole."
  }

  validation {
    condition     = alltrue([for role in var.roles : !contains(["roles/owner", "roles/editor", "roles/viewer"], role)])
    error_message = "Basic roles (owner, editor, viewer) are no roles for pods."
  }
}

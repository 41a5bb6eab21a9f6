variable "name" {
  description = "Name of the managed identity, and of its federated credential."
  type        = string

  validation {
    # A credential's is the shorter one: https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$", var.name))
    error_message = "Use 3 to 120 letters, digits, dashes and underscores, starting with a letter or digit."
  }
}

variable "subscription_id" {
  description = "ID of the subscription that the roles are for."
  type        = string

  validation {
    condition     = can(regex("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", var.subscription_id))
    error_message = "Use the ID of a subscription, without /subscriptions/."
  }
}

variable "resource_group_name" {
  description = "Resource group of the managed identity."
  type        = string
}

variable "region" {
  description = "Azure region of the managed identity, such as westeurope."
  type        = string
}

variable "oidc_issuer" {
  description = "Issuer of the cluster's service account tokens: the output oidc_issuer of aks or existing-cluster."
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
  description = "Names of roles on the subscription, such as \"DNS Zone Contributor\"."
  type        = set(string)

  validation {
    condition     = length(var.roles) > 0 && alltrue([for role in var.roles : trimspace(role) != ""])
    error_message = "Name at least one role."
  }

  validation {
    # https://learn.microsoft.com/azure/role-based-access-control/built-in-roles#privileged
    condition     = alltrue([for role in var.roles : !contains(["owner", "contributor", "user access administrator", "role based access control administrator"], lower(role))])
    error_message = "Owner, Contributor and those who give roles to others are no roles for pods."
  }
}

variable "tags" {
  description = "Tags on every resource that takes them."
  type        = map(string)
  default     = {}
}

variable "name" {
  description = "Name of the storage account; unique in all of Azure."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9]{3,24}$", var.name))
    error_message = "Use 3 to 24 lower-case letters and digits."
  }
}

variable "resource_group_name" {
  description = "Resource group of the account; this module makes it."
  type        = string
}

variable "region" {
  description = "Azure region, such as westeurope."
  type        = string
}

variable "zone_redundant" {
  description = "Three copies in three zones. False where the region has no zones: three copies in one place."
  type        = bool
  default     = true
}

variable "container" {
  description = "Name of the container."
  type        = string
  default     = "tfstate"

  validation {
    condition     = can(regex("^[a-z0-9](-?[a-z0-9]){2,62}$", var.container))
    error_message = "Use 3 to 63 lower-case letters, digits and single dashes."
  }
}

variable "writers" {
  description = "Entra principals that plan and apply: name (the CI identity, the in-cluster controller) → object ID. They alone get rights on the data."
  type        = map(string)
  default     = {}
}

variable "network" {
  description = "Where the account may be reached from: public ranges (/30 or larger) and subnets with the Microsoft.Storage service endpoint. Null: from anywhere, with Entra credentials."
  type = object({
    cidrs      = optional(list(string), [])
    subnet_ids = optional(list(string), [])
  })
  default = null
}

variable "noncurrent_days" {
  description = "How long replaced and deleted versions of a state are kept."
  type        = number
  default     = 365

  validation {
    condition     = var.noncurrent_days >= 30 && var.noncurrent_days <= 365
    error_message = "Keep 30 to 365 days: a broken state is not always noticed the same week."
  }
}

variable "log_workspace_id" {
  description = "Log Analytics workspace that records who read and wrote state. Null: no record."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags on every resource that takes them."
  type        = map(string)
  default     = {}
}

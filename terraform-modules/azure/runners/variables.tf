variable "name" {
  description = "Name of the runner pool; every other name in this module starts with it."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,38}[a-z0-9]$", var.name))
    error_message = "Use 2 to 40 lower-case letters, digits and dashes, starting with a letter."
  }
}

variable "resource_group_name" {
  description = "Resource group of the runners."
  type        = string
}

variable "region" {
  description = "Azure region, such as westeurope."
  type        = string
}

variable "zones" {
  description = "Availability zones of the machines. Empty where the region has none."
  type        = list(string)
  default     = ["1", "2", "3"]
}

variable "subnet_id" {
  description = "Subnet of the runners, with a way out to GitHub."
  type        = string
}

variable "machine_type" {
  description = "VM size, such as Standard_D4s_v5; ARM sizes get ARM images."
  type        = string

  validation {
    condition     = can(regex("^Standard_[A-Za-z0-9_-]+$", var.machine_type))
    error_message = "Use a VM size such as Standard_D4s_v5."
  }
}

variable "spot" {
  description = "Spot capacity, at most at the on-demand price. An evicted machine fails its job, which has to be run again."
  type        = bool
  default     = true
}

variable "min" {
  description = "Fewest machines. 0 parks the pool when it is idle, and nothing in this module can wake it."
  type        = number

  validation {
    condition     = var.min >= 0
    error_message = "Use 0 or more."
  }
}

variable "max" {
  description = "Most machines."
  type        = number

  validation {
    condition     = var.max >= 1 && var.max >= var.min
    error_message = "Use at least 1, and no less than min."
  }
}

variable "disk_gb" {
  description = "Size of the OS disk."
  type        = number
  default     = 100
}

variable "runner_labels" {
  description = "Labels that jobs ask for in `runs-on`."
  type        = list(string)

  validation {
    condition     = length(var.runner_labels) >= 1 && alltrue([for label in var.runner_labels : can(regex("^[A-Za-z0-9._-]+$", label))])
    error_message = "Name at least one label, of letters, digits, dots, dashes and underscores."
  }
}

variable "repository_url" {
  description = "What the runners serve: https://github.com/owner/repository, or https://github.com/owner for an organisation. GitHub Enterprise Server by its own host."
  type        = string

  validation {
    condition     = can(regex("^https://[a-z0-9.-]+/[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)?$", var.repository_url)) && !endswith(var.repository_url, ".git")
    error_message = "Use a URL such as https://github.com/owner/repository, without .git."
  }
}

variable "key_vault_id" {
  description = "Key vault with the token; it authorises by role."
  type        = string

  validation {
    condition     = can(regex("^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft.KeyVault/vaults/[A-Za-z0-9-]+$", var.key_vault_id))
    error_message = "Use the ID of a key vault."
  }
}

variable "token_secret" {
  description = "Name of the secret with the token that may register runners (fine-grained: Administration write on the repository, or Self-hosted runners write on the organisation)."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9-]{1,127}$", var.token_secret))
    error_message = "Use 1 to 127 letters, digits and dashes."
  }
}

variable "disk_encryption_set_id" {
  description = "Disk encryption set of the OS disks. Null: keys that Azure manages."
  type        = string
  default     = null
}

variable "ssh_public_key" {
  description = "Azure makes no Linux machine without one. Null: a key that has no private half; nothing listens for SSH either way."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags on every resource that takes them."
  type        = map(string)
  default     = {}
}

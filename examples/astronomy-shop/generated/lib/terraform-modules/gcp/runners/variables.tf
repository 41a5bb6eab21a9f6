variable "name" {
  description = "Name of the runner pool; every other name in this module starts with it."
  type        = string

  validation {
    # It is a service account's ID too: https://cloud.google.com/iam/docs/service-accounts-create
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.name))
    error_message = "Use 6 to 30 lower-case letters, digits and dashes, starting with a letter."
  }
}

variable "project" {
  description = "ID of the project."
  type        = string
}

variable "region" {
  description = "Region of the runners; they are spread over its zones."
  type        = string
}

variable "network_id" {
  description = "VPC of the runners, in the same project."
  type        = string
}

variable "subnet_id" {
  description = "Subnet of the runners, with a way out to GitHub."
  type        = string
}

variable "machine_type" {
  description = "Machine type, such as e2-standard-4; Axion and Ampere types get ARM images."
  type        = string
}

variable "spot" {
  description = "Spot capacity. A reclaimed instance fails its job, which has to be run again."
  type        = bool
  default     = true
}

variable "min" {
  description = "Fewest instances; the size of a pool whose max is the same."
  type        = number

  validation {
    condition     = var.min >= 0 && floor(var.min) == var.min
    error_message = "Use a whole number of 0 or more."
  }
}

variable "max" {
  description = "Most instances."
  type        = number

  validation {
    condition     = var.max >= 1 && var.max >= var.min
    error_message = "Use at least 1, and no less than min."
  }
}

variable "scale_in" {
  description = "Let the autoscaler take instances away when load is low, even one that runs a job. Without it a pool only grows, up to max."
  type        = bool
  default     = false
}

variable "disk_gb" {
  description = "Size of the boot disk."
  type        = number
  default     = 100
}

variable "disk_type" {
  description = "Type of the boot disk; hyperdisk-balanced for families that take no persistent disk, such as N4, C4 and C4A."
  type        = string
  default     = "pd-balanced"
}

variable "disk_kms_key_id" {
  description = "Cloud KMS key of the boot disks, usable by the Compute Engine service agent. Null: a key that Google manages."
  type        = string
  default     = null
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

variable "token_secret" {
  description = "Name of the Secret Manager secret, in the same project, with the token that may register runners (fine-grained: Administration write on the repository, or Self-hosted runners write on the organisation)."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,255}$", var.token_secret))
    error_message = "Use the name of a secret: letters, digits, dashes and underscores."
  }
}

variable "image_id" {
  description = "Image or image family with systemd-resolved, curl and apt. Null: the newest Ubuntu 24.04 LTS at the start of each instance."
  type        = string
  default     = null
}

variable "labels" {
  description = "Labels on every resource that takes them."
  type        = map(string)
  default     = {}
}

variable "name" {
  description = "Name of the runner pool; every other name in this module starts with it."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,38}[a-z0-9]$", var.name))
    error_message = "Use 2 to 40 lower-case letters, digits and dashes, starting with a letter."
  }
}

variable "network_id" {
  description = "VPC of the runners."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets of the runners, with a way out to GitHub."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 1
    error_message = "Pass at least one subnet."
  }
}

variable "machine_type" {
  description = "EC2 instance type, such as m6i.xlarge; Graviton types get ARM images."
  type        = string
}

variable "spot" {
  description = "Spot capacity, at most at the on-demand price. A reclaimed instance fails its job, which has to be run again."
  type        = bool
  default     = true
}

variable "min" {
  description = "Fewest instances. 0 parks the pool when it is idle, and nothing in this module can wake it."
  type        = number

  validation {
    condition     = var.min >= 0
    error_message = "Use 0 or more."
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

variable "disk_gb" {
  description = "Size of the root volume."
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

variable "token_secret" {
  description = "Name of the Secrets Manager secret with the token that may register runners (fine-grained: Administration write on the repository, or Self-hosted runners write on the organisation)."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9/_+=.@-]{1,512}$", var.token_secret))
    error_message = "Use the name of a secret, not its ARN."
  }
}

variable "token_kms_key_arn" {
  description = "The secret's own key. Null when it uses the account's Secrets Manager key."
  type        = string
  default     = null
}

variable "disk_kms_key_id" {
  description = "ARN of the key of the volumes. Null: the account's own EBS key. The role AWSServiceRoleForAutoScaling must be allowed to use it."
  type        = string
  default     = null
}

variable "image_id" {
  description = "AMI with systemd, curl, dnf and the AWS CLI. Null: the newest Amazon Linux 2023 at the start of each instance."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags on every resource that takes them."
  type        = map(string)
  default     = {}
}

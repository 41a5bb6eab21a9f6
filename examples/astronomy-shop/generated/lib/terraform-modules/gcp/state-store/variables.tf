variable "name" {
  description = "Name of the bucket; unique in all of Google Cloud."
  type        = string

  validation {
    # https://cloud.google.com/storage/docs/buckets#naming, without dots (those are domains) and underscores.
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.name)) && !startswith(var.name, "goog")
    error_message = "Use 3 to 63 lower-case letters, digits and dashes; not starting with goog."
  }
}

variable "project" {
  description = "ID of the project."
  type        = string
}

variable "location" {
  description = "Region, or dual-region such as EUR4 or NAM4, which survives the loss of one. It cannot change later."
  type        = string
}

variable "writers" {
  description = "Who plans and applies, as IAM members: the CI identity and the in-cluster controller's (serviceAccount:..., principalSet://...). Empty: the project's IAM alone decides."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for member in var.writers : can(regex("^(serviceAccount:|group:|user:|principal://|principalSet://)", member))])
    error_message = "Use IAM members such as serviceAccount:ci@project.iam.gserviceaccount.com; allUsers is not one of them."
  }
}

variable "kms_key_id" {
  description = "Cloud KMS key in the bucket's location. Null: a key that Google manages."
  type        = string
  default     = null
}

variable "noncurrent_days" {
  description = "How long replaced versions of a state are kept. The newest twenty are kept however old they are."
  type        = number
  default     = 365

  validation {
    condition     = var.noncurrent_days >= 30
    error_message = "Keep at least 30 days: a broken state is not always noticed the same week."
  }
}

variable "access_log_bucket" {
  description = "Bucket that receives the access logs. Null: no access logs; Cloud Audit Logs for data access are the other way to know who read state."
  type        = string
  default     = null
}

variable "labels" {
  description = "Labels on every resource that takes them."
  type        = map(string)
  default     = {}
}

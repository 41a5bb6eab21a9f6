variable "name" {
  description = "Name of the bucket; unique in all of AWS."
  type        = string

  validation {
    # https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html, without dots: they break TLS.
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.name))
    error_message = "Use 3 to 63 lower-case letters, digits and dashes."
  }
}

variable "writers" {
  description = "ARNs of the IAM roles that plan and apply: the CI role and the in-cluster controller's. Nobody else in the account may read state. Empty: IAM alone decides."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.writers : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/", arn))])
    error_message = "Use ARNs of IAM roles."
  }
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
  description = "Bucket that receives the access logs, already prepared for them. Null: no access logs; CloudTrail's data events are the other way to know who read state."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags on every resource that takes them."
  type        = map(string)
  default     = {}
}

variable "name" {
  description = "Name of the EKS cluster that is already there."
  type        = string

  validation {
    condition     = can(regex("^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$", var.name))
    error_message = "Use the name of an EKS cluster."
  }
}

variable "oidc_provider" {
  description = "Whether the account has an IAM OIDC provider for the cluster's issuer; one that only uses Pod Identity needs none."
  type        = bool
  default     = true
}

variable "name" {
  description = "Name of the IAM role."
  type        = string

  validation {
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    condition     = can(regex("^[A-Za-z0-9+=,.@_-]{1,64}$", var.name))
    error_message = "Use 1 to 64 letters, digits and + = , . @ _ -."
  }
}

variable "cluster_name" {
  description = "Name of the EKS cluster: the output cluster_name of eks or existing-cluster."
  type        = string
}

variable "cluster_id" {
  description = "ARN of the EKS cluster: the output cluster_id of eks or existing-cluster."
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

variable "statements" {
  description = "What the role allows: actions such as route53:ChangeResourceRecordSets, each with the ARNs that they are for, or \"*\" where an action has no narrower resource."
  type = list(object({
    actions   = list(string)
    resources = list(string)
  }))

  validation {
    condition     = length(var.statements) > 0 && alltrue([for statement in var.statements : length(statement.actions) > 0 && length(statement.resources) > 0])
    error_message = "Name at least one statement; each has actions and resources."
  }

  validation {
    condition     = alltrue(flatten([for statement in var.statements : [for action in statement.actions : can(regex("^[a-z0-9-]+:[?*]*[A-Za-z][A-Za-z0-9?*]*$", action))]]))
    error_message = "An action is service:Action, and not everything of a service."
  }

  validation {
    condition     = alltrue(flatten([for statement in var.statements : [for resource in statement.resources : resource == "*" || startswith(resource, "arn:")]]))
    error_message = "A resource is an ARN, or \"*\"."
  }
}

variable "tags" {
  description = "Tags on every resource that takes them."
  type        = map(string)
  default     = {}
}

variable "name" {
  description = "Name of the AKS cluster that is already there."
  type        = string
}

variable "resource_group_name" {
  description = "Resource group of the cluster."
  type        = string
}

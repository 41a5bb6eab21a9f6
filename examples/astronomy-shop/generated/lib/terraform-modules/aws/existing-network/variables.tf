variable "name" {
  description = "Name of the VPC that is already there (its Name tag)."
  type        = string
}

variable "private_subnet_tags" {
  description = "Tags that mark its private subnets, for nodes and runners."
  type        = map(string)
  default     = { "kubernetes.io/role/internal-elb" = "1" }
}

variable "public_subnet_tags" {
  description = "Tags that mark its public subnets, for load balancers."
  type        = map(string)
  default     = { "kubernetes.io/role/elb" = "1" }
}

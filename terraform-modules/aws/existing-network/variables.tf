variable "network_id" {
  description = "ID of the VPC that is already there."
  type        = string

  validation {
    condition     = can(regex("^vpc-[0-9a-f]+$", var.network_id))
    error_message = "Use the ID of a VPC, such as vpc-0a1b2c3d."
  }
}

variable "subnet_ids" {
  description = "Its private subnets that nodes and runners may use."
  type        = set(string)

  validation {
    condition     = length(var.subnet_ids) >= 1 && alltrue([for id in var.subnet_ids : can(regex("^subnet-[0-9a-f]+$", id))])
    error_message = "Use at least one subnet ID, such as subnet-0a1b2c3d."
  }
}

variable "public_subnet_ids" {
  description = "Its public subnets, for load balancers."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for id in var.public_subnet_ids : can(regex("^subnet-[0-9a-f]+$", id))])
    error_message = "Use subnet IDs, such as subnet-0a1b2c3d."
  }
}

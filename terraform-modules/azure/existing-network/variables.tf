variable "name" {
  description = "Name of the virtual network that is already there."
  type        = string
}

variable "resource_group_name" {
  description = "Resource group of the virtual network. Null: it has the network's name, as in ../network."
  type        = string
  default     = null
}

variable "node_subnet" {
  description = "Name of its subnet for the clusters' nodes."
  type        = string
}

variable "runner_subnet" {
  description = "Name of its subnet for CI runners. Null: the nodes'."
  type        = string
  default     = null
}

variable "endpoint_subnet" {
  description = "Name of its subnet for private endpoints. Null: the nodes'."
  type        = string
  default     = null
}

variable "nat_gateway" {
  description = "Name of the NAT gateway on those subnets, in the same resource group. Null: something else is their way out."
  type        = string
  default     = null
}

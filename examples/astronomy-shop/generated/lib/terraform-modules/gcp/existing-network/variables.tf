variable "name" {
  description = "Name of the VPC that is already there."
  type        = string
}

variable "project" {
  description = "ID of its project."
  type        = string
}

variable "subnets" {
  description = "Its subnets to use: name → region and, where clusters run, the names of the secondary ranges."
  type = map(object({
    region         = string
    pods_range     = optional(string)
    services_range = optional(string)
  }))

  validation {
    condition     = length(var.subnets) > 0
    error_message = "Name at least one subnet."
  }
}

variable "egress_ips" {
  description = "Public addresses that the network is seen from, for those who read this root's state. Data sources cannot know what leaves by a firewall appliance."
  type        = list(string)
  default     = []
}

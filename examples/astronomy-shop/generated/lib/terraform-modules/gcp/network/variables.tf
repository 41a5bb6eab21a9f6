variable "name" {
  description = "Name of the VPC; every other name in this module starts with it."
  type        = string

  validation {
    # Names end at 63 characters; the longest suffix here (an address in northamerica-northeast1) takes 31.
    condition     = can(regex("^[a-z][a-z0-9-]{0,28}[a-z0-9]$", var.name))
    error_message = "Use 2 to 30 lower-case letters, digits and dashes, starting with a letter."
  }
}

variable "project" {
  description = "ID of the project."
  type        = string

  validation {
    # https://cloud.google.com/resource-manager/docs/creating-managing-projects#before_you_begin
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "Use a project ID: 6 to 30 lower-case letters, digits and dashes, starting with a letter."
  }
}

variable "subnets" {
  description = "Subnets: name → region, range of the nodes and, where clusters run, ranges of their pods and Services."
  type = map(object({
    region        = string
    cidr          = string
    pods_cidr     = optional(string)
    services_cidr = optional(string)
  }))

  validation {
    condition     = length(var.subnets) > 0 && alltrue([for name in keys(var.subnets) : can(regex("^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$", name))])
    error_message = "Name at least one subnet; 1 to 63 lower-case letters, digits and dashes, starting with a letter."
  }

  validation {
    condition = alltrue(flatten([for subnet in values(var.subnets) : [
      for cidr in compact([subnet.cidr, subnet.pods_cidr, subnet.services_cidr]) : can(cidrhost(cidr, 0)) && try(cidrhost(cidr, 0) == split("/", cidr)[0], false)
    ]]))
    error_message = "Use IPv4 ranges that start at their network address, such as 10.0.1.0/24."
  }

  validation {
    # https://cloud.google.com/vpc/docs/subnets#limitations
    condition     = alltrue([for subnet in values(var.subnets) : try(tonumber(split("/", subnet.cidr)[1]) <= 29, false)])
    error_message = "A subnet is /29 at least."
  }

  validation {
    condition     = alltrue([for subnet in values(var.subnets) : (subnet.pods_cidr == null) == (subnet.services_cidr == null)])
    error_message = "A cluster needs both pods_cidr and services_cidr."
  }
}

variable "nat_ips" {
  description = "Reserved public addresses per region. Each one carries 64,512 connections to one and the same destination."
  type        = number
  default     = 1

  validation {
    condition     = var.nat_ips >= 1 && var.nat_ips <= 16
    error_message = "Use 1 to 16 addresses."
  }
}

variable "health_checks" {
  description = "Let Google's load balancers and health checkers reach the network. GKE opens its own ports for Services of type LoadBalancer."
  type        = bool
  default     = true
}

variable "iap_ports" {
  description = "TCP ports that people allowed by Identity-Aware Proxy may reach, such as 22. Empty: none."
  type        = set(number)
  default     = []

  validation {
    condition     = alltrue([for port in var.iap_ports : port >= 1 && port <= 65535])
    error_message = "Use ports from 1 to 65535."
  }
}

variable "log_retention_days" {
  description = "How long logs of flows, firewall and NAT are kept."
  type        = number
  default     = 365

  validation {
    condition     = var.log_retention_days >= 365 && var.log_retention_days <= 3650
    error_message = "Keep them for 365 to 3650 days."
  }
}

variable "log_location" {
  description = "Where those logs are kept: a region, or global. It cannot change later."
  type        = string
  default     = "global"
}

variable "labels" {
  description = "Labels on every resource that takes them."
  type        = map(string)
  default     = {}
}

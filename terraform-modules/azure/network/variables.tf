variable "name" {
  description = "Name of the virtual network and of its resource group; every other name in this module starts with it."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,58}[a-z0-9]$", var.name))
    error_message = "Use 2 to 60 lower-case letters, digits and dashes, starting with a letter."
  }
}

variable "region" {
  description = "Azure region, such as westeurope."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9]+$", var.region))
    error_message = "Use the short name of a region, such as westeurope."
  }
}

variable "cidr" {
  description = "Address range of the virtual network: its first half is the nodes', the rest is shared out to runners and private endpoints."
  type        = string

  validation {
    # Below /25 the parts for runners and endpoints would be smaller than the /29 that Azure allows.
    condition     = can(cidrhost(var.cidr, 0)) && try(tonumber(split("/", var.cidr)[1]) >= 8 && tonumber(split("/", var.cidr)[1]) <= 24, false)
    error_message = "Use an IPv4 range between /8 and /24."
  }
}

variable "zones" {
  description = "Availability zones that the way out and the flow logs are spread over. Empty where the region has none."
  type        = list(string)
  default     = ["1", "2", "3"]

  validation {
    condition     = alltrue([for zone in var.zones : contains(["1", "2", "3"], zone)]) && length(distinct(var.zones)) == length(var.zones)
    error_message = "Use zones out of 1, 2 and 3, each once."
  }
}

variable "ingress_ports" {
  description = "TCP ports that the internet may reach through public load balancers of the clusters. Empty: none."
  type        = set(number)
  default     = []

  validation {
    condition     = alltrue([for port in var.ingress_ports : port >= 1 && port <= 65535 && !contains([22, 3389], port)])
    error_message = "Use ports from 1 to 65535, and neither SSH (22) nor RDP (3389)."
  }
}

variable "service_endpoints" {
  description = "Azure services that nodes and runners reach over Azure's own network."
  type        = set(string)
  default     = ["Microsoft.ContainerRegistry", "Microsoft.KeyVault", "Microsoft.Storage"]
}

variable "network_watcher" {
  description = "The region's network watcher, of which Azure allows one. Null: the one that Azure makes by itself."
  type = object({
    name                = string
    resource_group_name = string
  })
  default = null
}

variable "log_retention_days" {
  description = "How long flow logs are kept."
  type        = number
  default     = 365

  validation {
    condition     = var.log_retention_days >= 365
    error_message = "Keep flow logs for a year at least."
  }
}

variable "tags" {
  description = "Tags on every resource that takes them."
  type        = map(string)
  default     = {}
}

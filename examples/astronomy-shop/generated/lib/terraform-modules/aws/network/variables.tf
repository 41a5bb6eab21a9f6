variable "name" {
  description = "Name of the VPC; every other name in this module starts with it."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,38}[a-z0-9]$", var.name))
    error_message = "Use 2 to 40 lower-case letters, digits and dashes, starting with a letter."
  }
}

variable "cidr" {
  description = "Address range of the VPC. Every zone gets one private and one public part of it."
  type        = string

  validation {
    # A VPC is /16 at most and a subnet /28 at least: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
    condition     = can(cidrhost(var.cidr, 0)) && try(tonumber(split("/", var.cidr)[1]) >= 16 && tonumber(split("/", var.cidr)[1]) + 2 * ceil(log(coalesce(var.parts, length(var.zones) + 1), 2)) <= 28, false)
    error_message = "Use an IPv4 range from /16 to /24 (quarters) or /22 (eighths): a public subnet must not be smaller than /28."
  }
}

variable "zones" {
  description = "Availability zones by name, three to seven of them. Without part_of their order decides which part of the range each one gets, so append, never reorder."
  type        = list(string)

  validation {
    condition     = length(var.zones) >= 3 && length(var.zones) <= 7 && length(distinct(var.zones)) == length(var.zones)
    error_message = "Name three to seven different zones: two cannot hold a quorum when one is lost."
  }
}

variable "parts" {
  description = "Into how many equal parts the range is cut: one for each zone, and the last for the public subnets. Null cuts as few as the zones need, so that a fourth zone recuts all."
  type        = number
  default     = null

  validation {
    condition     = var.parts == null || try(contains([4, 8], var.parts) && var.parts > length(var.zones), false)
    error_message = "Use 4 or 8, and more than there are zones."
  }
}

variable "part_of" {
  description = "Which part of the range each zone has, from 0. Null goes by the order of zones."
  type        = map(number)
  default     = null

  validation {
    condition = var.part_of == null || try(
      length(distinct(values(var.part_of))) == length(var.part_of) &&
      alltrue([for zone in var.zones : contains(keys(var.part_of), zone)]) &&
      alltrue([for part in values(var.part_of) : part >= 0 && part < coalesce(var.parts, pow(2, ceil(log(length(var.zones) + 1, 2)))) - 1]),
    false)
    error_message = "Give each zone a part of its own; the last part is that of the public subnets."
  }
}

variable "nat_gateways" {
  description = "per-zone survives the loss of a zone; single is cheaper and ends all egress with its zone; none leaves only the VPC endpoints."
  type        = string
  default     = "per-zone"

  validation {
    condition     = contains(["per-zone", "single", "none"], var.nat_gateways)
    error_message = "Use per-zone, single or none."
  }
}

variable "interface_endpoints" {
  description = "AWS services reached over private addresses instead of NAT. Each one costs an hourly price per zone."
  type        = set(string)
  default     = ["ec2", "ecr.api", "ecr.dkr", "kms", "logs", "secretsmanager", "sts"]
}

variable "log_retention_days" {
  description = "How long flow logs are kept."
  type        = number
  default     = 365

  validation {
    # CloudWatch accepts only these: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
    condition     = contains([365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "Use one of CloudWatch's periods of at least a year: 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653."
  }
}

variable "tags" {
  description = "Tags on every resource that takes them."
  type        = map(string)
  default     = {}
}

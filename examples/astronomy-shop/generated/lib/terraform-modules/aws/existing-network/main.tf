# A VPC that somebody else owns: read, checked, and never changed.

data "aws_vpc" "this" {
  tags = { Name = var.name } # none or several is an error

  lifecycle {
    postcondition {
      condition     = self.enable_dns_support && self.enable_dns_hostnames
      error_message = "The VPC ${var.name} lacks DNS support or DNS hostnames: the private endpoint of EKS would not resolve."
    }
  }
}

data "aws_subnets" "private" {
  tags = var.private_subnet_tags

  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.this.id]
  }
}

data "aws_subnet" "private" {
  for_each = toset(data.aws_subnets.private.ids)

  id = each.key

  lifecycle {
    postcondition {
      condition     = !self.map_public_ip_on_launch
      error_message = "${self.id} hands out public addresses: nodes do not belong there."
    }
  }
}

data "aws_subnets" "public" {
  tags = var.public_subnet_tags

  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.this.id]
  }
}

data "aws_subnet" "public" {
  for_each = toset(data.aws_subnets.public.ids)

  id = each.key
}

data "aws_nat_gateways" "this" {
  vpc_id = data.aws_vpc.this.id

  filter {
    name   = "state"
    values = ["available"]
  }
}

data "aws_nat_gateway" "this" {
  for_each = toset(data.aws_nat_gateways.this.ids)

  id = each.key
}

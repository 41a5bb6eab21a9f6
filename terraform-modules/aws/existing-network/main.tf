# A VPC that somebody else owns: read, checked, and never changed.

data "aws_vpc" "this" {
  id = var.network_id
}

data "aws_subnet" "private" {
  for_each = var.subnet_ids

  id     = each.key
  vpc_id = data.aws_vpc.this.id # fails here, by name, when a subnet is another network's

  lifecycle {
    postcondition {
      condition     = !self.map_public_ip_on_launch
      error_message = "${self.id} hands out public addresses: nodes do not belong there."
    }
  }
}

data "aws_subnet" "public" {
  for_each = var.public_subnet_ids

  id     = each.key
  vpc_id = data.aws_vpc.this.id
}

# NAT gateways by the addresses that the outside sees.
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

# One VPC in the region of the provider: private subnets for nodes, public ones for NAT and load balancers alone.

data "aws_region" "this" {}
data "aws_partition" "this" {}
data "aws_caller_identity" "this" {}

locals {
  # n private parts and one last part that is shared out to the public subnets: 3 zones → 4 quarters, 4 to 7 zones → 8 eighths.
  bits    = ceil(log(coalesce(var.parts, length(var.zones) + 1), 2))
  part_of = coalesce(var.part_of, { for i, zone in var.zones : zone => i })
  private = { for zone in var.zones : zone => cidrsubnet(var.cidr, local.bits, local.part_of[zone]) }
  public  = { for zone in var.zones : zone => cidrsubnet(cidrsubnet(var.cidr, local.bits, pow(2, local.bits) - 1), local.bits, local.part_of[zone]) }

  nat_zones = { "per-zone" = var.zones, "single" = slice(var.zones, 0, 1), "none" = [] }[var.nat_gateways]
}

resource "aws_vpc" "this" {
  cidr_block           = var.cidr
  enable_dns_support   = true
  enable_dns_hostnames = true # private names of VPC endpoints and of the EKS endpoint resolve only with both

  tags = merge(var.tags, { Name = var.name })
}

# AWS creates it open; anything that forgets its own group would land in it.
resource "aws_default_security_group" "closed" {
  vpc_id  = aws_vpc.this.id
  ingress = [] # said, or the provider takes whatever is there later for granted
  egress  = []

  tags = merge(var.tags, { Name = "${var.name}-default-closed" })
}

# --- Subnets -------------------------------------------------------------------------------------------------------

resource "aws_subnet" "private" {
  for_each = local.private

  vpc_id                  = aws_vpc.this.id
  availability_zone       = each.key
  cidr_block              = each.value
  map_public_ip_on_launch = false

  # Found by the load balancer controller: https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html
  tags = merge(var.tags, { Name = "${var.name}-private-${each.key}", "kubernetes.io/role/internal-elb" = "1" })
}

resource "aws_subnet" "public" {
  for_each = local.public

  vpc_id                  = aws_vpc.this.id
  availability_zone       = each.key
  cidr_block              = each.value
  map_public_ip_on_launch = false # NAT gateways and load balancers bring their own addresses

  tags = merge(var.tags, { Name = "${var.name}-public-${each.key}", "kubernetes.io/role/elb" = "1" })
}

# --- Ways out ------------------------------------------------------------------------------------------------------

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id

  tags = merge(var.tags, { Name = var.name })
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.this.id

  tags = merge(var.tags, { Name = "${var.name}-public" })
}

resource "aws_route" "internet" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this.id
}

resource "aws_route_table_association" "public" {
  for_each = aws_subnet.public

  subnet_id      = each.value.id
  route_table_id = aws_route_table.public.id
}

resource "aws_eip" "nat" {
  for_each = toset(local.nat_zones)

  domain = "vpc"

  tags = merge(var.tags, { Name = "${var.name}-nat-${each.key}" })
}

resource "aws_nat_gateway" "this" {
  for_each = toset(local.nat_zones)

  allocation_id = aws_eip.nat[each.key].id
  subnet_id     = aws_subnet.public[each.key].id

  tags = merge(var.tags, { Name = "${var.name}-${each.key}" })

  depends_on = [aws_internet_gateway.this]
}

# One table per zone whatever the number of gateways, so that moving from single to per-zone only edits routes.
resource "aws_route_table" "private" {
  for_each = local.private

  vpc_id = aws_vpc.this.id

  tags = merge(var.tags, { Name = "${var.name}-private-${each.key}" })
}

resource "aws_route" "nat" {
  for_each = length(local.nat_zones) > 0 ? local.private : {}

  route_table_id         = aws_route_table.private[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this[contains(local.nat_zones, each.key) ? each.key : local.nat_zones[0]].id
}

resource "aws_route_table_association" "private" {
  for_each = aws_subnet.private

  subnet_id      = each.value.id
  route_table_id = aws_route_table.private[each.key].id
}

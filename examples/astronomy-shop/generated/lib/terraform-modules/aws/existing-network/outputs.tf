output "network_id" {
  description = "ID of the VPC."
  value       = data.aws_vpc.this.id
}

output "cidr" {
  description = "Address range of the VPC."
  value       = data.aws_vpc.this.cidr_block
}

output "subnet_ids" {
  description = "Private subnets, for nodes and runners: zone → ID."
  value       = { for subnet in data.aws_subnet.private : subnet.availability_zone => subnet.id } # two in one zone are an error

  precondition {
    condition     = length(data.aws_subnet.private) >= 3
    error_message = "The VPC needs private subnets in three zones, marked by private_subnet_tags."
  }
}

output "public_subnet_ids" {
  description = "Public subnets, for load balancers: zone → ID."
  value       = { for subnet in data.aws_subnet.public : subnet.availability_zone => subnet.id }
}

output "egress_ips" {
  description = "Public addresses that everything in the VPC is seen from."
  value       = compact([for gateway in data.aws_nat_gateway.this : gateway.public_ip])
}

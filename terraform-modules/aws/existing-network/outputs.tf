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
  value       = { for subnet in data.aws_subnet.private : subnet.availability_zone => subnet.id }

  precondition {
    condition     = length(distinct([for subnet in data.aws_subnet.private : subnet.availability_zone])) == length(var.subnet_ids)
    error_message = "Name one private subnet per zone."
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

output "network_id" {
  description = "ID of the VPC."
  value       = aws_vpc.this.id
}

output "cidr" {
  description = "Address range of the VPC."
  value       = aws_vpc.this.cidr_block
}

output "subnet_ids" {
  description = "Private subnets, for nodes and runners: zone → ID."
  value       = { for zone, subnet in aws_subnet.private : zone => subnet.id }
}

output "public_subnet_ids" {
  description = "Public subnets, for load balancers: zone → ID."
  value       = { for zone, subnet in aws_subnet.public : zone => subnet.id }
}

output "egress_ips" {
  description = "Public addresses that everything in the VPC is seen from."
  value       = [for address in aws_eip.nat : address.public_ip]
}

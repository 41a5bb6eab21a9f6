output "resource_group_name" {
  description = "Resource group of the network."
  value       = data.azurerm_virtual_network.this.resource_group_name
}

output "region" {
  description = "Region of the network."
  value       = data.azurerm_virtual_network.this.location
}

output "network_id" {
  description = "ID of the virtual network."
  value       = data.azurerm_virtual_network.this.id
}

output "cidr" {
  description = "Address range of the virtual network, the first if it has several."
  value       = data.azurerm_virtual_network.this.address_space[0]
}

output "node_subnet_id" {
  description = "Subnet of the clusters' nodes."
  value       = data.azurerm_subnet.this["nodes"].id
}

output "runner_subnet_id" {
  description = "Subnet of the CI runners."
  value       = data.azurerm_subnet.this["runners"].id
}

output "endpoint_subnet_id" {
  description = "Subnet of private endpoints."
  value       = data.azurerm_subnet.this["endpoints"].id
}

output "egress_ips" {
  description = "Public addresses that everything in the network is seen from; empty when they are not a NAT gateway's."
  value       = [for address in data.azurerm_public_ip.nat : address.ip_address]
}

output "resource_group_name" {
  description = "Resource group of the network."
  value       = azurerm_resource_group.this.name
}

output "region" {
  description = "Region of the network."
  value       = azurerm_resource_group.this.location
}

output "network_id" {
  description = "ID of the virtual network."
  value       = azurerm_virtual_network.this.id
}

output "cidr" {
  description = "Address range of the virtual network."
  value       = var.cidr
}

output "node_subnet_id" {
  description = "Subnet of the clusters' nodes."
  value       = azurerm_subnet.this["nodes"].id

  # Whoever starts machines in it needs the way out to be there.
  depends_on = [azurerm_subnet_nat_gateway_association.this, azurerm_nat_gateway_public_ip_association.this]
}

output "runner_subnet_id" {
  description = "Subnet of the CI runners."
  value       = azurerm_subnet.this["runners"].id

  depends_on = [azurerm_subnet_nat_gateway_association.this, azurerm_nat_gateway_public_ip_association.this]
}

output "endpoint_subnet_id" {
  description = "Subnet of private endpoints."
  value       = azurerm_subnet.this["endpoints"].id
}

output "egress_ips" {
  description = "Public addresses that everything in the network is seen from."
  value       = [azurerm_public_ip.nat.ip_address]
}

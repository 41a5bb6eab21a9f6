# A virtual network that somebody else owns: read, checked, and never changed.

locals {
  subnets = {
    nodes     = var.node_subnet
    runners   = coalesce(var.runner_subnet, var.node_subnet)
    endpoints = coalesce(var.endpoint_subnet, var.node_subnet)
  }
}

data "azurerm_virtual_network" "this" {
  name                = var.name
  resource_group_name = coalesce(var.resource_group_name, var.name)
}

data "azurerm_subnet" "this" {
  for_each = local.subnets

  name                 = each.value
  virtual_network_name = data.azurerm_virtual_network.this.name
  resource_group_name  = data.azurerm_virtual_network.this.resource_group_name

  lifecycle {
    postcondition {
      condition     = self.network_security_group_id != ""
      error_message = "Subnet ${each.value} has no network security group."
    }
  }
}

data "azurerm_nat_gateway" "this" {
  count = var.nat_gateway == null ? 0 : 1

  name                = var.nat_gateway
  resource_group_name = data.azurerm_virtual_network.this.resource_group_name
}

locals {
  egress_ip_ids = flatten(data.azurerm_nat_gateway.this[*].public_ip_address_ids)
}

data "azurerm_public_ip" "nat" {
  for_each = toset(local.egress_ip_ids)

  # /subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Network/publicIPAddresses/<name>
  name                = split("/", each.key)[8]
  resource_group_name = split("/", each.key)[4]
}

# One virtual network in one region: nodes, runners and private endpoints apart, out through NAT, in through declared ports.

resource "azurerm_resource_group" "this" {
  name     = var.name
  location = var.region

  tags = var.tags
}

resource "azurerm_virtual_network" "this" {
  name                = var.name
  resource_group_name = azurerm_resource_group.this.name
  location            = azurerm_resource_group.this.location
  address_space       = [var.cidr]

  # Between hosts, where the machine types can; the others talk as before.
  encryption {
    enforcement = "AllowUnencrypted"
  }

  tags = var.tags
}

# --- Subnets -------------------------------------------------------------------------------------------------------

locals {
  subnets = {
    nodes     = cidrsubnet(var.cidr, 1, 0)
    runners   = cidrsubnet(var.cidr, 3, 4)
    endpoints = cidrsubnet(var.cidr, 3, 5)
  }

  # Private endpoints only answer.
  egress = setsubtract(keys(local.subnets), ["endpoints"])
}

resource "azurerm_subnet" "this" {
  for_each = local.subnets

  name                              = each.key
  resource_group_name               = azurerm_resource_group.this.name
  virtual_network_name              = azurerm_virtual_network.this.name
  address_prefixes                  = [each.value]
  default_outbound_access_enabled   = false     # out through NAT or not at all
  private_endpoint_network_policies = "Enabled" # without it, security groups do not apply to private endpoints
  service_endpoints                 = contains(local.egress, each.key) ? var.service_endpoints : []
}

# --- The way out ---------------------------------------------------------------------------------------------------

resource "azurerm_public_ip" "nat" {
  name                = "${var.name}-nat"
  resource_group_name = azurerm_resource_group.this.name
  location            = azurerm_resource_group.this.location
  allocation_method   = "Static"
  sku                 = "Standard"
  zones               = length(var.zones) > 0 ? var.zones : null

  tags = var.tags
}

resource "azurerm_nat_gateway" "this" {
  name                = var.name
  resource_group_name = azurerm_resource_group.this.name
  location            = azurerm_resource_group.this.location
  sku_name            = "Standard"

  tags = var.tags
}

resource "azurerm_nat_gateway_public_ip_association" "this" {
  nat_gateway_id       = azurerm_nat_gateway.this.id
  public_ip_address_id = azurerm_public_ip.nat.id
}

resource "azurerm_subnet_nat_gateway_association" "this" {
  for_each = local.egress

  subnet_id      = azurerm_subnet.this[each.key].id
  nat_gateway_id = azurerm_nat_gateway.this.id
}

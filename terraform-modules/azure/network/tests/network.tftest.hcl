mock_provider "azurerm" {}

variables {
  name   = "ultimate-azure-westeurope"
  region = "westeurope"
  cidr   = "10.2.0.0/20"
}

run "subnets_by_purpose" {
  command = plan

  assert {
    condition     = { for name, subnet in azurerm_subnet.this : name => one(subnet.address_prefixes) } == { nodes = "10.2.0.0/21", runners = "10.2.8.0/23", endpoints = "10.2.10.0/23" }
    error_message = "Half for nodes, an eighth each for runners and endpoints."
  }
  assert {
    condition     = alltrue([for subnet in azurerm_subnet.this : !subnet.default_outbound_access_enabled]) && keys(azurerm_subnet_nat_gateway_association.this) == ["nodes", "runners"]
    error_message = "Out through NAT or not at all; endpoints never call."
  }
  assert {
    condition     = keys(azurerm_subnet_network_security_group_association.this) == ["endpoints", "nodes", "runners"]
    error_message = "Every subnet has a security group."
  }
  assert {
    condition     = length(azurerm_network_security_rule.ingress) == 0 && azurerm_network_security_rule.runners_closed.access == "Deny"
    error_message = "Nothing comes in."
  }
  assert {
    condition     = azurerm_network_watcher_flow_log.this.enabled && azurerm_network_watcher_flow_log.this.retention_policy[0].days == 365 && azurerm_network_watcher_flow_log.this.network_watcher_name == "NetworkWatcher_westeurope"
    error_message = "Flow logs for a year, by the region's own watcher."
  }
}

run "declared_ports_come_in" {
  command = plan

  variables {
    ingress_ports = [443, 80]
  }

  assert {
    condition     = toset(azurerm_network_security_rule.ingress[0].destination_port_ranges) == toset(["80", "443"])
    error_message = "The declared ports and no other."
  }
}

run "ssh_is_refused" {
  command = plan

  variables {
    ingress_ports = [22]
  }

  expect_failures = [var.ingress_ports]
}

run "a_range_too_small_is_refused" {
  command = plan

  variables {
    cidr = "10.2.0.0/25"
  }

  expect_failures = [var.cidr]
}

run "a_region_without_zones" {
  command = plan

  variables {
    region = "westus"
    zones  = []
  }

  assert {
    condition     = azurerm_public_ip.nat.zones == null && azurerm_storage_account.flow.account_replication_type == "LRS"
    error_message = "Nothing is spread over zones that are not there."
  }
}

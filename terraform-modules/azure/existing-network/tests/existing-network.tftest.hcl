mock_provider "azurerm" {
  mock_data "azurerm_virtual_network" {
    defaults = { id = "/vnets/theirs", location = "westeurope", address_space = ["10.2.0.0/16"] }
  }
  mock_data "azurerm_subnet" {
    defaults = { id = "/subnets/nodes", network_security_group_id = "/nsgs/nodes" }
  }
  mock_data "azurerm_nat_gateway" {
    defaults = { public_ip_address_ids = ["/subscriptions/s/resourceGroups/ips/providers/Microsoft.Network/publicIPAddresses/nat"] }
  }
  mock_data "azurerm_public_ip" {
    defaults = { ip_address = "198.51.100.1" }
  }
}

variables {
  name        = "theirs"
  node_subnet = "nodes"
  nat_gateway = "nat"
}

run "it_has_the_outputs_of_network" {
  command = plan

  assert {
    condition     = output.network_id == "/vnets/theirs" && output.region == "westeurope" && output.cidr == "10.2.0.0/16" && output.resource_group_name == "theirs"
    error_message = "Read from the network; its resource group has its name unless said otherwise."
  }
  assert {
    condition     = one(values(data.azurerm_public_ip.nat)).resource_group_name == "ips" && output.egress_ips == ["198.51.100.1"]
    error_message = "The NAT gateway's addresses, wherever they are kept."
  }
  assert {
    condition     = { for purpose, subnet in data.azurerm_subnet.this : purpose => subnet.name } == { nodes = "nodes", runners = "nodes", endpoints = "nodes" }
    error_message = "Subnets that are not named are the nodes'."
  }
}

run "a_subnet_without_a_security_group_is_refused" {
  command = plan

  override_data {
    target = data.azurerm_subnet.this["nodes"]
    values = { network_security_group_id = "" }
  }

  expect_failures = [data.azurerm_subnet.this["nodes"]]
}

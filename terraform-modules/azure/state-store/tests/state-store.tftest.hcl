mock_provider "azurerm" {}

variables {
  name                = "ultimatetfstate1a2b3c"
  resource_group_name = "ultimate-tfstate"
  region              = "westeurope"
}

run "entra_alone_versioned_never_public" {
  command = plan

  assert {
    condition     = !azurerm_storage_account.this.shared_access_key_enabled && !azurerm_storage_account.this.allow_nested_items_to_be_public && azurerm_storage_account.this.infrastructure_encryption_enabled
    error_message = "No keys, nothing public, encrypted twice."
  }
  assert {
    condition     = azurerm_storage_account.this.blob_properties[0].versioning_enabled && azurerm_storage_account.this.blob_properties[0].delete_retention_policy[0].days == 365
    error_message = "Versions and deleted blobs are kept."
  }
  assert {
    condition     = azurerm_storage_container.this.container_access_type == "private" && output.container == "tfstate"
    error_message = "A private container of the name that backends use."
  }
}

run "a_network_closes_the_firewall" {
  command = plan

  variables {
    network = { cidrs = ["198.51.100.0/24"] }
    writers = { ci = "00000000-0000-0000-0000-000000000003" }
  }

  assert {
    condition     = azurerm_storage_account.this.network_rules[0].default_action == "Deny" && azurerm_role_assignment.writers["ci"].role_definition_name == "Storage Blob Data Contributor"
    error_message = "Denied but from the declared range; writers get the container."
  }
}

run "a_name_with_dashes_is_refused" {
  command = plan

  variables {
    name = "ultimate-tfstate"
  }

  expect_failures = [var.name]
}

run "a_region_without_zones" {
  command = plan

  variables {
    region         = "westus"
    zone_redundant = false
  }

  assert {
    condition     = azurerm_storage_account.this.account_replication_type == "LRS"
    error_message = "Azure refuses zone-redundant storage where there are no zones."
  }
}

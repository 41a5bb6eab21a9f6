# The container of every other root's state, applied once from a workstation with local state. Locks are blob leases.

resource "azurerm_resource_group" "this" {
  name     = var.resource_group_name
  location = var.region

  tags = var.tags
}

resource "azurerm_storage_account" "this" {
  #checkov:skip=CKV2_AZURE_1:Microsoft's key and infrastructure encryption; a key of our own would need a vault before the first state
  #checkov:skip=CKV2_AZURE_33:CI runs outside the network; with `network` the firewall closes
  #checkov:skip=CKV_AZURE_59:CI runs outside the network; with `network` the firewall closes
  #checkov:skip=CKV_AZURE_206:Three zones and versions; a state can be rebuilt by import
  #checkov:skip=CKV_AZURE_36:No Azure service has any business with state
  #checkov:skip=CKV_AZURE_33:Blobs alone; there is no queue
  name                             = var.name
  resource_group_name              = azurerm_resource_group.this.name
  location                         = azurerm_resource_group.this.location
  account_kind                     = "StorageV2"
  account_tier                     = "Standard"
  account_replication_type         = var.zone_redundant ? "ZRS" : "LRS"
  min_tls_version                  = "TLS1_2"
  https_traffic_only_enabled       = true
  allow_nested_items_to_be_public  = false
  cross_tenant_replication_enabled = false
  local_user_enabled               = false
  shared_access_key_enabled        = false # Entra alone: no key to leak, no SAS
  default_to_oauth_authentication  = true

  infrastructure_encryption_enabled = true

  dynamic "network_rules" {
    for_each = var.network == null ? [] : [var.network]

    content {
      default_action             = "Deny"
      bypass                     = ["None"]
      ip_rules                   = network_rules.value.cidrs
      virtual_network_subnet_ids = network_rules.value.subnet_ids
    }
  }

  blob_properties {
    versioning_enabled = true

    delete_retention_policy {
      days = var.noncurrent_days
    }

    container_delete_retention_policy {
      days = var.noncurrent_days
    }
  }

  tags = var.tags

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_storage_container" "this" {
  #checkov:skip=CKV2_AZURE_21:With log_workspace_id; before the first state there is no workspace
  name                  = var.container
  storage_account_id    = azurerm_storage_account.this.id
  container_access_type = "private"

  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_storage_management_policy" "this" {
  storage_account_id = azurerm_storage_account.this.id

  rule {
    name    = "replaced-states"
    enabled = true

    filters {
      blob_types = ["blockBlob"]
    }

    actions {
      version {
        delete_after_days_since_creation = var.noncurrent_days
      }
    }
  }
}

resource "azurerm_monitor_diagnostic_setting" "this" {
  count = var.log_workspace_id == null ? 0 : 1

  name                       = "access"
  target_resource_id         = "${azurerm_storage_account.this.id}/blobServices/default"
  log_analytics_workspace_id = var.log_workspace_id

  dynamic "enabled_log" {
    for_each = toset(["StorageDelete", "StorageRead", "StorageWrite"])

    content {
      category = enabled_log.value
    }
  }
}

resource "azurerm_role_assignment" "writers" {
  for_each = var.writers

  principal_id         = each.value
  role_definition_name = "Storage Blob Data Contributor"
  scope                = azurerm_storage_container.this.id
}

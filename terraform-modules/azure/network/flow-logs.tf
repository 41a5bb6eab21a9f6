# Flow logs of the whole network (those of security groups are retired in 2027), for a year at least.

data "azurerm_client_config" "this" {}

locals {
  # Unique in all of Azure and short, yet the same in every plan.
  flow_log_account = "flow${substr(sha256("${data.azurerm_client_config.this.subscription_id}/${var.name}"), 0, 20)}"

  network_watcher = coalesce(var.network_watcher, {
    name                = "NetworkWatcher_${var.region}"
    resource_group_name = "NetworkWatcherRG"
  })
}

resource "azurerm_network_watcher_flow_log" "this" {
  name                 = var.name
  network_watcher_name = local.network_watcher.name
  resource_group_name  = local.network_watcher.resource_group_name
  location             = azurerm_resource_group.this.location
  target_resource_id   = azurerm_virtual_network.this.id
  storage_account_id   = azurerm_storage_account.flow.id
  enabled              = true
  version              = 2

  retention_policy {
    enabled = true
    days    = var.log_retention_days
  }

  tags = var.tags
}

resource "azurerm_storage_account" "flow" {
  #checkov:skip=CKV2_AZURE_40:The flow log resource of this provider version knows no identity, and writes with the account's key
  #checkov:skip=CKV2_AZURE_1:Metadata of connections under Microsoft's key; a key of our own would need a vault before the first network
  #checkov:skip=CKV2_AZURE_33:Only Azure's own service writes, past the closed firewall
  #checkov:skip=CKV_AZURE_206:A second copy in the same region is enough for logs
  #checkov:skip=CKV_AZURE_59:The service that writes comes from outside the network; the firewall denies everybody else
  #checkov:skip=CKV_AZURE_43:"flow" and twenty hexadecimal digits; checkov does not compute the hash
  #checkov:skip=CKV_AZURE_33:Blobs alone; there is no queue
  name                             = local.flow_log_account
  resource_group_name              = azurerm_resource_group.this.name
  location                         = azurerm_resource_group.this.location
  account_kind                     = "StorageV2"
  account_tier                     = "Standard"
  account_replication_type         = length(var.zones) > 0 ? "ZRS" : "LRS" # copies in zones, where there are any
  min_tls_version                  = "TLS1_2"
  https_traffic_only_enabled       = true
  allow_nested_items_to_be_public  = false
  cross_tenant_replication_enabled = false
  local_user_enabled               = false
  shared_access_key_enabled        = true # the flow log's only way in

  infrastructure_encryption_enabled = true

  network_rules {
    default_action = "Deny"
    bypass         = ["AzureServices"]
  }

  sas_policy {
    expiration_period = "01.00:00:00"
    expiration_action = "Block"
  }

  blob_properties {
    delete_retention_policy {
      days = 7
    }
  }

  tags = var.tags
}

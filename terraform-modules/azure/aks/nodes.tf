# Every pool but the one that the cluster is made with.

resource "azurerm_kubernetes_cluster_node_pool" "this" {
  #checkov:skip=CKV_AZURE_226:Ephemeral disks fit only machine types with enough local cache; host encryption covers the managed ones
  for_each = { for name, pool in var.node_pools : name => pool if name != local.system_name }

  name                        = each.key
  kubernetes_cluster_id       = azurerm_kubernetes_cluster.this.id
  mode                        = "User"
  temporary_name_for_rotation = "tmp${substr(sha256(each.key), 0, 8)}" # pools rotate side by side
  vm_size                     = each.value.machine_type
  orchestrator_version        = var.kubernetes_version
  zones                       = length(var.zones) > 0 ? var.zones : null
  auto_scaling_enabled        = true
  min_count                   = each.value.min
  max_count                   = each.value.max
  node_count                  = each.value.initial
  max_pods                    = 110
  vnet_subnet_id              = var.subnet_id
  node_public_ip_enabled      = false
  host_encryption_enabled     = true
  os_sku                      = "AzureLinux"
  os_disk_size_gb             = each.value.disk_gb
  os_disk_type                = "Managed"

  # AKS sets this label and this taint on spot nodes by itself; left out here, every plan would remove them.
  # https://learn.microsoft.com/azure/aks/spot-node-pool
  priority        = each.value.spot ? "Spot" : "Regular"
  eviction_policy = each.value.spot ? "Delete" : null
  spot_max_price  = each.value.spot ? -1 : null # at most the on-demand price
  node_labels     = merge(each.value.labels, each.value.spot ? { "kubernetes.azure.com/scalesetpriority" = "spot" } : {})
  node_taints = concat(
    [for taint in each.value.taints : "${taint.key}=${taint.value}:${taint.effect}"],
    each.value.spot ? ["kubernetes.azure.com/scalesetpriority=spot:NoSchedule"] : [],
  )

  # Spot pools are upgraded without surge.
  dynamic "upgrade_settings" {
    for_each = each.value.spot ? [] : ["33%"]

    content {
      max_surge = upgrade_settings.value
    }
  }

  tags = var.tags

  lifecycle {
    ignore_changes = [node_count] # the autoscaler's
  }
}

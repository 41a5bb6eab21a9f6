# The control plane: private or for declared ranges, Entra instead of local accounts, upgraded in its window.

data "azurerm_client_config" "this" {}

locals {
  eligible    = sort([for name, pool in var.node_pools : name if !pool.spot && length(pool.taints) == 0 && pool.min > 0])
  system_name = coalesce(var.system_pool, local.eligible[0])
  system      = var.node_pools[local.system_name]
  private     = length(var.authorized_cidrs) == 0
}

resource "azurerm_kubernetes_cluster" "this" {
  #checkov:skip=CKV_AZURE_232:Whether a pool is kept for the platform is the config's word (taints); AKS's own pods must fit a single pool too
  #checkov:skip=CKV_AZURE_226:Ephemeral disks fit only machine types with enough local cache; host encryption covers the managed ones
  #checkov:skip=CKV_AZURE_4:Control-plane logs go to a workspace below; containers are Prometheus' and Loki's, not the agent's
  #checkov:skip=CKV_AZURE_172:External Secrets brings secrets from Key Vault; the CSI driver is not installed
  name                = var.name
  resource_group_name = var.resource_group_name
  location            = var.region
  node_resource_group = "${var.name}-nodes"
  dns_prefix          = var.name
  kubernetes_version  = var.kubernetes_version
  sku_tier            = "Standard" # the API server with an SLA

  # Who reaches it.
  private_cluster_enabled             = local.private
  private_cluster_public_fqdn_enabled = false
  private_dns_zone_id                 = local.private ? var.private_dns_zone_id : null
  run_command_enabled                 = false # it would go around the private endpoint

  dynamic "api_server_access_profile" {
    for_each = local.private ? [] : [var.authorized_cidrs]

    content {
      authorized_ip_ranges = api_server_access_profile.value
    }
  }

  # Who may do what.
  local_account_disabled            = true
  role_based_access_control_enabled = true
  oidc_issuer_enabled               = true
  workload_identity_enabled         = true
  azure_policy_enabled              = true

  azure_active_directory_role_based_access_control {
    tenant_id              = data.azurerm_client_config.this.tenant_id
    azure_rbac_enabled     = true
    admin_group_object_ids = var.admin_group_ids
  }

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.cluster.id]
  }

  kubelet_identity {
    user_assigned_identity_id = azurerm_user_assigned_identity.nodes.id
    client_id                 = azurerm_user_assigned_identity.nodes.client_id
    object_id                 = azurerm_user_assigned_identity.nodes.principal_id
  }

  # Encryption.
  disk_encryption_set_id = var.disk_encryption_set_id

  dynamic "key_management_service" {
    for_each = var.etcd_key == null ? [] : [var.etcd_key]

    content {
      key_vault_key_id         = key_management_service.value.key_id
      key_vault_network_access = key_management_service.value.private ? "Private" : "Public"
    }
  }

  # Upgrades, in their window alone.
  automatic_upgrade_channel    = "patch"
  node_os_upgrade_channel      = "NodeImage"
  image_cleaner_enabled        = true
  image_cleaner_interval_hours = 168

  maintenance_window_auto_upgrade {
    frequency   = "Weekly"
    interval    = 1
    day_of_week = var.maintenance.day
    start_time  = var.maintenance.start
    utc_offset  = "+00:00"
    duration    = var.maintenance.hours
  }

  maintenance_window_node_os {
    frequency   = "Weekly"
    interval    = 1
    day_of_week = var.maintenance.day
    start_time  = var.maintenance.start
    utc_offset  = "+00:00"
    duration    = var.maintenance.hours
  }

  workload_autoscaler_profile {
    vertical_pod_autoscaler_enabled = var.vertical_pod_autoscaler
  }

  # Pods in an overlay, policies in the kernel.
  network_profile {
    network_plugin      = "azure"
    network_plugin_mode = "overlay"
    network_data_plane  = "cilium"
    network_policy      = "cilium"
    pod_cidr            = var.pod_cidr
    service_cidr        = var.service_cidr
    dns_service_ip      = cidrhost(var.service_cidr, 10)
    load_balancer_sku   = "standard"
    outbound_type       = "userAssignedNATGateway"
  }

  default_node_pool {
    name                        = local.system_name
    type                        = "VirtualMachineScaleSets"
    temporary_name_for_rotation = "rotation"
    vm_size                     = local.system.machine_type
    orchestrator_version        = var.kubernetes_version
    zones                       = length(var.zones) > 0 ? var.zones : null
    auto_scaling_enabled        = true
    min_count                   = local.system.min
    max_count                   = local.system.max
    node_count                  = local.system.initial
    max_pods                    = 110
    vnet_subnet_id              = var.subnet_id
    node_public_ip_enabled      = false
    host_encryption_enabled     = true
    os_sku                      = "AzureLinux"
    os_disk_size_gb             = local.system.disk_gb
    os_disk_type                = "Managed"
    node_labels                 = local.system.labels

    upgrade_settings {
      max_surge = "33%"
    }

    tags = var.tags
  }

  tags = var.tags

  depends_on = [azurerm_role_assignment.cluster]

  lifecycle {
    ignore_changes = [default_node_pool[0].node_count] # the autoscaler's
  }
}

# --- The control plane's logs --------------------------------------------------------------------------------------

resource "azurerm_log_analytics_workspace" "this" {
  name                         = "${var.name}-control-plane"
  resource_group_name          = var.resource_group_name
  location                     = var.region
  sku                          = "PerGB2018"
  retention_in_days            = var.log_retention_days
  local_authentication_enabled = false # Entra alone

  tags = var.tags
}

# All but reads: kube-audit with them is ten times the size. https://learn.microsoft.com/azure/aks/monitor-aks-reference
resource "azurerm_monitor_diagnostic_setting" "this" {
  name                           = "control-plane"
  target_resource_id             = azurerm_kubernetes_cluster.this.id
  log_analytics_workspace_id     = azurerm_log_analytics_workspace.this.id
  log_analytics_destination_type = "Dedicated"

  dynamic "enabled_log" {
    for_each = toset(["cloud-controller-manager", "cluster-autoscaler", "guard", "kube-apiserver", "kube-audit-admin", "kube-controller-manager", "kube-scheduler"])

    content {
      category = enabled_log.value
    }
  }
}

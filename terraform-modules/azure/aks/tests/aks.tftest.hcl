mock_provider "azurerm" {}

# What mocks cannot make up: the provider hides the credentials in a list.
override_resource {
  target = azurerm_kubernetes_cluster.this
  values = {
    id              = "/clusters/cluster-amsterdam"
    private_fqdn    = "private.example"
    fqdn            = "public.example"
    oidc_issuer_url = "https://issuer.example/"
    kube_config     = [{ cluster_ca_certificate = "Y2E=" }]
  }
}

variables {
  name                = "cluster-amsterdam"
  resource_group_name = "ultimate-azure-westeurope"
  region              = "westeurope"
  kubernetes_version  = "1.34"
  subnet_id           = "/subnets/nodes"
  pod_cidr            = "100.64.0.0/16"
  service_cidr        = "172.20.16.0/20"
  node_pools = {
    batch   = { machine_type = "Standard_D4s_v5", spot = true, min = 0, max = 9, initial = 2, disk_gb = 50, labels = { tier = "batch" }, taints = [{ key = "batch", value = "yes", effect = "NoSchedule" }] }
    extra   = { machine_type = "Standard_D2s_v5", min = 0, max = 2, initial = 1 }
    general = { machine_type = "Standard_D8s_v5", min = 3, max = 6, initial = 4 }
  }
}

run "private_entra_encrypted_by_default" {
  command = apply

  assert {
    condition     = azurerm_kubernetes_cluster.this.private_cluster_enabled && !azurerm_kubernetes_cluster.this.private_cluster_public_fqdn_enabled && output.endpoint == "https://private.example"
    error_message = "The API server is private."
  }
  assert {
    condition     = azurerm_kubernetes_cluster.this.local_account_disabled && azurerm_kubernetes_cluster.this.azure_active_directory_role_based_access_control[0].azure_rbac_enabled && !azurerm_kubernetes_cluster.this.run_command_enabled
    error_message = "Entra alone, and no command around the private endpoint."
  }
  assert {
    condition     = azurerm_kubernetes_cluster.this.oidc_issuer_enabled && azurerm_kubernetes_cluster.this.workload_identity_enabled && azurerm_kubernetes_cluster.this.azure_policy_enabled
    error_message = "Workload identity and the policy add-on."
  }
  assert {
    condition     = azurerm_kubernetes_cluster.this.default_node_pool[0].host_encryption_enabled && alltrue([for pool in azurerm_kubernetes_cluster_node_pool.this : pool.host_encryption_enabled && !pool.node_public_ip_enabled])
    error_message = "Host encryption everywhere, public addresses nowhere."
  }
  assert {
    condition     = azurerm_kubernetes_cluster.this.network_profile[0].dns_service_ip == "172.20.16.10" && azurerm_kubernetes_cluster.this.network_profile[0].network_policy == "cilium"
    error_message = "DNS at the tenth address of the services, policies by Cilium."
  }
  assert {
    condition     = azurerm_log_analytics_workspace.this.retention_in_days == 365 && length(azurerm_monitor_diagnostic_setting.this.enabled_log) == 7
    error_message = "The control plane's logs, for a year."
  }
  assert {
    condition     = keys(azurerm_role_assignment.cluster) == ["nodes_identity", "subnet"]
    error_message = "The control plane may use its subnet and its nodes' identity."
  }
}

run "recommends_where_it_is_asked_to" {
  command = plan

  variables {
    vertical_pod_autoscaler = true
  }

  assert {
    condition     = azurerm_kubernetes_cluster.this.workload_autoscaler_profile[0].vertical_pod_autoscaler_enabled
    error_message = "VerticalPodAutoscalers are served."
  }
}

run "pools_keep_their_totals" {
  command = plan

  assert {
    condition     = azurerm_kubernetes_cluster.this.default_node_pool[0].name == "general" && keys(azurerm_kubernetes_cluster_node_pool.this) == ["batch", "extra"]
    error_message = "The system pool is the first on demand, untainted and never empty."
  }
  assert {
    condition     = [azurerm_kubernetes_cluster.this.default_node_pool[0].min_count, azurerm_kubernetes_cluster.this.default_node_pool[0].node_count, azurerm_kubernetes_cluster.this.default_node_pool[0].max_count] == [3, 4, 6]
    error_message = "Counts are totals: they pass unchanged."
  }
  assert {
    condition     = azurerm_kubernetes_cluster_node_pool.this["batch"].priority == "Spot" && azurerm_kubernetes_cluster_node_pool.this["batch"].node_taints == tolist(["batch=yes:NoSchedule", "kubernetes.azure.com/scalesetpriority=spot:NoSchedule"]) && azurerm_kubernetes_cluster_node_pool.this["batch"].node_labels["kubernetes.azure.com/scalesetpriority"] == "spot"
    error_message = "Spot with AKS's own taint and label beside the config's."
  }
  assert {
    condition     = length(azurerm_kubernetes_cluster_node_pool.this["batch"].upgrade_settings) == 0 && azurerm_kubernetes_cluster_node_pool.this["extra"].upgrade_settings[0].max_surge == "33%"
    error_message = "Spot pools are upgraded without surge."
  }
}

run "declared_ranges_open_the_api_server" {
  command = apply

  variables {
    authorized_cidrs = ["198.51.100.0/24"]
  }

  assert {
    condition     = !azurerm_kubernetes_cluster.this.private_cluster_enabled && azurerm_kubernetes_cluster.this.api_server_access_profile[0].authorized_ip_ranges == toset(["198.51.100.0/24"]) && output.endpoint == "https://public.example"
    error_message = "Public for the declared range."
  }
}

run "people_and_pods_get_narrow_roles" {
  command = apply

  variables {
    access              = { shop = { principal_id = "group", role = "Writer", namespaces = ["cart", "web"] }, ops = { principal_id = "group", role = "Reader" } }
    workload_identities = { external-secrets = { namespace = "es", service_account = "eso", roles = { vault = { role = "Key Vault Secrets User", scope = "/vault" } } } }
    etcd_key            = { key_id = "https://vault/keys/etcd/1", key_vault_id = "/vault" }
  }

  assert {
    condition     = { for key, assignment in azurerm_role_assignment.access : key => assignment.scope } == { "shop/cart" = "/clusters/cluster-amsterdam/namespaces/cart", "shop/web" = "/clusters/cluster-amsterdam/namespaces/web", "ops" = "/clusters/cluster-amsterdam" }
    error_message = "One assignment per namespace, or one for the cluster."
  }
  assert {
    condition     = azurerm_federated_identity_credential.pods["external-secrets"].subject == "system:serviceaccount:es:eso" && azurerm_role_assignment.pods["external-secrets/vault"].scope == "/vault"
    error_message = "A federated identity with its role."
  }
  assert {
    condition     = azurerm_role_assignment.cluster["etcd_key"].role_definition_name == "Key Vault Crypto User"
    error_message = "The control plane may use the key of etcd."
  }
}

run "a_pool_name_too_long_is_refused" {
  command = plan

  variables {
    node_pools = { platformpools = { machine_type = "Standard_D4s_v5", min = 1, max = 2, initial = 1 } }
  }

  expect_failures = [var.node_pools]
}

run "a_cluster_of_spot_pools_is_refused" {
  command = plan

  variables {
    node_pools = { cheap = { machine_type = "Standard_D4s_v5", spot = true, min = 1, max = 2, initial = 1 } }
  }

  expect_failures = [var.node_pools]
}

run "a_system_pool_that_can_be_empty_is_refused" {
  command = plan

  variables {
    system_pool = "extra"
  }

  expect_failures = [var.system_pool]
}

run "a_region_without_zones" {
  command = plan

  variables {
    region = "westus"
    zones  = []
  }

  assert {
    condition     = azurerm_kubernetes_cluster.this.default_node_pool[0].zones == null && alltrue([for pool in azurerm_kubernetes_cluster_node_pool.this : pool.zones == null])
    error_message = "Nodes name no zones."
  }
}

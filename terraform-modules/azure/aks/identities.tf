# The cluster's two identities, people, and pods.

resource "azurerm_user_assigned_identity" "cluster" {
  name                = "${var.name}-cluster"
  resource_group_name = var.resource_group_name
  location            = var.region

  tags = var.tags
}

resource "azurerm_user_assigned_identity" "nodes" {
  name                = "${var.name}-nodes"
  resource_group_name = var.resource_group_name
  location            = var.region

  tags = var.tags
}

locals {
  # What a control plane with its own network and its own node identity needs, and no more:
  # https://learn.microsoft.com/azure/aks/use-managed-identity
  cluster_roles = merge(
    {
      subnet         = { role = "Network Contributor", scope = var.subnet_id }
      nodes_identity = { role = "Managed Identity Operator", scope = azurerm_user_assigned_identity.nodes.id }
    },
    local.private && var.private_dns_zone_id != "System" ? { dns = { role = "Private DNS Zone Contributor", scope = var.private_dns_zone_id } } : {},
    var.etcd_key == null ? {} : { etcd_key = { role = "Key Vault Crypto User", scope = var.etcd_key.key_vault_id } },
    try(var.etcd_key.private, false) ? { vault = { role = "Key Vault Contributor", scope = var.etcd_key.key_vault_id } } : {},
  )
}

resource "azurerm_role_assignment" "cluster" {
  for_each = local.cluster_roles

  principal_id         = azurerm_user_assigned_identity.cluster.principal_id
  principal_type       = "ServicePrincipal"
  role_definition_name = each.value.role
  scope                = each.value.scope
}

resource "azurerm_role_assignment" "pull" {
  for_each = var.registry_ids

  principal_id         = azurerm_user_assigned_identity.nodes.principal_id
  principal_type       = "ServicePrincipal"
  role_definition_name = "AcrPull"
  scope                = each.value
}

# --- People and pipelines ------------------------------------------------------------------------------------------

locals {
  # One assignment per namespace, or one for the cluster.
  access = merge([
    for name, entry in var.access : length(entry.namespaces) == 0
    ? { (name) = { entry = entry, path = "" } }
    : { for namespace in entry.namespaces : "${name}/${namespace}" => { entry = entry, path = "/namespaces/${namespace}" } }
  ]...)
}

resource "azurerm_role_assignment" "access" {
  for_each = local.access

  principal_id         = each.value.entry.principal_id
  role_definition_name = "Azure Kubernetes Service RBAC ${each.value.entry.role}"
  scope                = "${azurerm_kubernetes_cluster.this.id}${each.value.path}"
}

# --- Pods ----------------------------------------------------------------------------------------------------------

resource "azurerm_user_assigned_identity" "pods" {
  for_each = var.workload_identities

  name                = "${var.name}-${each.key}"
  resource_group_name = var.resource_group_name
  location            = var.region

  tags = var.tags
}

resource "azurerm_federated_identity_credential" "pods" {
  for_each = var.workload_identities

  name                = each.key
  resource_group_name = var.resource_group_name
  parent_id           = azurerm_user_assigned_identity.pods[each.key].id
  issuer              = azurerm_kubernetes_cluster.this.oidc_issuer_url
  audience            = ["api://AzureADTokenExchange"]
  subject             = "system:serviceaccount:${each.value.namespace}:${each.value.service_account}"
}

locals {
  pod_roles = merge([
    for name, identity in var.workload_identities : {
      for key, assignment in identity.roles : "${name}/${key}" => { name = name, role = assignment.role, scope = assignment.scope }
    }
  ]...)
}

resource "azurerm_role_assignment" "pods" {
  for_each = local.pod_roles

  principal_id         = azurerm_user_assigned_identity.pods[each.value.name].principal_id
  principal_type       = "ServicePrincipal"
  role_definition_name = each.value.role
  scope                = each.value.scope
}

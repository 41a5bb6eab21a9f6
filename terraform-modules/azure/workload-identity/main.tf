# A managed identity, its roles on the subscription, and the one Kubernetes service account whose tokens stand for it.

resource "azurerm_user_assigned_identity" "this" {
  name                = var.name
  resource_group_name = var.resource_group_name
  location            = var.region

  tags = var.tags
}

# https://learn.microsoft.com/azure/aks/workload-identity-deploy-cluster
resource "azurerm_federated_identity_credential" "this" {
  name                = var.name
  resource_group_name = var.resource_group_name
  parent_id           = azurerm_user_assigned_identity.this.id
  issuer              = var.oidc_issuer
  audience            = ["api://AzureADTokenExchange"]
  subject             = "system:serviceaccount:${var.namespace}:${var.service_account}"
}

resource "azurerm_role_assignment" "this" {
  for_each = var.roles

  principal_id         = azurerm_user_assigned_identity.this.principal_id
  principal_type       = "ServicePrincipal"
  role_definition_name = each.key
  scope                = "/subscriptions/${var.subscription_id}"
}

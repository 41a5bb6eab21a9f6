# A cluster that somebody else owns: read, checked, and never changed.

data "azurerm_kubernetes_cluster" "this" {
  name                = var.name
  resource_group_name = var.resource_group_name

  lifecycle {
    postcondition {
      condition     = self.oidc_issuer_enabled
      error_message = "The cluster ${var.name} has no OIDC issuer: workload identities cannot work."
    }
  }
}

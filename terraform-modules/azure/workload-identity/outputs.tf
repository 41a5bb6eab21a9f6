output "name" {
  description = "Name of the managed identity."
  value       = azurerm_user_assigned_identity.this.name
}

output "identity" {
  description = "Client ID of the managed identity, for the annotation azure.workload.identity/client-id."
  value       = azurerm_user_assigned_identity.this.client_id
}

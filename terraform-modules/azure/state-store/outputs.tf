output "name" {
  description = "Name of the storage account: `storage_account_name` in a root's azurerm backend, with `use_azuread_auth`."
  value       = azurerm_storage_account.this.name
}

output "resource_group_name" {
  description = "Its resource group: `resource_group_name` in the backend."
  value       = azurerm_resource_group.this.name
}

output "container" {
  description = "Name of the container: `container_name` in the backend."
  value       = azurerm_storage_container.this.name
}

output "id" {
  description = "ID of the storage account."
  value       = azurerm_storage_account.this.id
}

output "name" {
  description = "Name of the scale set."
  value       = azurerm_linux_virtual_machine_scale_set.this.name
}

output "identity" {
  description = "Principal ID of the machines' identity."
  value       = azurerm_user_assigned_identity.this.principal_id
}

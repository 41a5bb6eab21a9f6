output "cluster_name" {
  description = "Name of the cluster."
  value       = azurerm_kubernetes_cluster.this.name
}

output "cluster_id" {
  description = "ID of the cluster."
  value       = azurerm_kubernetes_cluster.this.id
}

output "endpoint" {
  description = "URL of the API server."
  value       = "https://${local.private ? azurerm_kubernetes_cluster.this.private_fqdn : azurerm_kubernetes_cluster.this.fqdn}"
}

output "ca_certificate" {
  description = "Certificate authority of the API server, base64."
  value       = nonsensitive(azurerm_kubernetes_cluster.this.kube_config[0].cluster_ca_certificate) # the provider hides the block as a whole
}

output "oidc_issuer" {
  description = "Issuer of service account tokens."
  value       = azurerm_kubernetes_cluster.this.oidc_issuer_url
}

output "node_resource_group_name" {
  description = "Resource group that AKS keeps nodes, disks and load balancers in."
  value       = azurerm_kubernetes_cluster.this.node_resource_group
}

output "node_identities" {
  description = "Principal IDs of the nodes' identities."
  value       = [azurerm_user_assigned_identity.nodes.principal_id]
}

output "workload_identities" {
  description = "Client ID of each identity that pods take: name → ID, for the annotation azure.workload.identity/client-id."
  value       = { for name, identity in azurerm_user_assigned_identity.pods : name => identity.client_id }
}

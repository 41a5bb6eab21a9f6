output "cluster_name" {
  description = "Name of the cluster."
  value       = data.azurerm_kubernetes_cluster.this.name
}

output "cluster_id" {
  description = "ID of the cluster."
  value       = data.azurerm_kubernetes_cluster.this.id
}

output "endpoint" {
  description = "URL of the API server."
  value       = "https://${data.azurerm_kubernetes_cluster.this.private_cluster_enabled ? data.azurerm_kubernetes_cluster.this.private_fqdn : data.azurerm_kubernetes_cluster.this.fqdn}"
}

output "ca_certificate" {
  description = "Certificate authority of the API server, base64."
  value       = nonsensitive(data.azurerm_kubernetes_cluster.this.kube_config[0].cluster_ca_certificate) # the provider hides the block as a whole
}

output "oidc_issuer" {
  description = "Issuer of service account tokens."
  value       = data.azurerm_kubernetes_cluster.this.oidc_issuer_url
}

output "node_resource_group_name" {
  description = "Resource group that AKS keeps nodes, disks and load balancers in."
  value       = data.azurerm_kubernetes_cluster.this.node_resource_group
}

output "node_identities" {
  description = "Principal IDs of the nodes' identities."
  value       = [for identity in data.azurerm_kubernetes_cluster.this.kubelet_identity : identity.object_id]
}

output "workload_identities" {
  description = "Identities that pods take. Empty: on somebody else's cluster they are their owner's."
  value       = {}
}

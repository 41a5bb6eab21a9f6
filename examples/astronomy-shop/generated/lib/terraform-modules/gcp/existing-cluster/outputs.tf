output "cluster_name" {
  description = "Name of the cluster."
  value       = data.google_container_cluster.this.name
}

output "cluster_id" {
  description = "ID of the cluster."
  value       = data.google_container_cluster.this.id
}

output "location" {
  description = "Region or zone of the cluster."
  value       = data.google_container_cluster.this.location
}

output "endpoint" {
  description = "URL of the API server."
  value       = "https://${data.google_container_cluster.this.endpoint}"
}

output "ca_certificate" {
  description = "Certificate authority of the API server, base64."
  value       = data.google_container_cluster.this.master_auth[0].cluster_ca_certificate
}

output "workload_identity_pool" {
  description = "Pool of the Kubernetes service accounts' identities."
  value       = data.google_container_cluster.this.workload_identity_config[0].workload_pool
}

output "oidc_issuer" {
  description = "Issuer of service account tokens."
  value       = "https://container.googleapis.com/v1/projects/${var.project}/locations/${var.location}/clusters/${var.name}"
}

output "node_identities" {
  description = "Emails of the nodes' service accounts."
  value       = distinct(flatten(data.google_container_cluster.this.node_pool[*].node_config[*].service_account))
}

output "workload_identities" {
  description = "IAM principals of pods' identities: none are made here."
  value       = {}
}

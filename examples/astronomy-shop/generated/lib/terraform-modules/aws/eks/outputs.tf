output "cluster_name" {
  description = "Name of the cluster."
  value       = aws_eks_cluster.this.name
}

output "cluster_id" {
  description = "ARN of the cluster."
  value       = aws_eks_cluster.this.arn
}

output "endpoint" {
  description = "URL of the API server."
  value       = aws_eks_cluster.this.endpoint
}

output "ca_certificate" {
  description = "Certificate authority of the API server, base64."
  value       = aws_eks_cluster.this.certificate_authority[0].data
}

output "oidc_issuer" {
  description = "Issuer of service account tokens."
  value       = aws_eks_cluster.this.identity[0].oidc[0].issuer
}

output "oidc_provider_id" {
  description = "ARN of the IAM OIDC provider of that issuer."
  value       = aws_iam_openid_connect_provider.this.arn
}

output "node_identities" {
  description = "ARNs of the nodes' IAM roles."
  value       = [aws_iam_role.nodes.arn]
}

output "node_security_group_id" {
  description = "Security group of control plane and nodes."
  value       = aws_eks_cluster.this.vpc_config[0].cluster_security_group_id
}

output "workload_identities" {
  description = "ARN of each role that pods take: name → ARN."
  value       = { for name in keys(local.bound_identities) : name => aws_iam_role.pods[name].arn }
}

# A cluster that somebody else owns: read, checked, and never changed.

data "aws_eks_cluster" "this" {
  name = var.name

  lifecycle {
    postcondition {
      condition     = self.status == "ACTIVE"
      error_message = "The cluster ${var.name} is ${self.status}, not ACTIVE."
    }
  }
}

data "aws_iam_openid_connect_provider" "this" {
  count = var.oidc_provider ? 1 : 0

  url = data.aws_eks_cluster.this.identity[0].oidc[0].issuer
}

data "aws_eks_node_groups" "this" {
  cluster_name = data.aws_eks_cluster.this.name
}

data "aws_eks_node_group" "this" {
  for_each = toset(data.aws_eks_node_groups.this.names)

  cluster_name    = data.aws_eks_cluster.this.name
  node_group_name = each.key
}

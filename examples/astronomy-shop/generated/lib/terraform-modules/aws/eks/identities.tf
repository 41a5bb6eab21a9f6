# AWS rights of pods, by EKS Pod Identity; an OIDC provider for what only knows IRSA or federates from outside.

locals {
  # Their service accounts are bound by the add-on itself.
  addon_identities = {
    aws-node = { policy_arns = ["${local.managed_policies}/AmazonEKS_CNI_Policy"] }
    ebs-csi  = { policy_arns = ["${local.managed_policies}/service-role/AmazonEBSCSIDriverPolicy"] }
  }

  # Node groups have bounds but nobody who moves between them: the cluster autoscaler does, from Argo CD's hand.
  bound_identities = merge(var.workload_identities, {
    cluster-autoscaler = {
      namespace       = "kube-system"
      service_account = "cluster-autoscaler"
      policy_arns     = []
      policy_json     = data.aws_iam_policy_document.autoscaler.json
    }
  })

  pod_policy_arns = merge(
    { for name, identity in local.addon_identities : name => identity.policy_arns },
    { for name, identity in local.bound_identities : name => identity.policy_arns },
  )

  attachments = merge([
    for name, arns in local.pod_policy_arns : { for arn in arns : "${name}/${arn}" => { name = name, arn = arn } }
  ]...)

  inline_policies = { for name, identity in local.bound_identities : name => identity.policy_json if identity.policy_json != null }
}

resource "aws_iam_role" "pods" {
  for_each = local.pod_policy_arns

  name               = "${var.name}-${each.key}"
  description        = "Pods of ${var.name}: ${each.key}"
  assume_role_policy = data.aws_iam_policy_document.pods_trust.json

  tags = var.tags
}

# https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
data "aws_iam_policy_document" "pods_trust" {
  statement {
    actions = ["sts:AssumeRole", "sts:TagSession"]

    principals {
      type        = "Service"
      identifiers = ["pods.eks.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.this.account_id]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_eks_cluster.this.arn]
    }
  }
}

resource "aws_iam_role_policy_attachment" "pods" {
  for_each = local.attachments

  role       = aws_iam_role.pods[each.value.name].name
  policy_arn = each.value.arn
}

resource "aws_iam_role_policy" "pods" {
  for_each = local.inline_policies

  name   = "rights"
  role   = aws_iam_role.pods[each.key].id
  policy = each.value
}

resource "aws_eks_pod_identity_association" "this" {
  for_each = local.bound_identities

  cluster_name    = aws_eks_cluster.this.name
  namespace       = each.value.namespace
  service_account = each.value.service_account
  role_arn        = aws_iam_role.pods[each.key].arn

  tags = var.tags
}

# https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md
data "aws_iam_policy_document" "autoscaler" {
  #checkov:skip=CKV_AWS_356:Describing has no narrower resource; changing is bound to this cluster's groups
  statement {
    actions = [
      "autoscaling:DescribeAutoScalingGroups",
      "autoscaling:DescribeAutoScalingInstances",
      "autoscaling:DescribeLaunchConfigurations",
      "autoscaling:DescribeScalingActivities",
      "ec2:DescribeImages",
      "ec2:DescribeInstanceTypes",
      "ec2:DescribeLaunchTemplateVersions",
      "ec2:GetInstanceTypesFromInstanceRequirements",
    ]
    resources = ["*"]
  }

  statement {
    actions   = ["eks:DescribeNodegroup"]
    resources = ["arn:${data.aws_partition.this.partition}:eks:${data.aws_region.this.region}:${data.aws_caller_identity.this.account_id}:nodegroup/${var.name}/*/*"]
  }

  statement {
    actions   = ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"]
    resources = ["*"]

    # EKS tags the groups of its node groups so.
    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/k8s.io/cluster-autoscaler/${var.name}"
      values   = ["owned"]
    }
  }
}

resource "aws_iam_openid_connect_provider" "this" {
  url            = aws_eks_cluster.this.identity[0].oidc[0].issuer
  client_id_list = ["sts.amazonaws.com"]

  tags = var.tags
}

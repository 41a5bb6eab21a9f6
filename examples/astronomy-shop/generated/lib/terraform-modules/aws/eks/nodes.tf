# Managed node groups: AL2023, no way in but SSM, no instance credentials for pods.

locals {
  # Graviton families have a "g" after the generation (m7g, c7gn, t4g); a1 is the first of them. g5 and g6 are GPU families.
  graviton = { for name, pool in var.node_pools : name => can(regex("^(a1|[a-z]+[0-9]+g[a-z]*)\\.", pool.machine_type)) }

  taint_effects = { NoSchedule = "NO_SCHEDULE", PreferNoSchedule = "PREFER_NO_SCHEDULE", NoExecute = "NO_EXECUTE" }
}

resource "aws_eks_node_group" "this" {
  for_each = var.node_pools

  cluster_name           = aws_eks_cluster.this.name
  node_group_name_prefix = "${each.key}-" # a suffix, so that a group that must be replaced is replaced before it goes
  version                = var.kubernetes_version
  node_role_arn          = aws_iam_role.nodes.arn
  subnet_ids             = var.subnet_ids
  capacity_type          = each.value.spot ? "SPOT" : "ON_DEMAND"
  ami_type               = coalesce(each.value.ami_type, local.graviton[each.key] ? "AL2023_ARM_64_STANDARD" : "AL2023_x86_64_STANDARD")
  labels                 = merge(each.value.labels, { "eco-compile.dev/pool" = each.key }) # AWS's own label has the suffix as well

  launch_template {
    id      = aws_launch_template.nodes[each.key].id
    version = aws_launch_template.nodes[each.key].latest_version
  }

  scaling_config {
    min_size     = each.value.min
    max_size     = each.value.max
    desired_size = each.value.initial
  }

  update_config {
    max_unavailable_percentage = 33
  }

  node_repair_config {
    enabled = true
  }

  dynamic "taint" {
    for_each = each.value.taints

    content {
      key    = taint.value.key
      value  = taint.value.value
      effect = local.taint_effects[taint.value.effect]
    }
  }

  tags = var.tags

  # Without network and identity agents a node never becomes ready; without its policies it cannot join.
  depends_on = [
    aws_eks_addon.before_nodes,
    aws_iam_role_policy_attachment.nodes,
  ]

  lifecycle {
    create_before_destroy = true
    ignore_changes        = [scaling_config[0].desired_size] # the autoscaler's
  }
}

resource "aws_launch_template" "nodes" {
  for_each = var.node_pools

  name_prefix   = "${var.name}-${each.key}-"
  description   = "Nodes of pool ${each.key} of ${var.name}"
  instance_type = each.value.machine_type

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1 # pods are a second hop: the node's role is not theirs
    instance_metadata_tags      = "disabled"
  }

  block_device_mappings {
    device_name = "/dev/xvda" # root volume of AL2023

    ebs {
      volume_size           = each.value.disk_gb
      volume_type           = "gp3"
      encrypted             = true
      kms_key_id            = var.disk_kms_key_id
      delete_on_termination = true
    }
  }

  monitoring {
    enabled = true
  }

  dynamic "tag_specifications" {
    for_each = ["instance", "volume", "network-interface"]

    content {
      resource_type = tag_specifications.value
      tags          = merge(var.tags, { Name = "${var.name}-${each.key}" })
    }
  }

  tags = var.tags

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_iam_role" "nodes" {
  name               = "${var.name}-nodes"
  description        = "Nodes of ${var.name}"
  assume_role_policy = data.aws_iam_policy_document.nodes_trust.json

  tags = var.tags
}

data "aws_iam_policy_document" "nodes_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

# Joining, pulling images, and SSM in place of SSH. The network plugin's rights are its own (addons.tf), not the node's.
resource "aws_iam_role_policy_attachment" "nodes" {
  for_each = toset(["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly", "AmazonSSMManagedInstanceCore"])

  role       = aws_iam_role.nodes.name
  policy_arn = "${local.managed_policies}/${each.key}"
}

# CI runners on VMs of one job each: an instance asks GitHub for a one-job configuration, runs the job and ends; the group
# replaces it. Load adds instances, a finished job takes its own away.

data "aws_region" "this" {}
data "aws_partition" "this" {}
data "aws_caller_identity" "this" {}

locals {
  # Graviton families have a "g" after the generation (m7g, c7gn, t4g); g5 and g6 are GPU families.
  architecture = can(regex("^[a-z]+[0-9]+g[a-z]*\\.", var.machine_type)) ? "arm64" : "x86_64"
  image        = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${local.architecture}"

  url   = regex("^https://(?P<host>[^/]+)/(?P<path>.+)$", var.repository_url)
  api   = local.url.host == "github.com" ? "https://api.github.com" : "https://${local.url.host}/api/v3"
  scope = "${strcontains(local.url.path, "/") ? "repos" : "orgs"}/${local.url.path}"

  arn_scope = "${data.aws_region.this.region}:${data.aws_caller_identity.this.account_id}"
}

resource "aws_launch_template" "this" {
  name_prefix            = "${var.name}-"
  description            = "CI runners ${var.name}"
  image_id               = var.image_id == null ? local.image : var.image_id
  instance_type          = var.machine_type
  update_default_version = true
  ebs_optimized          = true

  # Shutting down is how a runner ends.
  instance_initiated_shutdown_behavior = "terminate"

  user_data = base64encode(templatefile("${path.module}/run-one-job.sh.tftpl", {
    api    = local.api
    scope  = local.scope
    labels = jsonencode(var.runner_labels)
    secret = var.token_secret
    region = data.aws_region.this.region
  }))

  iam_instance_profile {
    arn = aws_iam_instance_profile.this.arn
  }

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
    instance_metadata_tags      = "disabled"
  }

  network_interfaces {
    associate_public_ip_address = false
    delete_on_termination       = true
    security_groups             = [aws_security_group.this.id]
  }

  block_device_mappings {
    device_name = "/dev/xvda" # root volume of AL2023

    ebs {
      volume_size           = var.disk_gb
      volume_type           = "gp3"
      encrypted             = true
      kms_key_id            = var.disk_kms_key_id
      delete_on_termination = true
    }
  }

  monitoring {
    enabled = true # load is seen within a minute
  }

  dynamic "instance_market_options" {
    for_each = var.spot ? ["spot"] : []

    content {
      market_type = instance_market_options.value
    }
  }

  dynamic "tag_specifications" {
    for_each = ["instance", "volume", "network-interface"]

    content {
      resource_type = tag_specifications.value
      tags          = merge(var.tags, { Name = var.name })
    }
  }

  tags = var.tags

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_autoscaling_group" "this" {
  name                = var.name
  min_size            = var.min
  max_size            = var.max
  desired_capacity    = var.min
  vpc_zone_identifier = var.subnet_ids
  health_check_type   = "EC2"

  max_instance_lifetime = 7 * 24 * 3600 # an idle instance is renewed; GitHub ends jobs after five days

  # Neither rebalancing zones nor scaling in may end a running job: see the policy below and run-one-job.sh.tftpl.
  suspended_processes   = ["AZRebalance"]
  protect_from_scale_in = true

  launch_template {
    id      = aws_launch_template.this.id
    version = aws_launch_template.this.latest_version
  }

  dynamic "tag" {
    for_each = merge(var.tags, { Name = var.name })

    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = false # the launch template tags instances, their volumes and interfaces
    }
  }

  lifecycle {
    ignore_changes = [desired_capacity] # load and finished jobs move it
  }
}

resource "aws_autoscaling_policy" "load" {
  name                   = "load"
  autoscaling_group_name = aws_autoscaling_group.this.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value     = 40 # idle runners are at 0: more than that, and most of the pool is at work
    disable_scale_in = true

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

# Nothing comes in; HTTPS goes out, to GitHub and the registries.
resource "aws_security_group" "this" {
  name_prefix = "${var.name}-"
  description = "CI runners ${var.name}: HTTPS out, nothing in"
  vpc_id      = var.network_id

  tags = merge(var.tags, { Name = var.name })

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.this.id
  description       = "HTTPS"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443

  tags = var.tags
}

# --- What an instance may do ---------------------------------------------------------------------------------------

resource "aws_iam_instance_profile" "this" {
  name = var.name
  role = aws_iam_role.this.name

  tags = var.tags
}

resource "aws_iam_role" "this" {
  name               = var.name
  description        = "CI runners ${var.name}"
  assume_role_policy = data.aws_iam_policy_document.trust.json

  tags = var.tags
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_role_policy_attachment" "ssm" {
  role       = aws_iam_role.this.name
  policy_arn = "arn:${data.aws_partition.this.partition}:iam::aws:policy/AmazonSSMManagedInstanceCore" # instead of SSH
}

resource "aws_iam_role_policy" "this" {
  name   = "run-one-job"
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.rights.json
}

data "aws_iam_policy_document" "rights" {
  statement {
    sid       = "Token"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = ["arn:${data.aws_partition.this.partition}:secretsmanager:${local.arn_scope}:secret:${var.token_secret}-??????"] # AWS ends ARNs of secrets with six random characters
  }

  dynamic "statement" {
    for_each = var.token_kms_key_arn == null ? [] : [var.token_kms_key_arn]

    content {
      sid       = "TokenKey"
      actions   = ["kms:Decrypt"]
      resources = [statement.value]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["secretsmanager.${data.aws_region.this.region}.amazonaws.com"]
      }
    }
  }

  statement {
    sid       = "Leave"
    actions   = ["autoscaling:TerminateInstanceInAutoScalingGroup"]
    resources = ["arn:${data.aws_partition.this.partition}:autoscaling:${local.arn_scope}:autoScalingGroup:*:autoScalingGroupName/${var.name}"]
  }
}

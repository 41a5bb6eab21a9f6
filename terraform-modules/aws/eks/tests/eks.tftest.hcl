mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
}

variables {
  name               = "cluster-paris"
  kubernetes_version = "1.34"
  subnet_ids         = ["subnet-a", "subnet-b", "subnet-c"]
  node_pools = {
    general = { machine_type = "m6i.xlarge", min = 3, max = 6, initial = 4 }
    batch   = { machine_type = "m7g.large", spot = true, min = 0, max = 9, initial = 0, disk_gb = 50, labels = { tier = "batch" }, taints = [{ key = "batch", value = "yes", effect = "PreferNoSchedule" }] }
  }
}

run "private_and_logged_by_default" {
  command = plan

  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_private_access && !aws_eks_cluster.this.vpc_config[0].endpoint_public_access
    error_message = "The API server has a private endpoint alone."
  }
  assert {
    condition     = length(aws_eks_cluster.this.enabled_cluster_log_types) == 5 && aws_cloudwatch_log_group.control_plane.retention_in_days == 365
    error_message = "All five log types, for a year."
  }
  assert {
    condition     = aws_eks_cluster.this.access_config[0].authentication_mode == "API" && !aws_eks_cluster.this.access_config[0].bootstrap_cluster_creator_admin_permissions
    error_message = "Access entries alone; the creator gets nothing."
  }
  assert {
    condition     = aws_eks_cluster.this.deletion_protection && aws_eks_cluster.this.zonal_shift_config[0].enabled
    error_message = "Deletion protection and zonal shift are on."
  }
  assert {
    condition     = keys(aws_eks_addon.after_nodes) == ["aws-ebs-csi-driver", "coredns", "metrics-server"]
    error_message = "Names, volumes, and what autoscalers measure by."
  }
}

run "declared_ranges_open_the_public_endpoint" {
  command = plan

  variables {
    authorized_cidrs = ["198.51.100.0/24"]
  }

  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_public_access && aws_eks_cluster.this.vpc_config[0].public_access_cidrs == toset(["198.51.100.0/24"])
    error_message = "Public for the declared range."
  }
}

run "pools_keep_their_totals" {
  command = plan

  assert {
    condition     = [for pool in ["general", "batch"] : [aws_eks_node_group.this[pool].scaling_config[0].min_size, aws_eks_node_group.this[pool].scaling_config[0].desired_size, aws_eks_node_group.this[pool].scaling_config[0].max_size]] == [[3, 4, 6], [0, 0, 9]]
    error_message = "Counts are totals: they pass unchanged."
  }
  assert {
    condition     = aws_eks_node_group.this["batch"].capacity_type == "SPOT" && aws_eks_node_group.this["batch"].ami_type == "AL2023_ARM_64_STANDARD" && aws_eks_node_group.this["general"].ami_type == "AL2023_x86_64_STANDARD"
    error_message = "Spot as asked, images by architecture."
  }
  assert {
    condition     = one(aws_eks_node_group.this["batch"].taint).effect == "PREFER_NO_SCHEDULE" && aws_eks_node_group.this["batch"].labels == tomap({ tier = "batch", "eco-compile.dev/pool" = "batch" })
    error_message = "Taints in EKS's words, labels as written, and the pool's name."
  }
  assert {
    condition     = alltrue([for template in aws_launch_template.nodes : template.metadata_options[0].http_tokens == "required" && template.metadata_options[0].http_put_response_hop_limit == 1 && tobool(template.block_device_mappings[0].ebs[0].encrypted)])
    error_message = "IMDSv2 out of the pods' reach, encrypted volumes."
  }
}

run "workloads_get_roles_of_their_own" {
  command = plan

  variables {
    workload_identities = {
      external-secrets = { namespace = "external-secrets", service_account = "external-secrets", policy_json = "{}" }
    }
  }

  assert {
    condition     = aws_iam_role.pods["external-secrets"].name == "cluster-paris-external-secrets" && aws_eks_pod_identity_association.this["external-secrets"].service_account == "external-secrets"
    error_message = "A role named after cluster and identity, bound to its service account."
  }
  assert {
    condition     = keys(aws_iam_role_policy.pods) == ["cluster-autoscaler", "external-secrets"]
    error_message = "The autoscaler has its rights beside them."
  }
}

run "the_whole_internet_is_refused" {
  command = plan

  variables {
    authorized_cidrs = ["0.0.0.0/0"]
  }

  expect_failures = [var.authorized_cidrs]
}

run "min_above_max_is_refused" {
  command = plan

  variables {
    node_pools = { general = { machine_type = "m6i.xlarge", min = 4, max = 3, initial = 4 } }
  }

  expect_failures = [var.node_pools]
}

run "a_cluster_of_tainted_pools_is_refused" {
  command = plan

  variables {
    node_pools = { general = { machine_type = "m6i.xlarge", min = 1, max = 3, initial = 1, taints = [{ key = "x", effect = "NoSchedule" }] } }
  }

  expect_failures = [var.node_pools]
}

run "machines_with_accelerators_get_their_image" {
  command = plan

  variables {
    node_pools = {
      general = { machine_type = "m6i.xlarge", min = 3, max = 6, initial = 4 }
      gpu     = { machine_type = "g5.xlarge", min = 0, max = 2, initial = 0, ami_type = "AL2023_x86_64_NVIDIA" }
      old-arm = { machine_type = "a1.large", min = 0, max = 2, initial = 0 }
    }
  }

  assert {
    condition     = { for name, group in aws_eks_node_group.this : name => group.ami_type } == { general = "AL2023_x86_64_STANDARD", gpu = "AL2023_x86_64_NVIDIA", old-arm = "AL2023_ARM_64_STANDARD" }
    error_message = "The image that a pool names, or AL2023 for its architecture."
  }
}

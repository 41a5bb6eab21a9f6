locals {
  # GKE's names for the effects that Kubernetes knows.
  taint_effects = { NoSchedule = "NO_SCHEDULE", PreferNoSchedule = "PREFER_NO_SCHEDULE", NoExecute = "NO_EXECUTE" }

  # A pool starts with the same count in every zone; rounding up stops where the total would pass its maximum.
  initial_per_zone = {
    for name, pool in var.node_pools : name =>
    ceil(pool.initial / local.zone_count) * local.zone_count <= pool.max ? ceil(pool.initial / local.zone_count) : floor(pool.initial / local.zone_count)
  }
}

resource "google_container_node_pool" "this" {
  for_each = var.node_pools

  name               = each.key
  project            = var.project
  location           = var.location
  cluster            = google_container_cluster.this.name
  initial_node_count = local.initial_per_zone[each.key]

  autoscaling {
    total_min_node_count = each.value.min
    total_max_node_count = each.value.max
    location_policy      = each.value.spot ? "ANY" : "BALANCED" # spot goes where there is some
  }

  management {
    auto_repair  = true
    auto_upgrade = true
  }

  upgrade_settings {
    strategy        = "SURGE"
    max_surge       = 1
    max_unavailable = 0
  }

  network_config {
    enable_private_nodes = true
  }

  node_config {
    machine_type      = each.value.machine_type
    spot              = each.value.spot
    image_type        = "COS_CONTAINERD"
    disk_size_gb      = each.value.disk_gb
    disk_type         = each.value.disk_type
    boot_disk_kms_key = var.disk_kms_key_id
    service_account   = google_service_account.nodes.email
    oauth_scopes      = ["https://www.googleapis.com/auth/cloud-platform"] # the service account's roles decide
    labels            = each.value.labels
    resource_labels   = var.labels
    tags              = [var.name]

    metadata = {
      disable-legacy-endpoints = "true"
    }

    shielded_instance_config {
      enable_secure_boot          = true
      enable_integrity_monitoring = true
    }

    workload_metadata_config {
      mode = "GKE_METADATA"
    }

    kubelet_config {
      insecure_kubelet_readonly_port_enabled = "FALSE"
    }

    dynamic "taint" {
      for_each = each.value.taints

      content {
        key    = taint.value.key
        value  = taint.value.value
        effect = local.taint_effects[taint.value.effect]
      }
    }
  }

  lifecycle {
    ignore_changes = [initial_node_count] # a change would replace the pool; the autoscaler owns the count

    precondition {
      condition     = each.value.initial == 0 || local.initial_per_zone[each.key] > 0
      error_message = "Pool ${each.key}: GKE starts the same count in each of ${local.zone_count} zones, and a max of ${each.value.max} is less than one in each. Raise max to ${local.zone_count}, or name fewer zones."
    }
  }
}

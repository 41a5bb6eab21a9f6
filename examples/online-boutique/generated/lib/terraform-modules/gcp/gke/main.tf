# A private GKE Standard cluster. Its pools are in nodes.tf, who may do what in identities.tf, keys in keys.tf.

locals {
  region      = join("-", slice(split("-", var.location), 0, 2))
  is_regional = var.location == local.region

  # Without a list GKE spreads a regional cluster over three zones.
  zone_count = length(var.zones) > 0 ? length(var.zones) : local.is_regional ? 3 : 1

  # A week in which every day has its date: GKE wants the first window as a moment, and repeats it by day.
  first_days   = { Monday = "2024-01-01", Tuesday = "2024-01-02", Wednesday = "2024-01-03", Thursday = "2024-01-04", Friday = "2024-01-05", Saturday = "2024-01-06", Sunday = "2024-01-07" }
  first_window = "${sort([for day in var.maintenance.days : local.first_days[day]])[0]}T${var.maintenance.start}:00Z"
}

resource "google_container_cluster" "this" {
  #checkov:skip=CKV_GCP_21:resource_labels are the caller's, and unknown here

  name                = var.name
  project             = var.project
  location            = var.location
  node_locations      = length(var.zones) == 0 ? null : local.is_regional ? var.zones : [for zone in var.zones : zone if zone != var.location]
  min_master_version  = var.kubernetes_version
  deletion_protection = var.deletion_protection
  resource_labels     = var.labels

  # The pool that GKE insists on lives for a minute; its nodes obey the same rules while they do.
  remove_default_node_pool = true
  initial_node_count       = 1

  node_config {
    service_account = google_service_account.nodes.email
    oauth_scopes    = ["https://www.googleapis.com/auth/cloud-platform"]

    shielded_instance_config {
      enable_secure_boot          = true
      enable_integrity_monitoring = true
    }

    workload_metadata_config {
      mode = "GKE_METADATA"
    }
  }

  # --- Network ---

  network                     = var.network_id
  subnetwork                  = var.subnet_id
  networking_mode             = "VPC_NATIVE"
  datapath_provider           = "ADVANCED_DATAPATH"
  enable_intranode_visibility = true

  # Dataplane V2 enforces NetworkPolicies itself: Calico stays off, here and among the add-ons.
  network_policy {
    enabled = false
  }

  ip_allocation_policy {
    cluster_secondary_range_name  = var.pods_range
    services_secondary_range_name = var.services_range
  }

  # Without a control plane range the control plane is reached by Private Service Connect.
  private_cluster_config {
    enable_private_nodes    = true
    enable_private_endpoint = length(var.authorized_cidrs) == 0

    master_global_access_config {
      enabled = length(var.private_client_cidrs) > 0 # clients in other regions of the network
    }
  }

  master_authorized_networks_config {
    gcp_public_cidrs_access_enabled = false # any VM of any customer

    dynamic "cidr_blocks" {
      for_each = toset(concat(var.authorized_cidrs, var.private_client_cidrs))

      content {
        cidr_block = cidr_blocks.value
      }
    }
  }

  # --- Security ---

  enable_shielded_nodes = true
  enable_legacy_abac    = false

  master_auth {
    client_certificate_config {
      issue_client_certificate = false
    }
  }

  workload_identity_config {
    workload_pool = "${var.project}.svc.id.goog"
  }

  database_encryption {
    state    = "ENCRYPTED"
    key_name = google_kms_crypto_key.secrets.id
  }

  # The project's policy, which Terraform does not own here; until somebody writes one it allows everything.
  binary_authorization {
    evaluation_mode = "PROJECT_SINGLETON_POLICY_ENFORCE"
  }

  # Its vulnerability scan was shut down in 2026: https://cloud.google.com/kubernetes-engine/docs/deprecations/vulnerability-scanning-gkee
  security_posture_config {
    mode = "BASIC"
  }

  dynamic "authenticator_groups_config" {
    for_each = var.rbac_security_group == null ? [] : [var.rbac_security_group]

    content {
      security_group = authenticator_groups_config.value
    }
  }

  # --- Upgrades ---

  release_channel {
    channel = var.release_channel
  }

  maintenance_policy {
    recurring_window {
      start_time = local.first_window
      end_time   = timeadd(local.first_window, "${var.maintenance.hours}h")
      recurrence = "FREQ=WEEKLY;BYDAY=${join(",", [for day in var.maintenance.days : upper(substr(day, 0, 2))])}"
    }
  }

  # --- What it tells ---

  logging_config {
    enable_components = concat(["SYSTEM_COMPONENTS", "APISERVER", "CONTROLLER_MANAGER", "SCHEDULER"], var.workload_logs ? ["WORKLOADS"] : [])
  }

  monitoring_config {
    enable_components = ["SYSTEM_COMPONENTS", "APISERVER", "CONTROLLER_MANAGER", "SCHEDULER"]

    managed_prometheus {
      enabled = var.managed_prometheus
    }
  }

  cost_management_config {
    enabled = true # bills name namespaces and labels
  }

  vertical_pod_autoscaling {
    enabled = var.vertical_pod_autoscaling
  }

  addons_config {
    horizontal_pod_autoscaling {
      disabled = false
    }

    http_load_balancing {
      disabled = false
    }

    gce_persistent_disk_csi_driver_config {
      enabled = true
    }

    dns_cache_config {
      enabled = true
    }

    network_policy_config {
      disabled = true
    }
  }

  lifecycle {
    # The release channel moves the version, and the first pool is gone.
    ignore_changes = [min_master_version, node_config]

    precondition {
      condition     = local.is_regional || length(var.zones) == 0 || contains(var.zones, var.location)
      error_message = "The zones of a zonal cluster include its own, ${var.location}."
    }
  }

  depends_on = [google_kms_crypto_key_iam_member.secrets, google_project_iam_member.nodes]
}

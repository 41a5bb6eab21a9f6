# CI runners on VMs of one job each: an instance asks GitHub for a one-job configuration, runs the job and powers off; the group
# finds it stopped and builds a new one from the template.

locals {
  # C4A and N4A are Axion, T2A is Ampere.
  architecture = can(regex("^(c4a|n4a|t2a)-", var.machine_type)) ? "arm64" : "amd64"
  image        = var.image_id == null ? "projects/ubuntu-os-cloud/global/images/family/ubuntu-2404-lts-${local.architecture}" : var.image_id

  url   = regex("^https://(?P<host>[^/]+)/(?P<path>.+)$", var.repository_url)
  api   = local.url.host == "github.com" ? "https://api.github.com" : "https://${local.url.host}/api/v3"
  scope = "${strcontains(local.url.path, "/") ? "repos" : "orgs"}/${local.url.path}"
}

resource "google_compute_region_instance_template" "this" {
  name_prefix  = "${var.name}-"
  project      = var.project
  region       = var.region
  description  = "CI runners ${var.name}"
  machine_type = var.machine_type
  labels       = var.labels

  # Metadata is readable by everything on the machine: the token is in Secret Manager, and only its name is here.
  metadata = {
    enable-oslogin         = "TRUE"
    block-project-ssh-keys = "TRUE"
    serial-port-enable     = "FALSE"
    startup-script = templatefile("${path.module}/run-one-job.sh.tftpl", {
      api    = local.api
      scope  = local.scope
      labels = jsonencode(var.runner_labels)
      secret = "projects/${var.project}/secrets/${var.token_secret}"
    })
  }

  disk {
    source_image = local.image
    boot         = true
    auto_delete  = true
    disk_type    = var.disk_type
    disk_size_gb = var.disk_gb
    labels       = var.labels

    dynamic "disk_encryption_key" {
      for_each = var.disk_kms_key_id == null ? [] : [var.disk_kms_key_id]

      content {
        kms_key_self_link = disk_encryption_key.value
      }
    }
  }

  # No access_config: no public address.
  network_interface {
    subnetwork         = var.subnet_id
    subnetwork_project = var.project
  }

  service_account {
    email  = google_service_account.this.email
    scopes = ["https://www.googleapis.com/auth/cloud-platform"] # the service account's roles decide
  }

  shielded_instance_config {
    enable_secure_boot          = true
    enable_vtpm                 = true
    enable_integrity_monitoring = true
  }

  scheduling {
    provisioning_model          = var.spot ? "SPOT" : "STANDARD"
    preemptible                 = var.spot
    automatic_restart           = false # the group replaces an instance; a restarted one would carry a half-run job
    on_host_maintenance         = var.spot ? "TERMINATE" : "MIGRATE"
    instance_termination_action = var.spot ? "STOP" : null
  }

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [google_secret_manager_secret_iam_member.token]
}

resource "google_compute_region_instance_group_manager" "this" {
  name               = var.name
  project            = var.project
  region             = var.region
  description        = "CI runners ${var.name}"
  base_instance_name = var.name
  target_size        = var.min == var.max ? var.min : null # else the autoscaler's
  wait_for_instances = false

  version {
    instance_template = google_compute_region_instance_template.this.self_link
  }

  # Finished runners come back from the newest template; none is replaced while it works.
  instance_lifecycle_policy {
    default_action_on_failure = "REPAIR"
    force_update_on_repair    = "YES"
  }

  update_policy {
    type                         = "OPPORTUNISTIC"
    minimal_action               = "REPLACE"
    instance_redistribution_type = "NONE"
  }
}

resource "google_compute_region_autoscaler" "this" {
  count = var.min == var.max ? 0 : 1

  name    = var.name
  project = var.project
  region  = var.region
  target  = google_compute_region_instance_group_manager.this.id

  autoscaling_policy {
    min_replicas    = var.min
    max_replicas    = var.max
    mode            = var.scale_in ? "ON" : "ONLY_SCALE_OUT"
    cooldown_period = 180 # start, packages, registration

    cpu_utilization {
      target = 0.4 # idle runners are at 0: more than that, and most of the pool is at work
    }

    # At most one instance in ten minutes, by the highest load of those.
    scale_in_control {
      time_window_sec = 600

      max_scaled_in_replicas {
        fixed = 1
      }
    }
  }
}

# --- What an instance may reach ------------------------------------------------------------------------------------

# HTTPS goes out, to GitHub and the registries; nothing comes in (gcp/network). Metadata and DNS need no rule.
resource "google_compute_firewall" "https" {
  name                    = "${var.name}-allow-https"
  project                 = var.project
  network                 = var.network_id
  description             = "CI runners ${var.name}: HTTPS"
  direction               = "EGRESS"
  priority                = 1000
  destination_ranges      = ["0.0.0.0/0"]
  target_service_accounts = [google_service_account.this.email]

  allow {
    protocol = "tcp"
    ports    = ["443"]
  }

  log_config {
    metadata = "EXCLUDE_ALL_METADATA"
  }
}

# Packages of Ubuntu come over HTTP, signed.
resource "google_compute_firewall" "packages" {
  name                    = "${var.name}-allow-packages"
  project                 = var.project
  network                 = var.network_id
  description             = "CI runners ${var.name}: signed packages over HTTP"
  direction               = "EGRESS"
  priority                = 1000
  destination_ranges      = ["0.0.0.0/0"]
  target_service_accounts = [google_service_account.this.email]

  allow {
    protocol = "tcp"
    ports    = ["80"]
  }

  log_config {
    metadata = "EXCLUDE_ALL_METADATA"
  }
}

resource "google_compute_firewall" "deny_egress" {
  name                    = "${var.name}-deny-egress"
  project                 = var.project
  network                 = var.network_id
  description             = "CI runners ${var.name}: nothing else goes out"
  direction               = "EGRESS"
  priority                = 65534
  destination_ranges      = ["0.0.0.0/0"]
  target_service_accounts = [google_service_account.this.email]

  deny {
    protocol = "all"
  }

  log_config {
    metadata = "INCLUDE_ALL_METADATA"
  }
}

# --- What an instance may do ---------------------------------------------------------------------------------------

resource "google_service_account" "this" {
  account_id   = var.name
  project      = var.project
  display_name = "CI runners ${var.name}"
}

resource "google_project_iam_member" "this" {
  for_each = toset(["roles/logging.logWriter", "roles/monitoring.metricWriter"])

  project = var.project
  role    = each.value
  member  = google_service_account.this.member
}

resource "google_secret_manager_secret_iam_member" "token" {
  project   = var.project
  secret_id = var.token_secret
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.this.member
}

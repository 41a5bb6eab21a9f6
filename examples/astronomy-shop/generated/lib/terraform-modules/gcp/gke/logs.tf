# Cloud Logging keeps its _Default bucket for 30 days. Audit logs of the API server's changes are in _Required for 400 days by
# themselves; what control plane and system print is kept here.

resource "google_logging_project_bucket_config" "this" {
  project        = var.project
  location       = local.region
  bucket_id      = "${var.name}-cluster"
  description    = "Control plane and system of ${var.name}"
  retention_days = var.log_retention_days
}

resource "google_logging_project_sink" "this" {
  name                   = "${var.name}-cluster"
  project                = var.project
  description            = "Control plane and system of ${var.name}"
  destination            = "logging.googleapis.com/${google_logging_project_bucket_config.this.id}"
  unique_writer_identity = true

  filter = join(" AND ", [
    "resource.type=(\"k8s_control_plane_component\" OR \"k8s_cluster\" OR \"k8s_node\" OR \"gke_cluster\" OR \"gke_nodepool\")",
    "resource.labels.cluster_name=\"${var.name}\"",
    "resource.labels.location=\"${var.location}\"",
  ])
}

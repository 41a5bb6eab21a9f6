# Cloud Logging keeps its _Default bucket for 30 days: what the network logs goes to a bucket that keeps it longer.

resource "google_logging_project_bucket_config" "this" {
  project        = var.project
  location       = var.log_location
  bucket_id      = "${var.name}-network"
  description    = "Flows, firewall and NAT of ${var.name}"
  retention_days = var.log_retention_days
}

# A sink to a bucket of its own project needs no grant: https://cloud.google.com/logging/docs/export/configure_export_v2#dest-auth
resource "google_logging_project_sink" "this" {
  name                   = "${var.name}-network"
  project                = var.project
  description            = "Flows, firewall and NAT of ${var.name}"
  destination            = "logging.googleapis.com/${google_logging_project_bucket_config.this.id}"
  unique_writer_identity = true

  filter = join(" OR ", [
    "(log_id(\"compute.googleapis.com/vpc_flows\") AND resource.labels.subnetwork_name=(${join(" OR ", [for name in keys(var.subnets) : "\"${name}\""])}))",
    "(log_id(\"compute.googleapis.com/firewall\") AND jsonPayload.vpc.vpc_name=\"${var.name}\")",
    "(log_id(\"compute.googleapis.com/nat_flows\") AND jsonPayload.vpc.vpc_name=\"${var.name}\")",
  ])
}

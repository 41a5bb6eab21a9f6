# The API server calls admission webhooks in pods. GKE's own rule lets a control plane in on 443 and 10250, and exists with VPC peering
# alone (https://cloud.google.com/kubernetes-engine/docs/concepts/firewall-rules#cluster-fws). Here the control plane is reached by Private
# Service Connect and has one address in the network: what comes from it says so. What it sends through its agents on the nodes comes
# from nodes and pods, which GKE's rules and those of gcp/network let through.
resource "google_compute_firewall" "webhooks" {
  count = length(var.webhook_ports) > 0 ? 1 : 0

  name        = "${var.name}-allow-webhooks"
  project     = try(regex("projects/([^/]+)/", var.network_id)[0], var.project) # a shared network's rules are in its own project
  network     = var.network_id
  description = "From the control plane of ${var.name} to admission webhooks on its nodes"
  direction   = "INGRESS"
  priority    = 1000

  source_ranges = ["${google_container_cluster.this.private_cluster_config[0].private_endpoint}/32"]
  target_tags   = [var.name]

  allow {
    protocol = "tcp"
    ports    = [for port in sort([for port in var.webhook_ports : format("%05d", port)]) : tostring(tonumber(port))]
  }

  log_config {
    metadata = "INCLUDE_ALL_METADATA"
  }
}

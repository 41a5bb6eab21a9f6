# Nothing comes in that is not listed here. GKE adds rules for its own clusters (nodes, pods, control plane), by their tags.

# The VPC denies what is left in any case; this rule says so and logs it.
resource "google_compute_firewall" "deny_ingress" {
  name        = "${var.name}-deny-ingress"
  project     = var.project
  network     = google_compute_network.this.id
  description = "Default: nothing comes in"
  direction   = "INGRESS"
  priority    = 65534

  source_ranges = ["0.0.0.0/0"]

  deny {
    protocol = "all"
  }

  log_config {
    metadata = "INCLUDE_ALL_METADATA"
  }
}

resource "google_compute_firewall" "internal" {
  name        = "${var.name}-allow-internal"
  project     = var.project
  network     = google_compute_network.this.id
  description = "Between nodes and pods of the network; NetworkPolicies decide what pods accept"
  direction   = "INGRESS"
  priority    = 1000

  source_ranges = flatten([for subnet in values(var.subnets) : compact([subnet.cidr, subnet.pods_cidr])])

  dynamic "allow" {
    for_each = ["tcp", "udp", "icmp"]

    content {
      protocol = allow.value
    }
  }

  log_config {
    metadata = "EXCLUDE_ALL_METADATA"
  }
}

resource "google_compute_firewall" "health_checks" {
  count = var.health_checks ? 1 : 0

  name        = "${var.name}-allow-health-checks"
  project     = var.project
  network     = google_compute_network.this.id
  description = "Google's load balancers and health checkers"
  direction   = "INGRESS"
  priority    = 1000

  source_ranges = ["35.191.0.0/16", "130.211.0.0/22"] # https://cloud.google.com/load-balancing/docs/health-check-concepts#ip-ranges

  allow {
    protocol = "tcp"
  }

  log_config {
    metadata = "EXCLUDE_ALL_METADATA"
  }
}

resource "google_compute_firewall" "iap" {
  count = length(var.iap_ports) > 0 ? 1 : 0

  name        = "${var.name}-allow-iap"
  project     = var.project
  network     = google_compute_network.this.id
  description = "People, by Identity-Aware Proxy and its IAM"
  direction   = "INGRESS"
  priority    = 1000

  source_ranges = ["35.235.240.0/20"] # https://cloud.google.com/iap/docs/using-tcp-forwarding#create-firewall-rule

  allow {
    protocol = "tcp"
    ports    = [for port in sort([for port in var.iap_ports : format("%05d", port)]) : tostring(tonumber(port))]
  }

  log_config {
    metadata = "INCLUDE_ALL_METADATA"
  }
}

# One VPC, a subnet per entry, and per region a router with NAT: machines have no public addresses, and leave by reserved ones.

locals {
  regions = toset([for subnet in values(var.subnets) : subnet.region])

  nat_addresses = merge([
    for region in local.regions : {
      for index in range(var.nat_ips) : "${region}-${index}" => region
    }
  ]...)
}

resource "google_compute_network" "this" {
  name                            = var.name
  project                         = var.project
  description                     = "Network ${var.name}"
  auto_create_subnetworks         = false
  delete_default_routes_on_create = false # NAT leaves by the default route
  routing_mode                    = "GLOBAL"
}

resource "google_compute_subnetwork" "this" {
  for_each = var.subnets

  name                     = each.key
  project                  = var.project
  region                   = each.value.region
  network                  = google_compute_network.this.id
  ip_cidr_range            = each.value.cidr
  private_ip_google_access = true

  # Names, not values of the config: clusters refer to them.
  dynamic "secondary_ip_range" {
    for_each = each.value.pods_cidr == null ? {} : { pods = each.value.pods_cidr, services = each.value.services_cidr }

    content {
      range_name    = secondary_ip_range.key
      ip_cidr_range = secondary_ip_range.value
    }
  }

  log_config {
    aggregation_interval = "INTERVAL_5_SEC"
    flow_sampling        = 0.5
    metadata             = "INCLUDE_ALL_METADATA"
  }
}

# --- The way out ---------------------------------------------------------------------------------------------------

resource "google_compute_router" "this" {
  for_each = local.regions

  name    = "${var.name}-${each.key}"
  project = var.project
  region  = each.key
  network = google_compute_network.this.id
}

resource "google_compute_address" "nat" {
  for_each = local.nat_addresses

  name         = "${var.name}-nat-${each.key}"
  project      = var.project
  region       = each.value
  description  = "What the network ${var.name} is seen from"
  address_type = "EXTERNAL"
  labels       = var.labels
}

resource "google_compute_router_nat" "this" {
  for_each = local.regions

  name                               = "${var.name}-${each.key}"
  project                            = var.project
  region                             = each.key
  router                             = google_compute_router.this[each.key].name
  nat_ip_allocate_option             = "MANUAL_ONLY"
  nat_ips                            = [for key, region in local.nat_addresses : google_compute_address.nat[key].self_link if region == each.key]
  source_subnetwork_ip_ranges_to_nat = "ALL_SUBNETWORKS_ALL_IP_RANGES"

  # A node with many pods needs more ports than the 64 of the static allocation, and an idle one fewer. Dynamic allocation
  # excludes endpoint-independent mapping: https://cloud.google.com/nat/docs/ports-and-addresses#dynamic-port
  enable_dynamic_port_allocation      = true
  enable_endpoint_independent_mapping = false
  min_ports_per_vm                    = 64
  max_ports_per_vm                    = 4096

  log_config {
    enable = true
    filter = "ERRORS_ONLY" # dropped for want of ports; flow logs know the rest
  }
}

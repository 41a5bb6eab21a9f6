mock_provider "google" {
  override_during = plan

  mock_resource "google_compute_network" {
    defaults = { id = "projects/acme-platform/global/networks/main" }
  }

  mock_resource "google_compute_address" {
    defaults = { address = "203.0.113.7", self_link = "https://www.googleapis.com/compute/v1/projects/acme-platform/regions/r/addresses/a" }
  }
}

variables {
  name    = "main"
  project = "acme-platform"

  subnets = {
    a = { region = "europe-west1", cidr = "10.0.1.0/24", pods_cidr = "10.16.0.0/14", services_cidr = "10.32.0.0/20" }
    b = { region = "europe-west2", cidr = "10.0.2.0/24" }
    c = { region = "europe-west2", cidr = "10.0.3.0/24" }
  }
}

run "subnets_are_private_and_logged" {
  command = plan

  assert {
    condition     = !google_compute_network.this.auto_create_subnetworks && alltrue([for subnet in google_compute_subnetwork.this : subnet.private_ip_google_access && length(subnet.log_config) == 1])
    error_message = "Only the subnets that were asked for, with private Google access and flow logs."
  }

  assert {
    condition     = [for range in google_compute_subnetwork.this["a"].secondary_ip_range : "${range.range_name}=${range.ip_cidr_range}"] == ["pods=10.16.0.0/14", "services=10.32.0.0/20"] && length(google_compute_subnetwork.this["b"].secondary_ip_range) == 0
    error_message = "Secondary ranges where clusters run, under fixed names."
  }

  assert {
    condition     = google_logging_project_bucket_config.this.retention_days == 365
    error_message = "Logs are kept for a year."
  }
}

run "every_region_has_its_way_out" {
  command = plan

  variables {
    nat_ips = 2
  }

  assert {
    condition     = toset(keys(google_compute_router_nat.this)) == toset(["europe-west1", "europe-west2"]) && length(google_compute_address.nat) == 4
    error_message = "One NAT per region, two addresses each."
  }

  assert {
    condition     = google_compute_router_nat.this["europe-west1"].nat_ip_allocate_option == "MANUAL_ONLY" && length(output.egress_ips) == 4
    error_message = "Known addresses."
  }
}

run "nothing_comes_in_unlisted" {
  command = plan

  assert {
    condition     = google_compute_firewall.deny_ingress.priority == 65534 && one(google_compute_firewall.deny_ingress.deny).protocol == "all" && length(google_compute_firewall.deny_ingress.log_config) == 1
    error_message = "The default denies, and logs."
  }

  assert {
    condition     = toset(google_compute_firewall.internal.source_ranges) == toset(["10.0.1.0/24", "10.16.0.0/14", "10.0.2.0/24", "10.0.3.0/24"])
    error_message = "Nodes and pods of this network."
  }

  assert {
    condition     = length(google_compute_firewall.iap) == 0 && length(google_compute_firewall.health_checks) == 1
    error_message = "No SSH unless asked for."
  }
}

run "people_come_by_iap" {
  command = plan

  variables {
    iap_ports     = [8080, 22]
    health_checks = false
  }

  assert {
    condition     = toset(google_compute_firewall.iap[0].source_ranges) == toset(["35.235.240.0/20"]) && one(google_compute_firewall.iap[0].allow).ports == tolist(["22", "8080"])
    error_message = "From Google's proxy alone, to these ports."
  }

  assert {
    condition     = length(google_compute_firewall.health_checks) == 0
    error_message = "No health checks."
  }
}

run "outputs_name_the_subnets" {
  command = plan

  assert {
    condition     = output.subnets["a"].pods_range == "pods" && output.subnets["a"].services_range == "services" && output.subnets["b"].pods_range == null && output.subnets["b"].region == "europe-west2"
    error_message = "Clusters need the names of the ranges."
  }

  assert {
    condition     = keys(output.subnet_ids) == ["europe-west1", "europe-west2"] && keys(output.subnet_ids["europe-west2"]) == ["b", "c"]
    error_message = "IDs by region and name."
  }
}

run "refuses_half_a_cluster_range" {
  command         = plan
  expect_failures = [var.subnets]

  variables {
    subnets = { a = { region = "europe-west1", cidr = "10.0.1.0/24", pods_cidr = "10.16.0.0/14" } }
  }
}

run "refuses_ranges_with_host_bits" {
  command         = plan
  expect_failures = [var.subnets]

  variables {
    subnets = { a = { region = "europe-west1", cidr = "10.0.1.5/24" } }
  }
}

run "refuses_tiny_subnets" {
  command         = plan
  expect_failures = [var.subnets]

  variables {
    subnets = { a = { region = "europe-west1", cidr = "10.0.1.0/30" } }
  }
}

run "refuses_short_log_retention" {
  command         = plan
  expect_failures = [var.log_retention_days]

  variables {
    log_retention_days = 30
  }
}

run "refuses_long_names" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name = "a-network-whose-name-is-too-long"
  }
}

mock_provider "google" {
  override_during = plan

  mock_data "google_compute_network" {
    defaults = { id = "projects/acme-shared/global/networks/shared", self_link = "https://www.googleapis.com/compute/v1/projects/acme-shared/global/networks/shared" }
  }

  mock_data "google_compute_subnetwork" {
    defaults = {
      id                       = "projects/acme-shared/regions/europe-west1/subnetworks/a"
      network                  = "https://www.googleapis.com/compute/v1/projects/acme-shared/global/networks/shared"
      ip_cidr_range            = "10.0.1.0/24"
      private_ip_google_access = true
      secondary_ip_range       = [{ range_name = "pods-a", ip_cidr_range = "10.16.0.0/14" }, { range_name = "services-a", ip_cidr_range = "10.32.0.0/20" }]
    }
  }
}

variables {
  name       = "shared"
  project    = "acme-shared"
  subnets    = { a = { region = "europe-west1", pods_range = "pods-a", services_range = "services-a" } }
  egress_ips = ["203.0.113.7"]
}

run "gives_what_gcp_network_gives" {
  command = plan

  assert {
    condition     = output.network_id == "projects/acme-shared/global/networks/shared" && output.subnets["a"].pods_range == "pods-a" && output.subnets["a"].cidr == "10.0.1.0/24" && output.subnet_ids["europe-west1"]["a"] == output.subnets["a"].id && output.egress_ips == tolist(["203.0.113.7"])
    error_message = "The same outputs."
  }
}

run "refuses_ranges_that_are_not_there" {
  command         = plan
  expect_failures = [data.google_compute_subnetwork.this["a"]]

  variables {
    subnets = { a = { region = "europe-west1", pods_range = "pods", services_range = "services-a" } }
  }
}

run "refuses_subnets_of_another_network" {
  command         = plan
  expect_failures = [data.google_compute_subnetwork.this["a"]]

  override_data {
    target = data.google_compute_network.this
    values = { id = "projects/acme-shared/global/networks/other", self_link = "https://www.googleapis.com/compute/v1/projects/acme-shared/global/networks/other" }
  }
}

mock_provider "google" {
  override_during = plan

  mock_data "google_container_cluster" {
    defaults = {
      id                       = "projects/acme-shared/locations/europe-west1/clusters/shared"
      endpoint                 = "10.1.0.2"
      workload_identity_config = [{ workload_pool = "acme-shared.svc.id.goog" }]
    }
  }
}

variables {
  name     = "shared"
  project  = "acme-shared"
  location = "europe-west1"
}

run "refuses_clusters_without_workload_identity" {
  command         = plan
  expect_failures = [data.google_container_cluster.this]

  override_data {
    target = data.google_container_cluster.this
    values = { endpoint = "10.1.0.2", workload_identity_config = [] }
  }
}

run "refuses_clusters_that_are_not_there" {
  command         = plan
  expect_failures = [data.google_container_cluster.this]

  override_data {
    target = data.google_container_cluster.this
    values = { endpoint = "", workload_identity_config = [{ workload_pool = "acme-shared.svc.id.goog" }] }
  }
}

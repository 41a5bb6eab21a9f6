# The cluster that somebody else owns, with the outputs of gcp/gke. Nothing here is created or changed.

data "google_container_cluster" "this" {
  name     = var.name
  project  = var.project
  location = var.location

  lifecycle {
    postcondition {
      condition     = self.endpoint != null && self.endpoint != ""
      error_message = "There is no cluster ${var.name} in ${var.location} of ${var.project}."
    }

    postcondition {
      condition     = length(self.workload_identity_config) > 0
      error_message = "Cluster ${var.name} has no Workload Identity: its pods would share the nodes' rights."
    }
  }
}

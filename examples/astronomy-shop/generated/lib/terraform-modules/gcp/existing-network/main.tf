# The network that somebody else owns, with the outputs of gcp/network. Nothing here is created or changed.

data "google_compute_network" "this" {
  name    = var.name
  project = var.project
}

data "google_compute_subnetwork" "this" {
  for_each = var.subnets

  name    = each.key
  project = var.project
  region  = each.value.region

  lifecycle {
    postcondition {
      condition     = self.network == data.google_compute_network.this.self_link
      error_message = "Subnet ${each.key} belongs to another network than ${var.name}."
    }

    postcondition {
      condition     = self.private_ip_google_access
      error_message = "Subnet ${each.key} has no private Google access: machines without public addresses could not reach Google's APIs."
    }

    postcondition {
      condition = alltrue([
        for range in compact([each.value.pods_range, each.value.services_range]) : contains(self.secondary_ip_range[*].range_name, range)
      ])
      error_message = "Subnet ${each.key} has no secondary range of that name; it has ${join(", ", self.secondary_ip_range[*].range_name)}."
    }
  }
}

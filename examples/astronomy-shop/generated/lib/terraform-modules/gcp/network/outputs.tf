output "network_id" {
  description = "ID of the VPC."
  value       = google_compute_network.this.id
}

output "network_name" {
  description = "Name of the VPC."
  value       = google_compute_network.this.name
}

output "subnets" {
  description = "Subnets: name → ID, region, range, and the names of the secondary ranges for pods and Services (null without them)."
  value = {
    for name, subnet in google_compute_subnetwork.this : name => {
      id             = subnet.id
      region         = subnet.region
      cidr           = subnet.ip_cidr_range
      pods_range     = var.subnets[name].pods_cidr == null ? null : "pods"
      services_range = var.subnets[name].services_cidr == null ? null : "services"
    }
  }

  # Whoever starts machines in a subnet needs the way out to be there.
  depends_on = [google_compute_router_nat.this]
}

output "subnet_ids" {
  description = "IDs of the subnets: region → name → ID."
  value       = { for region in local.regions : region => { for name, subnet in google_compute_subnetwork.this : name => subnet.id if subnet.region == region } }

  depends_on = [google_compute_router_nat.this]
}

output "egress_ips" {
  description = "Public addresses that everything in the network is seen from."
  value       = [for address in google_compute_address.nat : address.address]
}

output "network_id" {
  description = "ID of the VPC."
  value       = data.google_compute_network.this.id
}

output "network_name" {
  description = "Name of the VPC."
  value       = data.google_compute_network.this.name
}

output "subnets" {
  description = "Subnets: name → ID, region, range, and the names of the secondary ranges for pods and Services (null without them)."
  value = {
    for name, subnet in data.google_compute_subnetwork.this : name => {
      id             = subnet.id
      region         = subnet.region
      cidr           = subnet.ip_cidr_range
      pods_range     = var.subnets[name].pods_range
      services_range = var.subnets[name].services_range
    }
  }
}

output "subnet_ids" {
  description = "IDs of the subnets: region → name → ID."
  value = {
    for region in toset([for subnet in values(var.subnets) : subnet.region]) :
    region => { for name, subnet in data.google_compute_subnetwork.this : name => subnet.id if subnet.region == region }
  }
}

output "egress_ips" {
  description = "Public addresses that everything in the network is seen from."
  value       = var.egress_ips
}

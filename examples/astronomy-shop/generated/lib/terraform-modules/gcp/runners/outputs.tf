output "name" {
  description = "Name of the instance group."
  value       = google_compute_region_instance_group_manager.this.name
}

output "identity" {
  description = "Email of the instances' service account."
  value       = google_service_account.this.email
}

output "name" {
  description = "ID of the Google service account."
  value       = google_service_account.this.account_id
}

output "identity" {
  description = "E-mail address of the Google service account, for the annotation iam.gke.io/gcp-service-account."
  value       = google_service_account.this.email
}

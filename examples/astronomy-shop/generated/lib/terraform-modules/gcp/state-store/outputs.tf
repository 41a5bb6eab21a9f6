output "name" {
  description = "Name of the bucket: `bucket` in a root's gcs backend."
  value       = google_storage_bucket.this.name
}

output "id" {
  description = "URL of the bucket, for the policies of those who use it."
  value       = google_storage_bucket.this.url
}

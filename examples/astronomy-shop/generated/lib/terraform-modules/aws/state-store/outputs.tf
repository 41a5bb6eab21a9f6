output "name" {
  description = "Name of the bucket: `bucket` in a root's s3 backend, with `encrypt` and `use_lockfile`."
  value       = aws_s3_bucket.this.bucket
}

output "id" {
  description = "ARN of the bucket, for the policies of those who use it."
  value       = aws_s3_bucket.this.arn
}

output "kms_key_id" {
  description = "Alias of its key: `kms_key_id` in the backend."
  value       = aws_kms_alias.this.name
}

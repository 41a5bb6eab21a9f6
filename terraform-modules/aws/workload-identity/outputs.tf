output "name" {
  description = "Name of the IAM role."
  value       = aws_iam_role.this.name
}

output "identity" {
  description = "ARN of the IAM role."
  value       = aws_iam_role.this.arn
}

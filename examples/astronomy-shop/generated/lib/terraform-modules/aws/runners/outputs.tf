output "name" {
  description = "Name of the autoscaling group."
  value       = aws_autoscaling_group.this.name
}

output "identity" {
  description = "ARN of the instances' IAM role."
  value       = aws_iam_role.this.arn
}

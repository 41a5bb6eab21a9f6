mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  name = "ultimate-111122223333-tfstate"
}

run "versioned_encrypted_never_public" {
  command = plan

  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled" && one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default).sse_algorithm == "aws:kms"
    error_message = "Versions, and the bucket's own key."
  }
  assert {
    condition     = alltrue([aws_s3_bucket_public_access_block.this.block_public_acls, aws_s3_bucket_public_access_block.this.block_public_policy, aws_s3_bucket_public_access_block.this.ignore_public_acls, aws_s3_bucket_public_access_block.this.restrict_public_buckets])
    error_message = "Never public."
  }
  assert {
    condition     = output.kms_key_id == "alias/ultimate-111122223333-tfstate" && length(data.aws_iam_policy_document.bucket.statement) == 3
    error_message = "The backend's key by name; without writers, only transport and key are policed."
  }
}

run "writers_close_it_to_everyone_else" {
  command = plan

  variables {
    writers = ["arn:aws:iam::111122223333:role/ci"]
  }

  assert {
    condition     = data.aws_iam_policy_document.bucket.statement[3].effect == "Deny" && contains(one(data.aws_iam_policy_document.bucket.statement[3].condition).values, "arn:aws:iam::111122223333:role/ci")
    error_message = "Everyone but the writers is denied."
  }
}

run "a_user_is_no_writer" {
  command = plan

  variables {
    writers = ["arn:aws:iam::111122223333:user/someone"]
  }

  expect_failures = [var.writers]
}

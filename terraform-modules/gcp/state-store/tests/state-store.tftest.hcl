mock_provider "google" {
  override_during = plan
}

variables {
  name     = "acme-terraform-state"
  project  = "acme-platform"
  location = "EUR4"
}

run "is_private_and_keeps_versions" {
  command = plan

  assert {
    condition     = google_storage_bucket.this.uniform_bucket_level_access && google_storage_bucket.this.public_access_prevention == "enforced" && !google_storage_bucket.this.force_destroy
    error_message = "Never public, never emptied."
  }

  assert {
    condition     = google_storage_bucket.this.versioning[0].enabled && google_storage_bucket.this.soft_delete_policy[0].retention_duration_seconds == 7776000
    error_message = "Replaced and deleted versions come back."
  }

  assert {
    condition     = one(google_storage_bucket.this.lifecycle_rule[0].condition).num_newer_versions == 20 && one(google_storage_bucket.this.lifecycle_rule[0].condition).days_since_noncurrent_time == 365
    error_message = "The newest twenty stay, and a year of the others."
  }

  assert {
    condition     = length(google_storage_bucket.this.encryption) == 0 && length(google_storage_bucket.this.logging) == 0
    error_message = "Google's key unless there is one."
  }
}

run "writers_and_nobody_else" {
  command = plan

  variables {
    writers = ["serviceAccount:ci@acme-platform.iam.gserviceaccount.com"]
  }

  assert {
    condition     = [for member in google_storage_bucket_iam_member.writers : "${member.member} ${member.role}"] == ["serviceAccount:ci@acme-platform.iam.gserviceaccount.com roles/storage.objectUser"]
    error_message = "Objects, not the bucket."
  }
}

run "with_a_key_and_access_logs" {
  command = plan

  variables {
    kms_key_id        = "projects/acme-platform/locations/eur4/keyRings/state/cryptoKeys/state"
    access_log_bucket = "acme-logs"
  }

  assert {
    condition     = google_storage_bucket.this.encryption[0].default_kms_key_name == var.kms_key_id && google_kms_crypto_key_iam_member.storage[0].crypto_key_id == var.kms_key_id
    error_message = "Cloud Storage may use the key."
  }

  assert {
    condition     = google_storage_bucket.this.logging[0].log_bucket == "acme-logs"
    error_message = "Access is logged."
  }
}

run "refuses_everybody" {
  command         = plan
  expect_failures = [var.writers]

  variables {
    writers = ["allUsers"]
  }
}

run "refuses_names_of_google" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name = "google-state"
  }
}

run "refuses_to_forget_quickly" {
  command         = plan
  expect_failures = [var.noncurrent_days]

  variables {
    noncurrent_days = 7
  }
}

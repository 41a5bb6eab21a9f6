# Where the state of every other root lives. Applied once, by hand: see README.md.

data "google_storage_project_service_account" "this" {
  project = var.project
}

resource "google_kms_crypto_key_iam_member" "storage" {
  count = var.kms_key_id == null ? 0 : 1

  crypto_key_id = var.kms_key_id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = data.google_storage_project_service_account.this.member
}

resource "google_storage_bucket" "this" {
  name          = var.name
  project       = var.project
  location      = var.location
  storage_class = "STANDARD"
  labels        = var.labels

  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = false

  versioning {
    enabled = true
  }

  # A deleted version comes back for 90 days, whoever deleted it. A retention policy would forbid to release the lock.
  soft_delete_policy {
    retention_duration_seconds = 90 * 24 * 3600
  }

  lifecycle_rule {
    condition {
      days_since_noncurrent_time = var.noncurrent_days
      num_newer_versions         = 20
      with_state                 = "ARCHIVED"
    }

    action {
      type = "Delete"
    }
  }

  dynamic "encryption" {
    for_each = google_kms_crypto_key_iam_member.storage[*].crypto_key_id

    content {
      default_kms_key_name = encryption.value
    }
  }

  dynamic "logging" {
    for_each = var.access_log_bucket == null ? [] : [var.access_log_bucket]

    content {
      log_bucket        = logging.value
      log_object_prefix = var.name
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "google_storage_bucket_iam_member" "writers" {
  for_each = var.writers

  bucket = google_storage_bucket.this.name
  role   = "roles/storage.objectUser" # reads, writes and deletes objects, and nothing about the bucket
  member = each.value
}

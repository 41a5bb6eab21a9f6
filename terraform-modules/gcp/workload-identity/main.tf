# A Google service account, its roles on the project, and the one Kubernetes service account that may act as it.

resource "google_service_account" "this" {
  account_id   = var.name
  project      = var.project
  display_name = substr("Pods of ${var.namespace}/${var.service_account}", 0, 100) # the longest that IAM takes
}

resource "google_project_iam_member" "this" {
  for_each = var.roles

  project = var.project
  role    = each.key
  member  = google_service_account.this.member
}

# https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity#kubernetes-sa-to-iam
resource "google_service_account_iam_member" "pods" {
  service_account_id = google_service_account.this.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "serviceAccount:${var.workload_identity_pool}[${var.namespace}/${var.service_account}]"
}

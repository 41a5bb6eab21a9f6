data "google_project" "this" {
  project_id = var.project
}

# --- Nodes ---------------------------------------------------------------------------------------------------------

locals {
  # IDs of service accounts end at 30 characters: https://cloud.google.com/iam/docs/service-accounts-create
  nodes_account_id = length(var.name) <= 24 ? "${var.name}-nodes" : "${trimsuffix(substr(var.name, 0, 17), "-")}-${substr(sha256(var.name), 0, 6)}-nodes"

  registries = { for name, id in var.registry_ids : name => regex("^projects/(?P<project>[^/]+)/locations/(?P<location>[^/]+)/repositories/(?P<repository>[^/]+)$", id) }
}

resource "google_service_account" "nodes" {
  account_id   = local.nodes_account_id
  project      = var.project
  display_name = "Nodes of ${var.name}"
}

resource "google_project_iam_member" "nodes" {
  project = var.project
  role    = "roles/container.defaultNodeServiceAccount" # logs, metrics, and nothing else
  member  = google_service_account.nodes.member
}

resource "google_artifact_registry_repository_iam_member" "nodes" {
  for_each = local.registries

  project    = each.value.project
  location   = each.value.location
  repository = each.value.repository
  role       = "roles/artifactregistry.reader"
  member     = google_service_account.nodes.member
}

# --- Pods ----------------------------------------------------------------------------------------------------------

locals {
  # A Kubernetes service account is a principal of its own, without a Google service account in between:
  # https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity#configure-authz-principals
  principals = {
    for name, identity in var.workload_identities : name =>
    "principal://iam.googleapis.com/projects/${data.google_project.this.number}/locations/global/workloadIdentityPools/${var.project}.svc.id.goog/subject/ns/${identity.namespace}/sa/${identity.service_account}"
  }

  pod_roles = merge([
    for name, identity in var.workload_identities : {
      for role in identity.roles : "${name}/${role}" => { name = name, role = role }
    }
  ]...)

  pod_secrets = merge([
    for name, identity in var.workload_identities : {
      for secret in identity.secrets : "${name}/${secret}" => { name = name, secret = secret }
    }
  ]...)
}

resource "google_project_iam_member" "pods" {
  for_each = local.pod_roles

  project = var.project
  role    = each.value.role
  member  = local.principals[each.value.name]

  depends_on = [google_container_cluster.this] # the first cluster makes the pool of identities
}

resource "google_secret_manager_secret_iam_member" "pods" {
  for_each = local.pod_secrets

  project   = var.project
  secret_id = each.value.secret
  role      = "roles/secretmanager.secretAccessor"
  member    = local.principals[each.value.name]

  depends_on = [google_container_cluster.this]
}

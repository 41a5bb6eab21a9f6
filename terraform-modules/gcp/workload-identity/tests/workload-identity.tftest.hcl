mock_provider "google" {
  override_during = plan

  mock_resource "google_service_account" {
    defaults = {
      name   = "projects/acme-platform/serviceAccounts/main-cert-manager@acme-platform.iam.gserviceaccount.com"
      email  = "main-cert-manager@acme-platform.iam.gserviceaccount.com"
      member = "serviceAccount:main-cert-manager@acme-platform.iam.gserviceaccount.com"
    }
  }
}

variables {
  name                   = "main-cert-manager"
  project                = "acme-platform"
  workload_identity_pool = "acme-platform.svc.id.goog"
  namespace              = "cert-manager"
  service_account        = "solver"
  roles                  = ["roles/dns.admin", "projects/acme-platform/roles/zoneReader"]
}

run "one_service_account_with_its_roles" {
  command = plan

  assert {
    condition     = google_service_account.this.account_id == "main-cert-manager" && google_service_account.this.project == "acme-platform" && google_service_account.this.display_name == "Pods of cert-manager/solver"
    error_message = "It is named as asked, and says whose it is."
  }

  assert {
    condition     = keys(google_project_iam_member.this) == ["projects/acme-platform/roles/zoneReader", "roles/dns.admin"] && alltrue([for role, given in google_project_iam_member.this : given.role == role && given.project == "acme-platform" && given.member == google_service_account.this.member])
    error_message = "Each role, on the project, and no other."
  }

  assert {
    condition     = output.name == "main-cert-manager" && output.identity == "main-cert-manager@acme-platform.iam.gserviceaccount.com"
    error_message = "Callers get its address."
  }
}

run "one_kubernetes_service_account_may_act_as_it" {
  command = plan

  assert {
    condition     = google_service_account_iam_member.pods.member == "serviceAccount:acme-platform.svc.id.goog[cert-manager/solver]" && google_service_account_iam_member.pods.role == "roles/iam.workloadIdentityUser" && google_service_account_iam_member.pods.service_account_id == google_service_account.this.name
    error_message = "By the cluster's pool, its namespace and its name."
  }
}

run "a_long_service_account_still_has_a_title" {
  command = plan

  variables {
    service_account = "${join("", [for _ in range(25) : "long.name."])}end"
  }

  assert {
    condition     = length(google_service_account.this.display_name) == 100
    error_message = "IAM takes 100 characters."
  }
}

run "refuses_names_that_are_no_ids" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name = "main-cert-manager-cert-manager1"
  }
}

run "refuses_what_would_leave_the_brackets" {
  command         = plan
  expect_failures = [var.namespace, var.service_account]

  variables {
    namespace       = "cert-manager/other"
    service_account = "solver]"
  }
}

run "refuses_no_roles" {
  command         = plan
  expect_failures = [var.roles]

  variables {
    roles = []
  }
}

run "refuses_what_is_no_role" {
  command         = plan
  expect_failures = [var.roles]

  variables {
    roles = ["dns.admin"]
  }
}

run "refuses_basic_roles" {
  command         = plan
  expect_failures = [var.roles]

  variables {
    roles = ["roles/dns.admin", "roles/editor"]
  }
}

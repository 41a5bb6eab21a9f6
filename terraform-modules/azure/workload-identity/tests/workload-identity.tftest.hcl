mock_provider "azurerm" {
  override_during = plan

  mock_resource "azurerm_user_assigned_identity" {
    defaults = {
      id           = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/acme-westeurope/providers/Microsoft.ManagedIdentity/userAssignedIdentities/main-cert-manager"
      client_id    = "00000000-0000-0000-0000-00000000000c"
      principal_id = "00000000-0000-0000-0000-00000000000d"
    }
  }
}

variables {
  name                = "main-cert-manager"
  subscription_id     = "00000000-0000-0000-0000-000000000001"
  resource_group_name = "acme-westeurope"
  region              = "westeurope"
  oidc_issuer         = "https://westeurope.oic.prod-aks.azure.com/tenant/cluster/"
  namespace           = "cert-manager"
  service_account     = "solver"
  roles               = ["DNS Zone Contributor", "Reader"]
  tags                = { cluster = "main" }
}

run "one_identity_with_its_roles" {
  command = plan

  assert {
    condition     = azurerm_user_assigned_identity.this.name == "main-cert-manager" && azurerm_user_assigned_identity.this.resource_group_name == "acme-westeurope" && azurerm_user_assigned_identity.this.location == "westeurope" && azurerm_user_assigned_identity.this.tags == tomap({ cluster = "main" })
    error_message = "It is named and placed as asked."
  }

  assert {
    condition     = keys(azurerm_role_assignment.this) == ["DNS Zone Contributor", "Reader"] && alltrue([for role, given in azurerm_role_assignment.this : given.role_definition_name == role && given.scope == "/subscriptions/00000000-0000-0000-0000-000000000001" && given.principal_id == azurerm_user_assigned_identity.this.principal_id && given.principal_type == "ServicePrincipal"])
    error_message = "Each role, on the subscription, and no other."
  }

  assert {
    condition     = output.name == "main-cert-manager" && output.identity == "00000000-0000-0000-0000-00000000000c"
    error_message = "Callers get the client ID."
  }
}

run "one_service_account_stands_for_it" {
  command = plan

  assert {
    condition     = azurerm_federated_identity_credential.this.subject == "system:serviceaccount:cert-manager:solver" && azurerm_federated_identity_credential.this.issuer == "https://westeurope.oic.prod-aks.azure.com/tenant/cluster/" && azurerm_federated_identity_credential.this.audience == tolist(["api://AzureADTokenExchange"])
    error_message = "By the cluster's issuer, its namespace and its name, for Entra alone."
  }

  assert {
    condition     = azurerm_federated_identity_credential.this.parent_id == azurerm_user_assigned_identity.this.id && azurerm_federated_identity_credential.this.name == "main-cert-manager"
    error_message = "It belongs to the identity."
  }
}

run "refuses_names_that_are_too_short" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name = "ab"
  }
}

run "refuses_what_is_no_service_account" {
  command         = plan
  expect_failures = [var.namespace, var.service_account]

  variables {
    namespace       = "cert-manager:solver"
    service_account = "*"
  }
}

run "refuses_what_is_no_subscription" {
  command         = plan
  expect_failures = [var.subscription_id]

  variables {
    subscription_id = "/subscriptions/00000000-0000-0000-0000-000000000001"
  }
}

run "refuses_no_roles" {
  command         = plan
  expect_failures = [var.roles]

  variables {
    roles = []
  }
}

run "refuses_roles_over_everything" {
  command         = plan
  expect_failures = [var.roles]

  variables {
    roles = ["DNS Zone Contributor", "owner"]
  }
}

mock_provider "azurerm" {
  mock_data "azurerm_kubernetes_cluster" {
    defaults = {
      oidc_issuer_enabled     = true
      private_cluster_enabled = true
      private_fqdn            = "private.example"
      fqdn                    = "public.example"
      kube_config             = [{ cluster_ca_certificate = "Y2E=" }]
      kubelet_identity        = [{ object_id = "nodes" }]
    }
  }
}

variables {
  name                = "theirs"
  resource_group_name = "theirs"
}

run "it_has_the_outputs_of_aks" {
  command = plan

  assert {
    condition     = output.endpoint == "https://private.example" && output.ca_certificate == "Y2E=" && output.node_identities == ["nodes"] && output.workload_identities == {}
    error_message = "Read from the cluster; nobody's pods."
  }
}

run "a_cluster_without_an_issuer_is_refused" {
  command = plan

  override_data {
    target = data.azurerm_kubernetes_cluster.this
    values = { oidc_issuer_enabled = false, kube_config = [{ cluster_ca_certificate = "" }] }
  }

  expect_failures = [data.azurerm_kubernetes_cluster.this]
}

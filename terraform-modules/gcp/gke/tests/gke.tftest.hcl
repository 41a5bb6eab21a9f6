mock_provider "google" {
  override_during = plan

  mock_data "google_project" {
    defaults = { number = "123456789" }
  }

  mock_resource "google_container_cluster" {
    defaults = { private_cluster_config = { private_endpoint = "10.0.1.2" } }
  }

  mock_resource "google_kms_crypto_key" {
    defaults = { id = "projects/acme-platform/locations/europe-west1/keyRings/main/cryptoKeys/secrets" }
  }

  mock_resource "google_service_account" {
    defaults = { email = "main-nodes@acme-platform.iam.gserviceaccount.com", member = "serviceAccount:main-nodes@acme-platform.iam.gserviceaccount.com" }
  }
}

variables {
  name       = "main"
  project    = "acme-platform"
  location   = "europe-west1"
  network_id = "projects/acme-platform/global/networks/main"
  subnet_id  = "projects/acme-platform/regions/europe-west1/subnetworks/a"

  node_pools = {
    spot = { machine_type = "e2-medium", spot = true, min = 1, max = 5, initial = 3 }
    platform = {
      machine_type = "e2-standard-4"
      min          = 1
      max          = 4
      initial      = 4
      labels       = { role = "platform" }
      taints       = [{ key = "platform", effect = "NoSchedule" }]
    }
  }
}

run "is_private_and_hardened" {
  command = plan

  assert {
    condition     = google_container_cluster.this.private_cluster_config[0].enable_private_nodes && google_container_cluster.this.private_cluster_config[0].enable_private_endpoint
    error_message = "Without authorised ranges nodes and API server have private addresses alone."
  }

  assert {
    condition     = !google_container_cluster.this.master_authorized_networks_config[0].gcp_public_cidrs_access_enabled && length(google_container_cluster.this.master_authorized_networks_config[0].cidr_blocks) == 0
    error_message = "Nobody is authorised unless named."
  }

  assert {
    condition     = google_container_cluster.this.datapath_provider == "ADVANCED_DATAPATH" && google_container_cluster.this.addons_config[0].network_policy_config[0].disabled && !google_container_cluster.this.network_policy[0].enabled
    error_message = "Dataplane V2, and not together with Calico."
  }

  assert {
    condition     = google_container_cluster.this.enable_shielded_nodes && google_container_cluster.this.enable_intranode_visibility && !google_container_cluster.this.enable_legacy_abac && google_container_cluster.this.deletion_protection
    error_message = "Shielded nodes, visible traffic, no ABAC, protected from deletion."
  }

  assert {
    condition     = google_container_cluster.this.workload_identity_config[0].workload_pool == "acme-platform.svc.id.goog"
    error_message = "Pods have identities of their own."
  }

  assert {
    condition     = google_container_cluster.this.database_encryption[0].state == "ENCRYPTED" && google_container_cluster.this.database_encryption[0].key_name == google_kms_crypto_key.secrets.id && google_kms_crypto_key.secrets.rotation_period == "7776000s"
    error_message = "Secrets have a key that rotates."
  }

  assert {
    condition     = google_container_cluster.this.binary_authorization[0].evaluation_mode == "PROJECT_SINGLETON_POLICY_ENFORCE" && google_container_cluster.this.release_channel[0].channel == "REGULAR" && google_container_cluster.this.cost_management_config[0].enabled
    error_message = "Binary authorization, a release channel, costs by namespace."
  }

  assert {
    condition     = contains(google_container_cluster.this.logging_config[0].enable_components, "APISERVER") && !google_container_cluster.this.monitoring_config[0].managed_prometheus[0].enabled && google_logging_project_bucket_config.this.retention_days == 365
    error_message = "The control plane's logs are kept for a year; Prometheus is the platform's."
  }

  assert {
    condition = alltrue([for pool in google_container_node_pool.this :
      pool.node_config[0].workload_metadata_config[0].mode == "GKE_METADATA" &&
      pool.node_config[0].shielded_instance_config[0].enable_secure_boot &&
      pool.node_config[0].service_account == google_service_account.nodes.email &&
      pool.node_config[0].metadata["disable-legacy-endpoints"] == "true" &&
      pool.node_config[0].kubelet_config[0].insecure_kubelet_readonly_port_enabled == "FALSE" &&
      pool.network_config[0].enable_private_nodes && pool.management[0].auto_repair && pool.management[0].auto_upgrade
    ])
    error_message = "Every pool is private, shielded, repaired, and hides the metadata service."
  }

  assert {
    condition     = google_project_iam_member.nodes.role == "roles/container.defaultNodeServiceAccount"
    error_message = "Nodes may write logs and metrics, and nothing else."
  }

  assert {
    condition     = google_container_cluster.this.maintenance_policy[0].recurring_window[0].recurrence == "FREQ=WEEKLY;BYDAY=SA,SU" && google_container_cluster.this.maintenance_policy[0].recurring_window[0].start_time == "2024-01-06T01:00:00Z" && google_container_cluster.this.maintenance_policy[0].recurring_window[0].end_time == "2024-01-06T07:00:00Z"
    error_message = "Upgrades at the weekend."
  }
}

run "counts_are_totals" {
  command = plan

  assert {
    condition     = google_container_node_pool.this["spot"].initial_node_count == 1 && google_container_node_pool.this["spot"].autoscaling[0].total_min_node_count == 1 && google_container_node_pool.this["spot"].autoscaling[0].total_max_node_count == 5
    error_message = "Three nodes in three zones are one in each."
  }

  assert {
    condition     = google_container_node_pool.this["platform"].initial_node_count == 1
    error_message = "Four nodes in three zones: two in each would be above the maximum of four."
  }

  assert {
    condition     = google_container_node_pool.this["spot"].autoscaling[0].location_policy == "ANY" && google_container_node_pool.this["platform"].autoscaling[0].location_policy == "BALANCED"
    error_message = "Spot goes where there is some."
  }

  assert {
    condition     = one(google_container_node_pool.this["platform"].node_config[0].taint).effect == "NO_SCHEDULE"
    error_message = "Effects have GKE's names."
  }
}

run "a_zonal_cluster_starts_all_nodes_in_its_zone" {
  command = plan

  variables {
    location = "europe-west1-b"
  }

  assert {
    condition     = google_container_node_pool.this["spot"].initial_node_count == 3 && google_kms_key_ring.this.location == "europe-west1"
    error_message = "One zone holds all three; the key is the region's."
  }
}

run "zones_divide_the_count" {
  command = plan

  variables {
    zones = ["europe-west1-b", "europe-west1-c"]
  }

  assert {
    condition     = google_container_node_pool.this["spot"].initial_node_count == 2 && google_container_node_pool.this["platform"].initial_node_count == 2
    error_message = "Three nodes in two zones are two in each, which five allow."
  }
}

run "authorised_ranges_open_the_endpoint_to_them" {
  command = plan

  variables {
    authorized_cidrs     = ["203.0.113.0/24"]
    private_client_cidrs = ["10.9.0.0/16"]
  }

  assert {
    condition     = !google_container_cluster.this.private_cluster_config[0].enable_private_endpoint && google_container_cluster.this.private_cluster_config[0].master_global_access_config[0].enabled
    error_message = "A public endpoint for the ranges that are named."
  }

  assert {
    condition     = toset([for block in google_container_cluster.this.master_authorized_networks_config[0].cidr_blocks : block.cidr_block]) == toset(["203.0.113.0/24", "10.9.0.0/16"])
    error_message = "And for no other."
  }
}

run "the_control_plane_reaches_webhooks" {
  command = plan

  assert {
    condition     = google_compute_firewall.webhooks[0].source_ranges == toset(["10.0.1.2/32"]) && google_compute_firewall.webhooks[0].target_tags == toset(["main"]) && alltrue([for pool in google_container_node_pool.this : contains(pool.node_config[0].tags, "main")])
    error_message = "From the control plane's own address, to the nodes of this cluster."
  }

  assert {
    condition     = one(google_compute_firewall.webhooks[0].allow).protocol == "tcp" && one(google_compute_firewall.webhooks[0].allow).ports == tolist(["8443", "10250", "15017"])
    error_message = "On the ports of Gatekeeper, Chaos Mesh, the Prometheus operator and Istio."
  }

  assert {
    condition     = google_compute_firewall.webhooks[0].direction == "INGRESS" && google_compute_firewall.webhooks[0].priority < 65534 && google_compute_firewall.webhooks[0].log_config[0].metadata == "INCLUDE_ALL_METADATA" && google_compute_firewall.webhooks[0].project == "acme-platform"
    error_message = "Before the rule that refuses everything, and logged."
  }
}

run "webhooks_of_a_shared_network" {
  command = plan

  variables {
    network_id    = "projects/acme-network/global/networks/shared"
    webhook_ports = [9443, 443]
  }

  assert {
    condition     = google_compute_firewall.webhooks[0].project == "acme-network" && one(google_compute_firewall.webhooks[0].allow).ports == tolist(["443", "9443"])
    error_message = "A rule is in the project of its network."
  }
}

run "no_webhooks_no_rule" {
  command = plan

  variables {
    webhook_ports = []
  }

  assert {
    condition     = length(google_compute_firewall.webhooks) == 0
    error_message = "Nothing to let in."
  }
}

run "refuses_ports_that_are_none" {
  command         = plan
  expect_failures = [var.webhook_ports]

  variables {
    webhook_ports = [65536]
  }
}

run "pods_are_principals" {
  command = plan

  variables {
    workload_identities = {
      secrets = { namespace = "external-secrets", service_account = "reader", secrets = ["token"], roles = ["roles/monitoring.viewer"] }
    }
  }

  assert {
    condition     = output.workload_identities["secrets"] == "principal://iam.googleapis.com/projects/123456789/locations/global/workloadIdentityPools/acme-platform.svc.id.goog/subject/ns/external-secrets/sa/reader"
    error_message = "The Kubernetes service account is the principal."
  }

  assert {
    condition     = google_secret_manager_secret_iam_member.pods["secrets/token"].member == output.workload_identities["secrets"] && google_project_iam_member.pods["secrets/roles/monitoring.viewer"].member == output.workload_identities["secrets"]
    error_message = "Rights are its own."
  }
}

run "a_long_name_still_makes_a_service_account" {
  command = plan

  variables {
    name = "a-cluster-whose-name-has-forty-letters-x"
  }

  assert {
    condition     = length(google_service_account.nodes.account_id) <= 30 && can(regex("^[a-z][a-z0-9-]+[a-z0-9]$", google_service_account.nodes.account_id))
    error_message = "IDs of service accounts end at 30 characters."
  }
}

run "refuses_the_whole_internet" {
  command         = plan
  expect_failures = [var.authorized_cidrs, var.private_client_cidrs]

  variables {
    authorized_cidrs     = ["0.0.0.0/0"]
    private_client_cidrs = ["0.0.0.0/0"]
  }
}

run "refuses_pools_that_cannot_be" {
  command         = plan
  expect_failures = [var.node_pools]

  variables {
    node_pools = { main = { machine_type = "e2-medium", min = 3, max = 2, initial = 3 } }
  }
}

run "refuses_pools_that_do_not_reach_every_zone" {
  command         = plan
  expect_failures = [google_container_node_pool.this["main"]]

  variables {
    node_pools = { main = { machine_type = "e2-medium", min = 1, max = 2, initial = 2 } }
  }
}

run "refuses_unknown_taints" {
  command         = plan
  expect_failures = [var.node_pools]

  variables {
    node_pools = {
      main    = { machine_type = "e2-medium", min = 1, max = 1, initial = 1 }
      tainted = { machine_type = "e2-medium", min = 1, max = 1, initial = 1, taints = [{ key = "a", effect = "Never" }] }
    }
  }
}

run "refuses_only_tainted_pools" {
  command         = plan
  expect_failures = [var.node_pools]

  variables {
    node_pools = { main = { machine_type = "e2-medium", min = 1, max = 1, initial = 1, taints = [{ key = "a", effect = "NoSchedule" }] } }
  }
}

run "recommends_where_it_is_asked_to" {
  command = plan

  variables {
    vertical_pod_autoscaling = true
  }

  assert {
    condition     = google_container_cluster.this.vertical_pod_autoscaling[0].enabled
    error_message = "VerticalPodAutoscalers are served."
  }
}

run "refuses_basic_roles" {
  command         = plan
  expect_failures = [var.workload_identities]

  variables {
    workload_identities = { all = { namespace = "a", service_account = "b", roles = ["roles/owner"] } }
  }
}

run "refuses_short_maintenance" {
  command         = plan
  expect_failures = [var.maintenance]

  variables {
    maintenance = { days = ["Sunday"], start = "01:00", hours = 6 }
  }
}

run "refuses_zones_of_another_region" {
  command         = plan
  expect_failures = [var.zones]

  variables {
    zones = ["europe-west2-a"]
  }
}

run "refuses_short_log_retention" {
  command         = plan
  expect_failures = [var.log_retention_days]

  variables {
    log_retention_days = 30
  }
}

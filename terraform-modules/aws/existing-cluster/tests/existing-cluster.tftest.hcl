mock_provider "aws" {
  mock_data "aws_eks_cluster" {
    defaults = {
      arn                   = "arn:aws:eks:eu-west-3:111122223333:cluster/theirs"
      status                = "ACTIVE"
      certificate_authority = [{ data = "Y2E=" }]
      identity              = [{ oidc = [{ issuer = "https://issuer.example" }] }]
      vpc_config            = [{ cluster_security_group_id = "sg-1" }]
    }
  }
  mock_data "aws_eks_node_groups" {
    defaults = { names = ["one", "two"] }
  }
  mock_data "aws_eks_node_group" {
    defaults = { node_role_arn = "arn:aws:iam::111122223333:role/nodes" }
  }
}

variables {
  name = "theirs"
}

run "it_has_the_outputs_of_eks" {
  command = plan

  assert {
    condition     = output.cluster_id == "arn:aws:eks:eu-west-3:111122223333:cluster/theirs" && output.ca_certificate == "Y2E=" && output.oidc_issuer == "https://issuer.example" && output.node_security_group_id == "sg-1"
    error_message = "Read from the cluster."
  }
  assert {
    condition     = output.node_identities == tolist(["arn:aws:iam::111122223333:role/nodes"]) && output.oidc_provider_id != null && output.workload_identities == {}
    error_message = "Each role of the nodes once; nobody's pods."
  }
}

run "without_an_oidc_provider" {
  command = plan

  variables {
    oidc_provider = false
  }

  assert {
    condition     = output.oidc_provider_id == null
    error_message = "None is looked up."
  }
}

run "a_cluster_that_is_going_is_refused" {
  command = plan

  override_data {
    target = data.aws_eks_cluster.this
    values = { status = "DELETING", certificate_authority = [{ data = "" }], identity = [{ oidc = [{ issuer = "" }] }], vpc_config = [{ cluster_security_group_id = "" }] }
  }

  expect_failures = [data.aws_eks_cluster.this]
}

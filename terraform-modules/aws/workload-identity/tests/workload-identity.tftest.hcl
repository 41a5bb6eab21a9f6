mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  name            = "main-cert-manager"
  cluster_name    = "main"
  cluster_id      = "arn:aws:eks:eu-west-3:111122223333:cluster/main"
  namespace       = "cert-manager"
  service_account = "solver"
  statements = [
    { actions = ["route53:GetChange"], resources = ["arn:aws:route53:::change/*"] },
    { actions = ["route53:ListHostedZonesByName", "route53:List*"], resources = ["*"] },
  ]
  tags = { cluster = "main" }
}

run "a_role_for_one_service_account" {
  command = apply

  assert {
    condition     = aws_iam_role.this.name == "main-cert-manager" && aws_iam_role.this.description == "Pods of cert-manager/solver on main" && aws_iam_role.this.tags == tomap({ cluster = "main" })
    error_message = "It is named as asked, and says whose it is."
  }

  assert {
    condition     = aws_eks_pod_identity_association.this.cluster_name == "main" && aws_eks_pod_identity_association.this.namespace == "cert-manager" && aws_eks_pod_identity_association.this.service_account == "solver" && aws_eks_pod_identity_association.this.role_arn == aws_iam_role.this.arn
    error_message = "The association binds it to its service account."
  }

  assert {
    condition     = output.name == "main-cert-manager" && output.identity == aws_iam_role.this.arn
    error_message = "Callers get its ARN."
  }
}

run "nobody_else_is_trusted" {
  command = plan

  assert {
    condition     = one(data.aws_iam_policy_document.trust.statement).actions == toset(["sts:AssumeRole", "sts:TagSession"]) && one(one(data.aws_iam_policy_document.trust.statement).principals).identifiers == toset(["pods.eks.amazonaws.com"])
    error_message = "EKS Pod Identity alone takes the role."
  }

  assert {
    condition = { for condition in one(data.aws_iam_policy_document.trust.statement).condition : condition.variable => one(condition.values) } == {
      "aws:SourceArn"                             = "arn:aws:eks:eu-west-3:111122223333:cluster/main"
      "aws:RequestTag/kubernetes-namespace"       = "cert-manager"
      "aws:RequestTag/kubernetes-service-account" = "solver"
    }
    error_message = "For this cluster and this service account."
  }
}

run "it_may_what_is_asked_for" {
  command = plan

  assert {
    condition     = [for statement in data.aws_iam_policy_document.rights.statement : [statement.actions, statement.resources]] == [for statement in var.statements : [toset(statement.actions), toset(statement.resources)]]
    error_message = "Each statement, and no other."
  }
}

run "refuses_names_that_are_too_long" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name = join("", [for _ in range(13) : "names"])
  }
}

run "refuses_what_is_no_service_account" {
  command         = plan
  expect_failures = [var.namespace, var.service_account]

  variables {
    namespace       = "*"
    service_account = "*"
  }
}

run "refuses_no_statements" {
  command         = plan
  expect_failures = [var.statements]

  variables {
    statements = []
  }
}

run "refuses_statements_without_resources" {
  command         = plan
  expect_failures = [var.statements]

  variables {
    statements = [{ actions = ["route53:GetChange"], resources = [] }]
  }
}

run "refuses_all_of_aws" {
  command         = plan
  expect_failures = [var.statements]

  variables {
    statements = [{ actions = ["*"], resources = ["*"] }]
  }
}

run "refuses_all_of_a_service" {
  command         = plan
  expect_failures = [var.statements]

  variables {
    statements = [{ actions = ["route53:*"], resources = ["*"] }]
  }
}

run "refuses_what_is_no_arn" {
  command         = plan
  expect_failures = [var.statements]

  variables {
    statements = [{ actions = ["route53:GetChange"], resources = ["hostedzone/Z1"] }]
  }
}

mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
  mock_data "aws_region" {
    defaults = { region = "eu-west-3" }
  }
}

variables {
  name  = "ultimate-aws-eu-west-3"
  cidr  = "10.1.0.0/18"
  zones = ["eu-west-3a", "eu-west-3b", "eu-west-3c"]
}

run "three_zones_get_quarters" {
  command = plan

  assert {
    condition     = { for zone, subnet in aws_subnet.private : zone => subnet.cidr_block } == { "eu-west-3a" = "10.1.0.0/20", "eu-west-3b" = "10.1.16.0/20", "eu-west-3c" = "10.1.32.0/20" }
    error_message = "Each zone gets a quarter for its private subnet."
  }
  assert {
    condition     = { for zone, subnet in aws_subnet.public : zone => subnet.cidr_block } == { "eu-west-3a" = "10.1.48.0/22", "eu-west-3b" = "10.1.52.0/22", "eu-west-3c" = "10.1.56.0/22" }
    error_message = "The last quarter is shared out to the public subnets."
  }
  assert {
    condition     = alltrue([for subnet in merge(aws_subnet.private, { for zone, subnet in aws_subnet.public : "public-${zone}" => subnet }) : !subnet.map_public_ip_on_launch])
    error_message = "No subnet hands out public addresses."
  }
  assert {
    condition     = toset(keys(aws_nat_gateway.this)) == toset(var.zones) && toset(keys(aws_route.nat)) == toset(var.zones)
    error_message = "Every zone has a NAT gateway and a route to it."
  }
  assert {
    condition     = keys(aws_vpc_endpoint.gateway) == ["dynamodb", "s3"] && length(aws_vpc_endpoint.interface) == 7
    error_message = "Gateway endpoints for S3 and DynamoDB, interface endpoints for seven services."
  }
  assert {
    condition     = aws_cloudwatch_log_group.flow.retention_in_days == 365 && aws_kms_key.logs.enable_key_rotation
    error_message = "Flow logs are kept for a year, under a key that rotates."
  }
}

run "the_default_group_stays_closed" {
  command = plan

  assert {
    # Left out, they would be known only after the apply, and what somebody adds later would be taken as given.
    condition     = length(aws_default_security_group.closed.ingress) == 0 && length(aws_default_security_group.closed.egress) == 0
    error_message = "The default group has no rules, and says so."
  }
}

run "five_zones_get_eighths" {
  command = plan

  variables {
    cidr  = "10.1.0.0/22"
    zones = ["a", "b", "c", "d", "e"]
  }

  assert {
    condition     = aws_subnet.private["e"].cidr_block == "10.1.2.0/25" && aws_subnet.public["e"].cidr_block == "10.1.3.192/28"
    error_message = "Eighths, down to the smallest public subnet that AWS allows."
  }
}

run "another_zone_takes_a_free_part" {
  command = plan

  variables {
    cidr    = "10.1.0.0/19"
    zones   = ["eu-west-3d", "eu-west-3a", "eu-west-3b", "eu-west-3c"]
    parts   = 8
    part_of = { "eu-west-3a" = 0, "eu-west-3b" = 1, "eu-west-3c" = 2, "eu-west-3d" = 3 }
  }

  assert {
    condition     = { for zone, subnet in aws_subnet.private : zone => subnet.cidr_block } == { "eu-west-3a" = "10.1.0.0/22", "eu-west-3b" = "10.1.4.0/22", "eu-west-3c" = "10.1.8.0/22", "eu-west-3d" = "10.1.12.0/22" }
    error_message = "Each zone has the part that was given to it."
  }
  assert {
    condition     = aws_subnet.public["eu-west-3a"].cidr_block == "10.1.28.0/25" && aws_subnet.public["eu-west-3d"].cidr_block == "10.1.29.128/25"
    error_message = "The last eighth is shared out to the public subnets, in the same order."
  }
}

run "two_zones_in_one_part_are_refused" {
  command = plan

  variables {
    parts   = 8
    part_of = { "eu-west-3a" = 0, "eu-west-3b" = 1, "eu-west-3c" = 1 }
  }

  expect_failures = [var.part_of]
}

run "the_public_part_is_no_zones" {
  command = plan

  variables {
    parts   = 4
    part_of = { "eu-west-3a" = 0, "eu-west-3b" = 1, "eu-west-3c" = 3 }
  }

  expect_failures = [var.part_of]
}

run "a_single_nat_gateway_serves_every_zone" {
  command = plan

  variables {
    nat_gateways = "single"
  }

  assert {
    condition     = keys(aws_nat_gateway.this) == ["eu-west-3a"] && length(aws_route.nat) == 3
    error_message = "One gateway, three routes."
  }
}

run "no_nat_gateway_no_route" {
  command = plan

  variables {
    nat_gateways = "none"
  }

  assert {
    condition     = length(aws_nat_gateway.this) + length(aws_eip.nat) + length(aws_route.nat) == 0
    error_message = "Neither gateway nor address nor route."
  }
}

run "two_zones_are_refused" {
  command = plan

  variables {
    zones = ["eu-west-3a", "eu-west-3b"]
  }

  expect_failures = [var.zones]
}

run "a_range_too_small_is_refused" {
  command = plan

  variables {
    cidr = "10.1.0.0/25"
  }

  expect_failures = [var.cidr]
}

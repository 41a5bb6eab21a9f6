mock_provider "aws" {
  mock_data "aws_vpc" {
    defaults = { id = "vpc-1", cidr_block = "10.1.0.0/18", enable_dns_support = true, enable_dns_hostnames = true }
  }
  mock_data "aws_nat_gateways" {
    defaults = { ids = ["nat-a"] }
  }
  mock_data "aws_nat_gateway" {
    defaults = { public_ip = "198.51.100.1" }
  }
  mock_data "aws_subnet" {
    defaults = { availability_zone = "eu-west-3a", map_public_ip_on_launch = false }
  }
}

variables {
  name = "theirs"
}

override_data {
  target = data.aws_subnets.public
  values = { ids = [] }
}

run "it_has_the_outputs_of_network" {
  command = plan

  override_data {
    target = data.aws_subnets.private
    values = { ids = ["subnet-a", "subnet-b", "subnet-c"] }
  }
  override_data {
    target = data.aws_subnet.private["subnet-b"]
    values = { availability_zone = "eu-west-3b", map_public_ip_on_launch = false }
  }
  override_data {
    target = data.aws_subnet.private["subnet-c"]
    values = { availability_zone = "eu-west-3c", map_public_ip_on_launch = false }
  }

  assert {
    condition     = keys(output.subnet_ids) == ["eu-west-3a", "eu-west-3b", "eu-west-3c"] && output.network_id == "vpc-1" && output.cidr == "10.1.0.0/18" && output.egress_ips == tolist(["198.51.100.1"]) && output.public_subnet_ids == {}
    error_message = "Zones, range and addresses as ../network gives them."
  }
}

run "two_private_subnets_are_refused" {
  command = plan

  override_data {
    target = data.aws_subnets.private
    values = { ids = ["subnet-a", "subnet-b"] }
  }
  override_data {
    target = data.aws_subnet.private["subnet-b"]
    values = { availability_zone = "eu-west-3b", map_public_ip_on_launch = false }
  }

  expect_failures = [output.subnet_ids]
}

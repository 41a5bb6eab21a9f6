# METADATA
# title: Machines are of allowed types
# description: >-
#   Every machine type that Terraform is given is one that the ecosystem allows for its cloud: types with a known price,
#   enough room for a node's own agents, and quota behind them.
# custom:
#   severity: error
#   applies: [output, pull-request]
#   reads: [terraform]
#   parameters:
#     allowed_machine_types:
#       description: Names of machine types as the cloud writes them, or "*" for any
#       type: array
#       items: {type: string}
package lib.policies.allowed_machine_types

import data.lib.terraform

machine_inputs := {"instance_type", "instance_types", "machine_type", "machine_types", "vm_size", "vm_sizes"}

findings(subject, parameters) := {finding |
	not "*" in parameters.allowed_machine_types
	some given in terraform.inputs(subject.object, machine_inputs)
	not given.value in parameters.allowed_machine_types
	finding := {
		"path": given.path,
		"message": sprintf("machine type %s is not allowed (%s)", [
			given.value,
			concat(", ", parameters.allowed_machine_types),
		]),
	}
}

# METADATA
# title: Infrastructure stays in allowed regions
# description: >-
#   Every region, location and zone that Terraform is given lies in a region that the ecosystem allows for its cloud. Where
#   data may live is a legal question before it is a technical one.
# custom:
#   severity: error
#   applies: [output, pull-request]
#   reads: [terraform]
#   parameters:
#     allowed_regions:
#       description: Names of regions as the cloud writes them
#       type: array
#       items: {type: string}
package lib.policies.allowed_regions

import data.lib.terraform

region_inputs := {"region", "regions"}

# Google's word for either: a zonal cluster's location is a zone.
location_inputs := {"location", "locations", "log_location"}

zone_inputs := {"availability_zone", "availability_zones", "node_locations", "zone", "zones"}

findings(subject, parameters) := {finding |
	some given in terraform.inputs(subject.object, ((region_inputs | location_inputs) | zone_inputs))
	not allowed(given, parameters.allowed_regions)
	finding := {
		"path": given.path,
		"message": sprintf("%s is not in an allowed region (%s)", [given.value, concat(", ", parameters.allowed_regions)]),
	}
}

allowed(given, regions) if given.value in regions

# europe-west1-b and eu-west-1a lie in their region; Azure numbers the zones of the region that is given beside them.
allowed(given, regions) if {
	given.input in (location_inputs | zone_inputs)
	some region in regions
	regex.match(`^-?[a-z]$`, trim_prefix(given.value, region))
}

allowed(given, _) if {
	given.input in zone_inputs
	regex.match(`^[0-9]$`, given.value)
}

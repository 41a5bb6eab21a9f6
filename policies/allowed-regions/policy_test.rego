package lib.policies.allowed_regions_test

import data.lib.fixtures_test as fixtures
import data.lib.policies.allowed_regions

parameters := {"allowed_regions": ["europe-west1", "eu-west-1", "westeurope"]}

findings(inputs) := allowed_regions.findings(fixtures.of_terraform(inputs), parameters)

test_allowed_regions_pass if {
	findings({"region": "europe-west1"}) == set()
	findings({"location": "westeurope", "zones": ["1", "2", "3"]}) == set()
}

test_zones_of_allowed_regions_pass if {
	findings({"zones": ["europe-west1-b"], "availability_zones": ["eu-west-1a"]}) == set()
}

test_another_region_is_found if {
	findings({"region": "us-east-1"}) == {{
		"path": ["module", "cluster", 0, "region"],
		"message": "us-east-1 is not in an allowed region (europe-west1, eu-west-1, westeurope)",
	}}
}

test_a_zone_elsewhere_is_found if {
	fixtures.paths(findings({"zones": ["europe-west1-b", "us-central1-a"]})) == {"module.cluster[0].zones[1]"}
	count(findings({"availability_zones": ["eu-west-12a"]})) == 1
}

test_a_location_is_a_region_or_a_zone if {
	findings({"location": "europe-west1", "node_locations": ["europe-west1-c"]}) == set()
	findings({"location": "europe-west1-c"}) == set()
	fixtures.paths(findings({"location": "us-east1-b"})) == {"module.cluster[0].location"}
	fixtures.paths(findings({"location": "1"})) == {"module.cluster[0].location"}
	fixtures.paths(findings({"log_location": "global"})) == {"module.cluster[0].log_location"}
}

test_a_zone_is_no_region if {
	count(findings({"region": "europe-west1-b"})) == 1
	count(findings({"region": "1"})) == 1
}

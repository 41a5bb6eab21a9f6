package lib.policies.allowed_machine_types_test

import data.lib.fixtures_test as fixtures
import data.lib.policies.allowed_machine_types

parameters := {"allowed_machine_types": ["e2-medium", "m6i.large"]}

pools := {"node_pools": {"general": {"machine_type": "e2-medium"}, "big": {"machine_type": "m3-ultramem-160"}}}

findings(inputs) := allowed_machine_types.findings(fixtures.of_terraform(inputs), parameters)

test_allowed_types_pass if findings({"machine_type": "e2-medium", "instance_types": ["m6i.large"]}) == set()

test_another_type_is_found if {
	findings(pools) == {{
		"path": ["module", "cluster", 0, "node_pools", "big", "machine_type"],
		"message": "machine type m3-ultramem-160 is not allowed (e2-medium, m6i.large)",
	}}
}

test_a_star_allows_any if {
	allowed_machine_types.findings(fixtures.of_terraform(pools), {"allowed_machine_types": ["*"]}) == set()
}

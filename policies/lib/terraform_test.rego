package lib.terraform_test

import data.lib.terraform

root := {"module": {"gke": [{
	"region": "europe-west1",
	"zones": ["europe-west1-b", "${var.zone}"],
	"node_pools": {"general": {"machine_type": "e2-medium", "max": 3}},
}]}}

test_values_are_found_at_any_depth if {
	terraform.inputs(root, {"region", "machine_type"}) == {
		{"input": "region", "path": ["module", "gke", 0, "region"], "value": "europe-west1"},
		{
			"input": "machine_type",
			"path": ["module", "gke", 0, "node_pools", "general", "machine_type"],
			"value": "e2-medium",
		},
	}
}

test_lists_are_found_and_expressions_are_not_judged if {
	terraform.inputs(root, {"zones"}) == {{
		"input": "zones",
		"path": ["module", "gke", 0, "zones", 0],
		"value": "europe-west1-b",
	}}
}

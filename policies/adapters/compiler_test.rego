package eco.main_test

import data.eco.main
import data.eco.registry
import data.lib.fixtures_test as fixtures

eco := {
	"parameters": {
		"allowed_registries": ["ghcr.io/acme"],
		"digest_required": false,
		"digest_exempt_images": [],
		"required_requests": ["cpu"],
		"required_limits": ["memory"],
		"required_labels": ["app.kubernetes.io/name"],
		"token_accounts": [],
		"public_endpoints": [],
		"budgets": [{"name": "all", "amount": 10, "currency": "EUR"}],
	},
	"environments": {"production": {"parameters": {"digest_required": true}}, "staging": {}},
	"clouds": {"gcp": {"parameters": {"allowed_regions": ["europe-west1"], "allowed_machine_types": ["*"]}}},
	"clusters": {
		"live": {
			"environment": "production",
			"cloud": "gcp",
			"region": "europe-west1",
			"parameters": {"required_labels": ["example.com/live"]},
		},
		"try": {"environment": "staging", "cloud": "gcp", "region": "europe-west1"},
	},
	"exempt_namespaces": [
		{"namespace": "kube-*", "reason": "Kubernetes' own"},
		{"namespace": "ops", "reason": "people"},
		{"namespace": "chaos-mesh", "reason": "faults come from the node", "policies": ["host-access"]},
	],
}

# Each key by itself: replacing data.eco would hide the rules below it.
deny(documents) := found if {
	found := main.deny with input as {"stage": "output", "documents": documents}
		with data.eco.parameters as eco.parameters
		with data.eco.environments as eco.environments
		with data.eco.clouds as eco.clouds
		with data.eco.clusters as eco.clusters
		with data.eco.exempt_namespaces as eco.exempt_namespaces
}

pod(change, namespace, cluster) := {"kind": "object", "object": moved, "cluster": cluster} if {
	moved := object.union(fixtures.pod_with(change), {"metadata": {"namespace": namespace}})
}

tagged := {"image": "ghcr.io/acme/web:1"}

test_clean_documents_pass if {
	deny([
		pod({}, "shop", "try"),
		pod(tagged, "shop", "try"),
		{"kind": "values", "object": fixtures.values, "cluster": "live", "namespace": "shop"},
		{"kind": "terraform", "object": {"module": {"network": [{"region": "europe-west1"}]}}, "cloud": "gcp"},
		{"kind": "costs", "object": {"budgets": {"all": {"currency": "EUR", "minimum": 9, "maximum": 20}}}},
		{"kind": "object", "object": fixtures.workload("v1", "ConfigMap", {}), "cluster": "live"},
	]) == set()
}

test_a_violation_names_policy_document_and_place if {
	deny([pod({}, "shop", "try"), pod({"image": "quay.io/evil/web"}, "shop", "try")]) == {{
		"policy": "allowed-registries",
		"index": 1,
		"path": ["spec", "containers", 0, "image"],
		"message": "image quay.io/evil/web is not in an allowed registry (ghcr.io/acme)",
	}}
}

test_a_violation_in_values_stands_where_the_values_have_it if {
	values := fixtures.changed(fixtures.values, {"probes": {}})
	violations := deny([{"kind": "values", "object": values, "cluster": "live", "namespace": "shop"}])
	{violation.path | some violation in violations} == {["probes", "liveness"], ["probes", "readiness"]}
}

test_the_environment_and_the_cluster_add_to_the_parameters if {
	violations := deny([pod(tagged, "shop", "live")])
	{violation.policy | some violation in violations} == {"image-digests", "required-labels"}
}

test_a_cloud_adds_to_the_parameters if {
	[violation] := [violation |
		some violation in deny([{"kind": "terraform", "object": {"region": "us-east1"}, "cloud": "gcp"}])
	]
	violation.policy == "allowed-regions"
}

test_an_exempt_namespace_is_left_alone if {
	deny([pod({"image": "quay.io/evil/web"}, "kube-system", "try")]) == set()
}

test_an_exemption_ends_where_its_name_ends if {
	count(deny([pod({"image": "quay.io/evil/web"}, "kubed", "try")])) == 1
	deny([pod({"image": "quay.io/evil/web"}, "ops", "try")]) == set()
	count(deny([pod({"image": "quay.io/evil/web"}, "ops-2", "try")])) == 1
}

test_an_exemption_holds_for_its_policies_alone if {
	change := {
		"image": "quay.io/evil/web",
		"securityContext": object.union(fixtures.container.securityContext, {"privileged": true}),
	}
	{violation.policy | some violation in deny([pod(change, "chaos-mesh", "try")])} == {"allowed-registries"}
	count(deny([pod(change, "shop", "try")])) == 2
}

test_missing_parameters_are_violations if {
	deny([{"kind": "terraform", "object": {}}]) == {
		{
			"policy": "allowed-machine-types",
			"index": 0,
			"path": [],
			"message": "the policy's data lack allowed_machine_types for the whole ecosystem",
		},
		{
			"policy": "allowed-regions",
			"index": 0,
			"path": [],
			"message": "the policy's data lack allowed_regions for the whole ecosystem",
		},
	}
	count(deny([{"kind": "terraform", "object": {}, "cloud": "aws"}])) == 3
	[violation] := [violation |
		some violation in deny([{"kind": "terraform", "object": {}, "cluster": "elsewhere"}])
		violation.policy == "allowed-regions"
	]
	violation.message == "the policy's data lack allowed_regions for cluster elsewhere"
}

test_an_unknown_cloud_has_no_parameters if {
	messages := {violation.message | some violation in deny([{"kind": "terraform", "object": {}, "cloud": "aws"}])}
	"the policy's data lack allowed_regions for cloud aws" in messages
}

test_a_stage_asks_its_own_policies_alone if {
	{policy | some policies in registry.readers.output; some policy in policies} == object.keys(registry.severity)
	found := main.deny with input as {"stage": "admission", "documents": [{"kind": "costs", "object": {}}]}
	found == set()
}

package eco.pull_request_test

import data.eco.pull_request
import data.lib.fixtures_test as fixtures

clusters := {"live": {"environment": "production", "cloud": "gcp", "region": "europe-west1"}}

documents(files) := found if {
	found := pull_request.documents with input as files with data.eco.clusters as clusters
}

test_a_file_is_what_its_path_says if {
	service := fixtures.workload("v1", "Service", {})
	found := documents([
		{"path": "generated/clusters/live/services/web/manifests/service.yaml", "contents": service},
		{"path": "generated/clusters/live/services/web/values.yaml", "contents": fixtures.values},
		{"path": "generated/terraform/gcp/foundation/main.tf", "contents": {"module": {}}},
		{"path": "generated/terraform/gcp/live/main.tf", "contents": {"module": {}}},
		{"path": "generated/policies/costs.json", "contents": {"budgets": {}}},
	])
	[object.filter(document, ["kind", "cluster", "cloud"]) | some document in found] == [
		{"kind": "object", "cluster": "live"},
		{"kind": "values", "cluster": "live"},
		{"kind": "terraform", "cloud": "gcp"},
		{"kind": "terraform", "cluster": "live"},
		{"kind": "costs"},
	]
}

test_a_file_of_several_documents_is_taken_apart if {
	objects := [fixtures.workload("v1", "Service", {}), fixtures.deployment]
	found := documents([{"path": "generated/clusters/live/services/web/manifests/all.yaml", "contents": objects}])
	[document.object | some document in found] == objects
}

test_other_files_are_left_alone if {
	documents([
		{"path": "generated/manifest.json", "contents": {"files": []}},
		{"path": "generated/clusters/live/platform/istio/values.yaml", "contents": {"global": {}}},
	]) == []
}

with_severity(severity) := {"index": 0, "policy": "allowed-registries", "path": ["image"], "message": "no"} if {
	severity in {"error", "warning"}
}

judged(severity) := [denied, warned] if {
	files := [{"path": "generated/clusters/live/services/web/values.yaml", "contents": fixtures.values}]
	denied := pull_request.deny with input as files
		with data.eco.main.deny as {with_severity(severity)}
		with data.eco.registry.severity as {"allowed-registries": severity}
	warned := pull_request.warn with input as files
		with data.eco.main.deny as {with_severity(severity)}
		with data.eco.registry.severity as {"allowed-registries": severity}
}

test_an_error_denies_and_a_warning_warns if {
	file := "generated/clusters/live/services/web/values.yaml"
	result := {
		"file": file,
		"policy": "allowed-registries",
		"msg": concat(": ", [file, "image", "allowed-registries", "no"]),
	}
	judged("error") == [{object.union(result, {"severity": "error"})}, set()]
	judged("warning") == [set(), {object.union(result, {"severity": "warning"})}]
}

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

test_an_add_on_of_our_own_has_values_of_our_charts if {
	found := documents([{"path": "generated/clusters/live/platform/slo-gate/values.yaml", "contents": fixtures.values}])
	[document.kind | some document in found] == ["values"]
}

test_other_files_are_left_alone if {
	documents([
		{"path": "generated/manifest.json", "contents": {"files": []}},
		{"path": "generated/dashboard.json", "contents": {"kind": "Dashboard"}},
		{"path": "generated/openapi.json", "contents": {"apiVersion": "v1"}},
		{"path": "generated/elsewhere/values.yaml", "contents": fixtures.values},
		{"path": "generated/clusters/live/platform/istio/values.yaml", "contents": {"global": {}}},
	]) == []
}

violation := {"index": 0, "policy": "required-labels", "path": ["image"], "message": "no"}

judged(severity, file) := [denied, warned] if {
	denied := pull_request.deny with input as [file]
		with data.eco.main.deny as {violation}
		with data.eco.registry.severity as {"required-labels": severity}
	warned := pull_request.warn with input as [file]
		with data.eco.main.deny as {violation}
		with data.eco.registry.severity as {"required-labels": severity}
}

result(path, severity, message) := {
	"file": path,
	"policy": "required-labels",
	"severity": severity,
	"msg": concat(": ", [path, message]),
}

test_an_error_denies_and_a_warning_warns if {
	path := "generated/clusters/live/services/web/values.yaml"
	file := {"path": path, "contents": fixtures.values}
	judged("error", file) == [{result(path, "error", "image: no")}, set()]
	judged("warning", file) == [set(), {result(path, "warning", "image: no")}]
}

test_a_message_names_the_object if {
	path := "generated/clusters/live/services/web/manifests/service.yaml"
	file := {"path": path, "contents": fixtures.workload("v1", "Service", {})}
	judged("error", file) == [{result(path, "error", "Service web: image: no")}, set()]
	nameless := {"path": path, "contents": {"apiVersion": "v1", "kind": "List"}}
	judged("error", nameless) == [{result(path, "error", "List: image: no")}, set()]
}

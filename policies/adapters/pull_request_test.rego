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
		{"path": "generated/lib/terraform-modules/gcp/gke/main.tf", "contents": {"resource": {}}},
	]) == []
}

violation := {"index": 0, "policy": "required-labels", "path": ["image"], "message": "no"}

manifest(files, folders) := {"path": "generated/manifest.json", "contents": {"files": files, "folders": folders}}

judged(severity, file) := [denied, warned] if {
	denied := pull_request.deny with input as [file, manifest({}, {})]
		with data.eco.main.deny as {violation}
		with data.eco.registry.severity as {"required-labels": severity}
	warned := pull_request.warn with input as [file, manifest({}, {})]
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

folders := {
	"generated/clusters/live/argocd": "manifest-tree",
	"generated/clusters/live/services/web/manifests": "manifests",
	"generated/terraform/gcp/live": "terraform",
	"generated/lib/helm-library/service": "chart",
	"generated/lib/policies": "policies",
}

# What is denied of a tree that owns one file, beside others at these paths.
strangers(prefix, paths) := {result.file |
	owned := {"generated/clusters/live/argocd/root.yaml": {"target": "argo-cd"}}
	files := [{"path": concat("", [prefix, path]), "contents": {}} | some path in (paths | object.keys(owned))]
	committed := object.union(manifest(owned, folders), {"path": concat("", [prefix, "generated/manifest.json"])})
	some result in pull_request.deny with input as array.concat(files, [committed])
	result.policy == "strangers"
}

test_what_no_target_wrote_is_denied_where_it_is_read if {
	paths := {
		"generated/clusters/live/argocd/evil.yaml",
		"generated/clusters/live/argocd/below/evil.json",
		"generated/clusters/live/services/web/manifests/evil.yml",
		"generated/terraform/gcp/live/evil.tf",
		"generated/terraform/gcp/live/x.auto.tfvars",
		"generated/lib/helm-library/service/crds/evil.yaml",
		"generated/lib/policies/lib/evil.json",
	}
	strangers("", paths) == paths
	strangers("deploy/platform/", paths) == {concat("", ["deploy/platform/", path]) | some path in paths}
}

test_what_nobody_reads_is_left_alone if {
	strangers("", {
		"generated/notes.yaml",
		"generated/clusters/live/services/web/notes.yaml",
		"generated/clusters/live/services/web/manifests/below/x.yaml",
		"generated/clusters/live/argocd/README.toml",
		"generated/terraform/gcp/live/production.tfvars",
		"manifests/mine.yaml",
	}) == set()
}

test_a_tree_without_its_manifest_is_denied if {
	denied := pull_request.deny with input as [{"path": "generated/policies/costs.json", "contents": {}}]
	"generated/manifest.json" in {result.file | some result in denied}
	old := pull_request.deny with input as [{"path": "generated/manifest.json", "contents": {"files": {}}}]
	count(old) == 1
}

test_a_folder_of_somebodys_own_is_for_whom_the_config_says if {
	found := pull_request.documents with data.eco.extra as {"manifests/mine": {"cluster": "live"}, "terraform/dns": {"cloud": "gcp"}}
		with data.eco.clusters as clusters
		with input as [
			manifest({}, {}),
			{"path": "manifests/mine/below/a.yaml", "contents": fixtures.deployment},
			{"path": "terraform/dns/main.tf", "contents": {"resource": {}}},
			{"path": "manifests/mine-too/a.yaml", "contents": fixtures.deployment},
		]
	[object.filter(document, ["kind", "cluster", "cloud"]) | some document in found] == [
		{"kind": "object", "cluster": "live"},
		{"kind": "terraform", "cloud": "gcp"},
		{"kind": "object"},
	]
}

judged_with(levels) := [count(denied), count(warned)] if {
	file := {"path": "generated/clusters/live/services/web/values.yaml", "contents": fixtures.values}
	denied := pull_request.deny with input as [file, manifest({"generated/clusters/live/services/web/values.yaml": {}}, {})]
		with data.eco.main.deny as {violation}
		with data.eco.registry.severity as {"required-labels": "error"}
		with data.eco.levels as levels
	warned := pull_request.warn with input as [file, manifest({"generated/clusters/live/services/web/values.yaml": {}}, {})]
		with data.eco.main.deny as {violation}
		with data.eco.registry.severity as {"required-labels": "error"}
		with data.eco.levels as levels
}

test_a_level_of_its_own_wins if {
	judged_with({"findings": "own", "policies": {"required-labels": "warning"}}) == [0, 1]
	judged_with({"findings": "own", "policies": {"required-labels": "off"}}) == [0, 0]
	judged_with({"findings": "warning", "policies": {"required-labels": "error"}}) == [1, 0]
}

test_what_admission_only_warns_of_is_a_warning if {
	judged_with({"findings": "warning", "policies": {}}) == [0, 1]
	judged_with({"findings": "own", "policies": {"probes": "off"}}) == [1, 0]
}

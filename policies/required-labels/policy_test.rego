package lib.policies.required_labels_test

import data.lib.fixtures_test as fixtures
import data.lib.policies.required_labels

parameters := {"required_labels": ["app.kubernetes.io/name", "eco-compile.dev/team"]}

findings(object) := required_labels.findings(fixtures.of(object), parameters)

test_labelled_objects_pass if {
	findings(fixtures.deployment) == set()
	findings(fixtures.pod({})) == set()
	findings(fixtures.workload("v1", "Service", {"type": "ClusterIP"})) == set()
}

test_a_missing_label_is_found if {
	service := fixtures.without(fixtures.workload("v1", "Service", {}), ["metadata", "labels", "eco-compile.dev/team"])
	findings(service) == {{
		"path": ["metadata", "labels", "eco-compile.dev/team"],
		"message": "the mandatory label eco-compile.dev/team is missing or empty",
	}}
}

test_an_empty_label_is_found if {
	labels := fixtures.changed(fixtures.labels, {"app.kubernetes.io/name": ""})
	service := fixtures.workload("v1", "Service", {})
	path := "metadata.labels[\"app.kubernetes.io/name\"]"
	fixtures.paths(findings(object.union(service, {"metadata": {"labels": labels}}))) == {path}
}

test_no_labels_at_all_are_found if {
	count(findings(fixtures.without(fixtures.pod({}), ["metadata", "labels"]))) == 2
}

test_a_controller_is_judged_beside_its_template if {
	deployment := fixtures.without(fixtures.deployment, ["metadata", "labels", "app.kubernetes.io/name"])
	fixtures.paths(findings(deployment)) == {`metadata.labels["app.kubernetes.io/name"]`}
}

test_the_template_of_a_controller_is_judged if {
	template := {"metadata": {"labels": {"app.kubernetes.io/name": "web"}}, "spec": fixtures.pod_spec}
	deployment := fixtures.workload("apps/v1", "Deployment", {"template": template})
	fixtures.paths(findings(deployment)) == {`spec.template.metadata.labels["eco-compile.dev/team"]`}
}

package lib.subject_test

import data.lib.fixtures_test as fixtures
import data.lib.subject

test_every_workload_has_its_pod_found if {
	cron := fixtures.workload("batch/v1", "CronJob", {"jobTemplate": {"spec": {"template": fixtures.template}}})
	workloads := [
		fixtures.pod({}),
		fixtures.deployment,
		fixtures.workload("apps/v1", "StatefulSet", {"template": fixtures.template}),
		fixtures.workload("apps/v1", "DaemonSet", {"template": fixtures.template}),
		fixtures.workload("batch/v1", "Job", {"template": fixtures.template}),
		fixtures.workload("argoproj.io/v1alpha1", "Rollout", {"template": fixtures.template}),
		cron,
	]
	every workload in workloads {
		judged := fixtures.of(workload)
		judged.containers[0].container == fixtures.container
		object.get(workload, judged.containers[0].path, null) == fixtures.container
		judged.pods[0].metadata.labels == fixtures.labels
	}
	{subject.group_kind(workload) | some workload in workloads} == object.keys(subject.pod_paths)
}

test_a_rollout_with_a_workload_ref_has_no_pod if {
	judged := fixtures.of(fixtures.workload("argoproj.io/v1alpha1", "Rollout", {"workloadRef": {"name": "web"}}))
	judged.pods == []
	judged.containers == []
}

test_another_kind_has_no_pod if {
	judged := fixtures.of(fixtures.workload("v1", "Service", {"type": "ClusterIP"}))
	judged.kind == "Service"
	judged.pods == []
}

test_every_list_of_containers_counts if {
	judged := fixtures.of(fixtures.pod({
		"initContainers": [{"name": "init"}],
		"ephemeralContainers": [{"name": "debug"}],
	}))
	[entry.list | some entry in judged.containers] == ["initContainers", "containers", "ephemeralContainers"]
}

test_the_namespace_of_the_object_wins if {
	subject.of({"kind": "object", "object": fixtures.pod({}), "namespace": "other"}).namespace == "shop"
}

test_the_namespace_of_the_review_is_the_fallback if {
	pod := fixtures.without(fixtures.pod({}), ["metadata", "namespace"])
	subject.of({"kind": "object", "object": pod, "namespace": "other"}).namespace == "other"
	fixtures.of(pod).namespace == ""
}

test_terraform_and_costs_are_taken_as_they_are if {
	subject.of({"kind": "costs", "object": {"budgets": {}}, "namespace": "x"}) == {
		"kind": "costs",
		"object": {"budgets": {}},
		"namespace": "",
		"pods": [],
		"containers": [],
	}
}

test_values_are_one_pod_of_one_container if {
	judged := fixtures.of_values(fixtures.values)
	judged.object == fixtures.values
	judged.namespace == "shop"
	count(judged.pods) == 1
	judged.pods[0].metadata == {}
	judged.containers[0].container.image == fixtures.container.image
}

test_values_without_a_namespace if subject.of({"kind": "values", "object": fixtures.values}).namespace == ""

test_a_finding_about_values_stands_where_the_values_have_it if {
	judged := fixtures.of_values(fixtures.values)
	expected := {
		["image"]: ["image"],
		["livenessProbe", "httpGet"]: ["probes", "liveness", "httpGet"],
		["readinessProbe"]: ["probes", "readiness"],
		["spec", "automountServiceAccountToken"]: ["serviceAccount", "automountServiceAccountToken"],
	}
	every given, path in expected {
		subject.path(judged, {"path": given}) == path
	}
}

test_a_finding_about_an_object_stands_where_it_was_found if {
	subject.path(fixtures.of(fixtures.pod({})), {"path": ["livenessProbe"]}) == ["livenessProbe"]
}

test_locations_are_readable if {
	subject.location(["spec", "containers", 0, "image"]) == "spec.containers[0].image"
	subject.location(["metadata", "labels", "app.kubernetes.io/name"]) == `metadata.labels["app.kubernetes.io/name"]`
	subject.location([]) == ""
}

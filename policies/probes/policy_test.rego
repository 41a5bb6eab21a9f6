package lib.policies.probes_test

import data.lib.fixtures_test as fixtures
import data.lib.policies.probes

findings(object) := probes.findings(fixtures.of(object), {})

ready := {"httpGet": {"path": "/ready", "port": 8080}}

test_two_different_probes_pass if {
	findings(fixtures.deployment) == set()
	probes.findings(fixtures.of_values(fixtures.values), {}) == set()
}

test_equal_timings_do_not_make_probes_equal if {
	timing := {"periodSeconds": 5, "failureThreshold": 2}
	findings(fixtures.pod_with({
		"livenessProbe": fixtures.changed(fixtures.container.livenessProbe, timing),
		"readinessProbe": fixtures.changed(ready, timing),
	})) == set()
}

test_a_missing_probe_is_found if {
	pod := fixtures.pod({"containers": [fixtures.without(fixtures.container, ["livenessProbe"])]})
	findings(pod) == {{
		"path": ["spec", "containers", 0, "livenessProbe"],
		"message": "container web serves a port without a liveness probe",
	}}
	bare := fixtures.pod({"containers": [{"name": "web", "ports": [{"containerPort": 80}]}]})
	fixtures.paths(findings(bare)) == {"spec.containers[0].livenessProbe", "spec.containers[0].readinessProbe"}
}

test_a_container_without_ports_needs_no_probe if {
	findings(fixtures.pod({"containers": [{"name": "worker"}]})) == set()
}

test_an_init_container_needs_no_probe if {
	findings(fixtures.pod({"initContainers": [{"name": "init", "ports": [{"containerPort": 80}]}]})) == set()
}

test_a_job_needs_no_probe if {
	spec := {"restartPolicy": "Never", "containers": [{"name": "job", "ports": [{"containerPort": 80}]}]}
	findings(fixtures.workload("batch/v1", "Job", {"template": {"spec": spec}})) == set()
	findings(fixtures.pod(spec)) == set()
	bare := fixtures.changed(fixtures.values, {"probes": {}})
	count(probes.findings(fixtures.of_values(bare), {})) == 2
	job := fixtures.changed(bare, {"activeDeadlineSeconds": 600})
	probes.findings(fixtures.of_values(job), {}) == set()
}

test_a_pod_of_a_controller_is_judged_by_its_template if {
	pod := fixtures.pod({"containers": [{"name": "web", "ports": [{"containerPort": 80}]}]})
	count(findings(pod)) == 2
	owned := json.patch(pod, [{"op": "add", "path": "/metadata/ownerReferences", "value": [{"kind": "ReplicaSet"}]}])
	findings(owned) == set()
}

test_the_same_question_is_found if {
	findings(fixtures.pod_with({"livenessProbe": ready, "readinessProbe": ready})) == {{
		"path": ["spec", "containers", 0, "livenessProbe", "httpGet"],
		"message": "container web is restarted as soon as it is unready: both probes ask the same",
	}}
}

test_the_same_question_passes_when_liveness_is_more_patient if {
	patient := fixtures.changed(ready, {"failureThreshold": 6})
	findings(fixtures.pod_with({"livenessProbe": patient, "readinessProbe": ready})) == set()
	slow := fixtures.changed(ready, {"periodSeconds": 20})
	findings(fixtures.pod_with({"livenessProbe": slow, "readinessProbe": ready})) == set()
}

test_values_are_judged if {
	values := fixtures.changed(fixtures.values, {"probes": {"liveness": ready}})
	fixtures.paths(probes.findings(fixtures.of_values(values), {})) == {"readinessProbe"}
	same := fixtures.changed(fixtures.values, {"probes": {"liveness": ready, "readiness": ready}})
	fixtures.paths(probes.findings(fixtures.of_values(same), {})) == {"livenessProbe.httpGet"}
}

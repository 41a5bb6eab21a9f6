package lib.policies.host_access_test

import data.lib.fixtures_test as fixtures
import data.lib.policies.host_access

findings(object) := host_access.findings(fixtures.of(object), {})

test_an_ordinary_pod_passes if {
	findings(fixtures.pod({"hostNetwork": false})) == set()
	findings(fixtures.pod({"shareProcessNamespace": true})) == set()
	findings(fixtures.deployment) == set()
	findings(fixtures.pod_with({"securityContext": {"privileged": false}})) == set()
	findings(fixtures.pod_with({"ports": [{"containerPort": 80, "hostPort": 0}]})) == set()
}

test_a_rollout_without_a_template_passes if {
	findings(fixtures.workload("argoproj.io/v1alpha1", "Rollout", {"workloadRef": {"name": "web"}})) == set()
}

test_each_namespace_of_the_node_is_found if {
	every field in ["hostIPC", "hostNetwork", "hostPID"] {
		findings(fixtures.pod({field: true})) == {{
			"path": ["spec", field],
			"message": sprintf("the pod shares a namespace with its node (%s)", [field]),
		}}
	}
}

test_a_path_of_the_node_is_found if {
	findings(fixtures.pod({"volumes": [{"name": "run", "hostPath": {"path": "/run"}}]})) == {{
		"path": ["spec", "volumes", 0, "hostPath"],
		"message": "volume run mounts a path of the node (hostPath)",
	}}
}

test_a_privileged_container_is_found if {
	findings(fixtures.pod_with({"securityContext": {"privileged": true}})) == {{
		"path": ["spec", "containers", 0, "securityContext", "privileged"],
		"message": "container web is privileged",
	}}
}

test_a_port_of_the_node_is_found if {
	findings(fixtures.pod_with({"ports": [{"containerPort": 80, "hostPort": 8080}]})) == {{
		"path": ["spec", "containers", 0, "ports", 0, "hostPort"],
		"message": "container web binds port 8080 of the node (hostPort)",
	}}
}

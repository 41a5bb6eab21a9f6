package lib.policies.restricted_pods_test

import data.lib.fixtures_test as fixtures
import data.lib.policies.restricted_pods

secure := fixtures.container.securityContext

found(object) := fixtures.paths(restricted_pods.findings(fixtures.of(object), {}))

context(change) := fixtures.pod_with({"securityContext": fixtures.changed(secure, change)})

test_a_restricted_pod_passes if {
	found(fixtures.pod({})) == set()
	found(fixtures.deployment) == set()
}

test_a_container_may_say_what_its_pod_leaves_open if {
	container := fixtures.changed(fixtures.container, {"securityContext": fixtures.changed(secure, {
		"runAsNonRoot": true,
		"seccompProfile": {"type": "Localhost", "localhostProfile": "web.json"},
	})})
	found(fixtures.without(fixtures.pod({"containers": [container]}), ["spec", "securityContext"])) == set()
}

test_a_bare_container_is_found_for_each_reason if {
	pod := fixtures.without(fixtures.pod({"containers": [{"name": "web"}]}), ["spec", "securityContext"])
	restricted_pods.findings(fixtures.of(pod), {}) == {
		{
			"path": ["spec", "containers", 0, "securityContext", "runAsNonRoot"],
			"message": "container web may run as root: runAsNonRoot is not true",
		},
		{
			"path": ["spec", "containers", 0, "securityContext", "allowPrivilegeEscalation"],
			"message": "container web may gain privileges: allowPrivilegeEscalation is not false",
		},
		{
			"path": ["spec", "containers", 0, "securityContext", "capabilities", "drop"],
			"message": "container web does not drop ALL capabilities",
		},
		{
			"path": ["spec", "containers", 0, "securityContext", "seccompProfile"],
			"message": "container web has no seccomp profile (RuntimeDefault or Localhost)",
		},
	}
}

test_a_container_cannot_undo_what_its_pod_says if {
	found(context({"runAsNonRoot": false})) == {"spec.containers[0].securityContext.runAsNonRoot"}
	found(context({"seccompProfile": {"type": "Unconfined"}})) == {"spec.containers[0].securityContext.seccompProfile"}
}

test_user_0_is_found if {
	found(context({"runAsUser": 0})) == {"spec.containers[0].securityContext.runAsUser"}
	found(fixtures.pod({"securityContext": {"runAsUser": 0}})) == {"spec.securityContext.runAsUser"}
}

test_escalation_is_found if {
	found(context({"allowPrivilegeEscalation": true})) == {"spec.containers[0].securityContext.allowPrivilegeEscalation"}
}

test_only_net_bind_service_may_be_added if {
	found(context({"capabilities": {"drop": ["ALL"], "add": ["NET_BIND_SERVICE"]}})) == set()
	path := "spec.containers[0].securityContext.capabilities.add[1]"
	found(context({"capabilities": {"drop": ["ALL"], "add": ["NET_BIND_SERVICE", "NET_ADMIN"]}})) == {path}
}

test_dropping_less_than_all_is_found if {
	found(context({"capabilities": {"drop": ["NET_RAW"]}})) == {"spec.containers[0].securityContext.capabilities.drop"}
}

test_init_containers_are_judged if {
	count(found(fixtures.pod({"initContainers": [{"name": "init"}]}))) == 2
}

test_a_root_user_of_the_pod_is_explained if {
	[finding] := [finding |
		some finding in restricted_pods.findings(fixtures.of(fixtures.pod({"securityContext": {"runAsUser": 0}})), {})
	]
	finding.message == "the pod runs as root (runAsUser 0)"
}

test_harmless_volumes_pass if {
	types := [
		"configMap", "csi", "downwardAPI", "emptyDir", "ephemeral",
		"image", "persistentVolumeClaim", "projected", "secret",
	]
	found(fixtures.pod({"volumes": [{"name": type, type: {}} | some type in types]})) == set()
}

test_volumes_of_other_types_are_found if {
	volumes := [{"name": "data", "nfs": {"server": "nfs.example"}}, {"name": "config", "configMap": {"name": "web"}}]
	restricted_pods.findings(fixtures.of(fixtures.pod({"volumes": volumes})), {}) == {{
		"path": ["spec", "volumes", 0, "nfs"],
		"message": "volume data is of type nfs, which the restricted standard forbids",
	}}
}

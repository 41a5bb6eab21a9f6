package lib.policies.allowed_registries_test

import data.lib.fixtures_test as fixtures
import data.lib.policies.allowed_registries

parameters := {"allowed_registries": ["ghcr.io/acme", "docker.io/library/redis"]}

test_an_allowed_registry_passes if {
	allowed_registries.findings(fixtures.of(fixtures.deployment), parameters) == set()
	allowed_registries.findings(fixtures.of_values(fixtures.values), parameters) == set()
}

test_another_registry_is_found if {
	pod := fixtures.pod_with({"image": "quay.io/evil/web:1"})
	allowed_registries.findings(fixtures.of(pod), parameters) == {{
		"path": ["spec", "containers", 0, "image"],
		"message": "image quay.io/evil/web:1 is not in an allowed registry (ghcr.io/acme, docker.io/library/redis)",
	}}
}

test_init_and_ephemeral_containers_are_judged if {
	pod := fixtures.pod({
		"initContainers": [{"name": "init", "image": "busybox"}],
		"ephemeralContainers": [{"name": "debug", "image": "busybox"}],
	})
	findings := allowed_registries.findings(fixtures.of(pod), parameters)
	fixtures.paths(findings) == {"spec.initContainers[0].image", "spec.ephemeralContainers[0].image"}
}

test_values_are_judged if {
	values := fixtures.changed(fixtures.values, {"image": {"repository": "quay.io/evil/web", "tag": "1"}})
	fixtures.paths(allowed_registries.findings(fixtures.of_values(values), parameters)) == {"image"}
}

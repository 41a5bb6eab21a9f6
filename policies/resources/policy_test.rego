package lib.policies.resources_test

import data.lib.fixtures_test as fixtures
import data.lib.policies.resources

parameters := {"required_requests": ["cpu", "memory"], "required_limits": ["memory"]}

test_requests_and_limits_pass if {
	resources.findings(fixtures.of(fixtures.deployment), parameters) == set()
	resources.findings(fixtures.of_values(fixtures.values), parameters) == set()
}

test_what_is_not_required_may_be_left_out if {
	pod := fixtures.pod_with({"resources": {"requests": {"cpu": "1", "memory": "1Gi"}, "limits": {"memory": "1Gi"}}})
	resources.findings(fixtures.of(pod), parameters) == set()
}

test_a_missing_request_and_a_missing_limit_are_found if {
	pod := fixtures.pod_with({"resources": {"requests": {"cpu": "1"}, "limits": {"cpu": "1"}}})
	resources.findings(fixtures.of(pod), parameters) == {
		{
			"path": ["spec", "containers", 0, "resources", "requests", "memory"],
			"message": "container web states no memory in its requests",
		},
		{
			"path": ["spec", "containers", 0, "resources", "limits", "memory"],
			"message": "container web states no memory in its limits",
		},
	}
}

test_a_container_without_resources_is_found_for_each if {
	pod := fixtures.pod({"initContainers": [{"name": "init"}]})
	count(resources.findings(fixtures.of(pod), parameters)) == 3
}

test_ephemeral_containers_have_none if {
	pod := fixtures.pod({"ephemeralContainers": [{"name": "debug"}]})
	resources.findings(fixtures.of(pod), parameters) == set()
}

test_values_are_judged if {
	values := fixtures.changed(fixtures.values, {"resources": {"requests": {"cpu": "1", "memory": "1Gi"}}})
	fixtures.paths(resources.findings(fixtures.of_values(values), parameters)) == {"resources.limits.memory"}
}

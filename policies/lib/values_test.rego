package lib.values_test

import data.lib.fixtures_test as fixtures
import data.lib.values

test_the_digest_wins_over_the_tag if {
	values.image({"repository": "ghcr.io/acme/web", "tag": "1", "digest": "sha256:ab"}) == "ghcr.io/acme/web@sha256:ab"
	values.image({"repository": "ghcr.io/acme/web", "tag": "1", "digest": ""}) == "ghcr.io/acme/web:1"
	values.image({"repository": "ghcr.io/acme/web"}) == "ghcr.io/acme/web"
}

test_the_account_is_named_after_the_workload if {
	values.account({"name": "web"}) == "web"
	values.account({"name": "web", "serviceAccount": {"name": ""}}) == "web"
	values.account({"name": "web", "serviceAccount": {"name": "api"}}) == "api"
}

test_pods_of_a_job_end if {
	values.restart_policy({"name": "web"}) == "Always"
	values.restart_policy({"name": "report", "activeDeadlineSeconds": 600}) == "Never"
	values.restart_policy({"name": "report", "activeDeadlineSeconds": 600, "restartPolicy": "OnFailure"}) == "OnFailure"
}

# The compiler passes `fields` and no more: whatever else the values hold must change nothing.
test_nothing_but_the_fields_is_read if {
	read := object.filter(fixtures.values, values.fields)
	values.pod(read) == values.pod(fixtures.values)
	values.containers(read) == values.containers(fixtures.values)
}

test_containers_that_start_before_are_judged_too if {
	migrate := {"name": "migrate", "image": {"repository": "migrate", "tag": "1"}, "resources": {"requests": {"cpu": "1"}}}
	given := object.union(fixtures.values, {"initContainers": [migrate]})
	[own, init] := values.containers(given)
	own == values.container(fixtures.values)
	init == {
		"list": "initContainers",
		"path": ["initContainers", 0],
		"container": {"name": "migrate", "image": "migrate:1", "resources": {"requests": {"cpu": "1"}}},
	}
	values.path(array.concat(init.path, ["resources", "limits", "cpu"])) == ["initContainers", 0, "resources", "limits", "cpu"]
}

test_values_may_leave_out_what_the_chart_sets if {
	values.container({"name": "web", "image": {"repository": "web"}}).container == {
		"name": "web",
		"image": "web",
		"resources": {},
		"ports": [],
		"livenessProbe": null,
		"readinessProbe": null,
	}
	values.pod({"name": "web"}).spec.automountServiceAccountToken == false
}

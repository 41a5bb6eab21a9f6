package eco.gatekeeper_test

import data.eco.gatekeeper
import data.lib.fixtures_test as fixtures

review(object) := {
	"review": {"object": object, "namespace": "shop"},
	"parameters": {"allowed_registries": ["ghcr.io/acme"]},
}

test_an_allowed_object_is_admitted if {
	found := gatekeeper.violation with input as review(fixtures.deployment)
	found == set()
}

test_the_review_names_the_namespace_that_the_object_leaves_out if {
	pod := fixtures.without(fixtures.pod({}), ["metadata", "namespace"])
	judged := gatekeeper.judged with input as review(pod)
	judged.namespace == "shop"
}

test_a_violation_says_where_and_why if {
	found := gatekeeper.violation with input as review(fixtures.pod_with({"image": "quay.io/evil/web"}))
	found == {{
		"msg": "spec.containers[0].image: image quay.io/evil/web is not in an allowed registry (ghcr.io/acme)",
		"details": {"path": ["spec", "containers", 0, "image"]},
	}}
}

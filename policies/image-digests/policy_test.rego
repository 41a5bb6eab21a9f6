package lib.policies.image_digests_test

import data.lib.fixtures_test as fixtures
import data.lib.policies.image_digests

parameters := {"digest_required": true, "digest_exempt_images": ["docker.io/istio/proxyv2"]}

tagged := fixtures.of(fixtures.pod_with({"image": "ghcr.io/acme/web:1.0"}))

test_a_digest_passes if {
	image_digests.findings(fixtures.of(fixtures.deployment), parameters) == set()
	image_digests.findings(fixtures.of_values(fixtures.values), parameters) == set()
}

test_a_tag_is_found if {
	image_digests.findings(tagged, parameters) == {{
		"path": ["spec", "containers", 0, "image"],
		"message": "image ghcr.io/acme/web:1.0 is not pinned by a sha256 digest",
	}}
}

test_a_tag_passes_where_no_digest_is_required if {
	image_digests.findings(tagged, fixtures.changed(parameters, {"digest_required": false})) == set()
}

test_an_injected_image_may_have_a_tag if {
	pod := fixtures.pod_with({"image": "istio/proxyv2:1.28.0"})
	image_digests.findings(fixtures.of(pod), parameters) == set()
}

test_values_are_judged if {
	values := fixtures.changed(fixtures.values, {"image": {"repository": "ghcr.io/acme/web", "tag": "1", "digest": ""}})
	fixtures.paths(image_digests.findings(fixtures.of_values(values), parameters)) == {"image"}
}

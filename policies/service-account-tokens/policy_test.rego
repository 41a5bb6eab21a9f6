package lib.policies.service_account_tokens_test

import data.lib.fixtures_test as fixtures
import data.lib.policies.service_account_tokens

parameters := {"token_accounts": [{"namespace": "shop", "name": "operator"}]}

findings(object) := service_account_tokens.findings(fixtures.of(object), parameters)

asking(account) := fixtures.changed(fixtures.values, {"serviceAccount": {
	"name": account,
	"automountServiceAccountToken": true,
}})

test_no_token_passes if {
	findings(fixtures.deployment) == set()
	service_account_tokens.findings(fixtures.of_values(fixtures.values), parameters) == set()
}

test_a_declared_account_may_hold_one if {
	findings(fixtures.pod({"automountServiceAccountToken": true, "serviceAccountName": "operator"})) == set()
	service_account_tokens.findings(fixtures.of_values(asking("operator")), parameters) == set()
}

test_another_account_may_not if {
	findings(fixtures.pod({"automountServiceAccountToken": true, "serviceAccountName": "web"})) == {{
		"path": ["spec", "automountServiceAccountToken"],
		"message": "the pod mounts the token of service account web, which is not declared to need the API",
	}}
	count(service_account_tokens.findings(fixtures.of_values(asking("web")), parameters)) == 1
}

test_the_default_mounts_one if {
	pod := fixtures.without(fixtures.pod({}), ["spec", "automountServiceAccountToken"])
	[finding] := [finding | some finding in findings(pod)]
	contains(finding.message, "service account default")
}

test_the_namespace_counts if {
	pod := fixtures.pod({"automountServiceAccountToken": true, "serviceAccountName": "operator"})
	elsewhere := json.patch(pod, [{"op": "replace", "path": "/metadata/namespace", "value": "other"}])
	count(findings(elsewhere)) == 1
}

test_without_a_namespace_the_name_decides if {
	values := object.union(fixtures.of_values(asking("operator")), {"namespace": ""})
	service_account_tokens.findings(values, parameters) == set()
}

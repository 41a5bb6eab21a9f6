# METADATA
# title: Pods hold an API token only when they ask for it
# description: >-
#   A pod says automountServiceAccountToken: false, unless its service account is declared to talk to the API server. The
#   default mounts a credential of the cluster into every container.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting
# custom:
#   severity: error
#   applies: [output, pull-request, admission]
#   reads: [workloads, values]
#   parameters:
#     token_accounts:
#       description: Service accounts whose pods may mount the token
#       type: array
#       items:
#         type: object
#         required: [namespace, name]
#         properties:
#           namespace: {type: string}
#           name: {type: string}
package lib.policies.service_account_tokens

findings(subject, parameters) := {finding |
	some pod in subject.pods
	not object.get(pod.spec, "automountServiceAccountToken", true) == false
	account := object.get(pod.spec, "serviceAccountName", "default")
	not declared(account, subject.namespace, parameters.token_accounts)
	finding := {
		"path": array.concat(pod.path, ["spec", "automountServiceAccountToken"]),
		"message": sprintf("the pod mounts the token of service account %s, which is not declared to need the API", [account]),
	}
}

# Values tell no namespace: there the name alone decides.
declared(name, namespace, accounts) if {
	some account in accounts
	account.name == name
	namespace in {"", account.namespace}
}

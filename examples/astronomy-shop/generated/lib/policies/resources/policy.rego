# METADATA
# title: Containers state requests and limits
# description: >-
#   Every container requests what it needs and states where it stops. Without requests the scheduler and the autoscalers
#   are blind; without limits one pod can starve its node.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   severity: error
#   applies: [output, pull-request, admission]
#   reads: [workloads, values]
#   parameters:
#     required_requests:
#       description: Resources that every container requests, e.g. cpu and memory
#       type: array
#       items: {type: string}
#     required_limits:
#       description: Resources that every container limits, e.g. cpu and memory
#       type: array
#       items: {type: string}
package lib.policies.resources

findings(subject, parameters) := {finding |
	required := {"requests": parameters.required_requests, "limits": parameters.required_limits}
	some entry in subject.containers
	entry.list != "ephemeralContainers" # the API accepts no resources there
	some field, resources in required
	some resource in resources
	not entry.container.resources[field][resource]
	finding := {
		"path": array.concat(entry.path, ["resources", field, resource]),
		"message": sprintf("container %s states no %s in its %s", [entry.container.name, resource, field]),
	}
}

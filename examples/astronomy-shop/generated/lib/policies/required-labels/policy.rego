# METADATA
# title: Objects carry the mandatory labels
# description: >-
#   Workloads, their pods and what they expose say what they are, what they belong to, who manages them and which team
#   answers for them. Costs, alerts and ownership are found by these labels.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
# custom:
#   severity: error
#   applies: [output, pull-request, admission]
#   reads: [workloads, Service, PersistentVolumeClaim]
#   parameters:
#     required_labels:
#       description: Label keys that must be there and not be empty
#       type: array
#       items: {type: string}
package lib.policies.required_labels

findings(subject, parameters) := {finding |
	some place in places(subject)
	some label in parameters.required_labels
	object.get(place.labels, label, "") == ""
	finding := {
		"path": array.concat(place.path, [label]),
		"message": sprintf("the mandatory label %s is missing or empty", [label]),
	}
}

# The object itself and, for a controller, the pods it makes: costs are counted by pod. For a Pod the two are one.
places(subject) := {{"path": ["metadata", "labels"], "labels": labels(subject.object.metadata)}} | {place |
	some pod in subject.pods
	place := {"path": array.concat(pod.path, ["metadata", "labels"]), "labels": labels(pod.metadata)}
}

labels(metadata) := object.get(metadata, "labels", {})

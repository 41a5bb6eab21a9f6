# METADATA
# title: What a policy judges
# description: >-
#   Every policy is a function of a subject and of parameters. A subject is one document with the pod template and the
#   containers already found, whatever the document is: a Pod, a controller's template or the values of a chart.
package lib.subject

import data.lib.values

# Where each workload keeps its pod template; a core kind stands alone, any other behind its API group.
pod_paths := {
	"Pod": [],
	"apps/DaemonSet": ["spec", "template"],
	"apps/Deployment": ["spec", "template"],
	"apps/StatefulSet": ["spec", "template"],
	"argoproj.io/Rollout": ["spec", "template"],
	"batch/CronJob": ["spec", "jobTemplate", "spec", "template"],
	"batch/Job": ["spec", "template"],
}

# A document is {"kind": "object" | "values" | "terraform" | "costs", "object": ..., "namespace": ...}.
of(document) := {
	"kind": "values",
	"object": document.object,
	"namespace": object.get(document, "namespace", ""),
	"pods": [values.pod(document.object)],
	"containers": values.containers(document.object),
} if {
	document.kind == "values"
} else := {
	"kind": kind,
	"object": document.object,
	"namespace": namespace(document),
	"pods": pods,
	"containers": [entry | some pod in pods; some entry in containers(pod)],
} if {
	document.kind == "object"
	kind := group_kind(document.object)
	pods := pods_of(kind, document.object)
} else := {"kind": document.kind, "object": document.object, "namespace": "", "pods": [], "containers": []}

# The key by which a policy's metadata says what it reads.
group_kind(object) := concat("/", [group, object.kind]) if {
	[group, _] := split(object.apiVersion, "/")
} else := object.kind

# Admission may leave the namespace out of the object; the review names it.
namespace(document) := object.get(document.object, ["metadata", "namespace"], object.get(document, "namespace", ""))

# None or one: a Rollout with a workloadRef has no template of its own.
pods_of(kind, workload) := [pod |
	path := pod_paths[kind]
	template := object.get(workload, path, {})
	pod := {"path": path, "metadata": object.get(template, "metadata", {}), "spec": template.spec}
]

containers(pod) := [entry |
	some list in ["initContainers", "containers", "ephemeralContainers"]
	some index, container in pod.spec[list]
	entry := {
		"list": list,
		"path": array.concat(pod.path, ["spec", list, index]),
		"container": container,
	}
]

# Where a finding stands in the document as it was written.
path(subject, finding) := values.path(finding.path) if {
	subject.kind == "values"
} else := finding.path

# spec.containers[0].image; keys that are no plain words are quoted: metadata.labels["app.kubernetes.io/name"]
location(path) := trim_prefix(concat("", [text | some part in path; text := written(part)]), ".")

written(part) := concat("", ["[", format_int(part, 10), "]"]) if {
	is_number(part)
} else := concat("", [`["`, part, `"]`]) if {
	regex.match(`[.\[\]"\s]`, part)
} else := concat("", [".", part])

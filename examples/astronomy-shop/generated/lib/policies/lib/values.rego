# METADATA
# title: Values of the library charts as pods
# description: >-
#   The charts of helm-library fix what is not here (security context, labels, volumes): a policy on those has nothing to
#   read in values. The rest is read as the pod that the chart will render.
# related_resources:
#   - ref: https://helm.sh/docs/chart_template_guide/values_files/
package lib.values

# All that is read here. The compiler passes no more: in wasm, reading the input is most of the work.
fields := ["activeDeadlineSeconds", "image", "initContainers", "name", "ports", "probes", "resources", "restartPolicy", "serviceAccount"]

pod(values) := {
	"path": [],
	"metadata": {},
	"spec": {
		"automountServiceAccountToken": object.get(values, ["serviceAccount", "automountServiceAccountToken"], false),
		"serviceAccountName": account(values),
		"restartPolicy": restart_policy(values),
	},
}

# Of the charts, `job` alone has a deadline. Its pods end, and are not started again unless its values say so.
restart_policy(values) := object.get(values, "restartPolicy", "Never") if {
	values.activeDeadlineSeconds
} else := "Always"

# The chart names the account after the workload when the values leave it empty.
account(values) := name if {
	name := values.serviceAccount.name
	name != ""
} else := values.name

container(values) := {
	"list": "containers",
	"path": [],
	"container": {
		"name": values.name,
		"image": image(values.image),
		"resources": object.get(values, "resources", {}),
		"ports": object.get(values, "ports", []),
		"livenessProbe": object.get(values, ["probes", "liveness"], null),
		"readinessProbe": object.get(values, ["probes", "readiness"], null),
	},
}

# Its own first, and those that start before it.
containers(values) := array.concat([container(values)], [entry |
	some index, init in object.get(values, "initContainers", [])
	entry := {
		"list": "initContainers",
		"path": ["initContainers", index],
		"container": {
			"name": init.name,
			"image": image(init.image),
			"resources": object.get(init, "resources", {}),
		},
	}
])

# The digest wins where both are given.
image(image) := concat("@", [image.repository, image.digest]) if {
	object.get(image, "digest", "") != ""
} else := concat(":", [image.repository, image.tag]) if {
	image.tag
} else := image.repository

# Where a finding about that pod stands in the values.
path(pod_path) := array.concat(renamed[pod_path[0]], array.slice(pod_path, 1, count(pod_path))) if {
	renamed[pod_path[0]]
} else := pod_path

renamed := {
	"livenessProbe": ["probes", "liveness"],
	"readinessProbe": ["probes", "readiness"],
	"spec": ["serviceAccount"],
}

# METADATA
# title: Containers have distinct liveness and readiness probes
# description: >-
#   Every container that serves a port in a long-running workload has both probes. They may ask the same question only if
#   liveness is the more patient one: otherwise a pod that is merely busy is restarted, at the worst moment. Pods of a
#   controller are judged by its template, so that injected containers do not count.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
# custom:
#   severity: error
#   applies: [output, pull-request, admission]
#   reads: [workloads, values]
package lib.policies.probes

probes := {"liveness": "livenessProbe", "readiness": "readinessProbe"}

handlers := ["exec", "grpc", "httpGet", "tcpSocket"]

findings(subject, _) := missing_findings(subject) | equal_findings(subject) if {
	long_running(subject)
} else := set()

# Jobs say that they end: their template may not restart always.
long_running(subject) if {
	some pod in subject.pods
	not object.get(pod.spec, "restartPolicy", "Always") in {"Never", "OnFailure"}
	not pod.metadata.ownerReferences
}

missing_findings(subject) := {finding |
	some entry in subject.containers
	entry.list == "containers"
	count(object.get(entry.container, "ports", [])) > 0
	some name, field in probes
	object.get(entry.container, field, null) == null
	finding := {
		"path": array.concat(entry.path, [field]),
		"message": sprintf("container %s serves a port without a %s probe", [entry.container.name, name]),
	}
}

equal_findings(subject) := {finding |
	some entry in subject.containers
	liveness := entry.container.livenessProbe
	readiness := entry.container.readinessProbe
	some handler in handlers
	liveness[handler] == readiness[handler]
	patience(liveness) <= patience(readiness)
	finding := {
		"path": array.concat(entry.path, ["livenessProbe", handler]),
		"message": sprintf("container %s is restarted as soon as it is unready: both probes ask the same", [entry.container.name]),
	}
}

# Seconds until the probe has failed, with the defaults of the Kubernetes API.
patience(probe) := object.get(probe, "failureThreshold", 3) * object.get(probe, "periodSeconds", 10)

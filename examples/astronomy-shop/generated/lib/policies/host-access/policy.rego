# METADATA
# title: Pods stay off the node
# description: >-
#   No privileged container, no namespace, path or port of the node. Each of them is a way out of the container and into
#   every other pod of the node.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   severity: error
#   applies: [output, pull-request, admission]
#   reads: [workloads]
package lib.policies.host_access

host_namespaces := {"hostIPC", "hostNetwork", "hostPID"}

findings(subject, _) := {finding |
	some pod in subject.pods
	some finding in union({
		namespace_findings(pod),
		path_findings(pod),
		privileged_findings(subject),
		port_findings(subject),
	})
}

namespace_findings(pod) := {finding |
	some field in host_namespaces
	pod.spec[field] == true
	finding := {
		"path": array.concat(pod.path, ["spec", field]),
		"message": sprintf("the pod shares a namespace with its node (%s)", [field]),
	}
}

path_findings(pod) := {finding |
	some index, volume in pod.spec.volumes
	volume.hostPath
	finding := {
		"path": array.concat(pod.path, ["spec", "volumes", index, "hostPath"]),
		"message": sprintf("volume %s mounts a path of the node (hostPath)", [volume.name]),
	}
}

privileged_findings(subject) := {finding |
	some entry in subject.containers
	entry.container.securityContext.privileged == true
	finding := {
		"path": array.concat(entry.path, ["securityContext", "privileged"]),
		"message": sprintf("container %s is privileged", [entry.container.name]),
	}
}

port_findings(subject) := {finding |
	some entry in subject.containers
	some index, port in entry.container.ports
	object.get(port, "hostPort", 0) > 0
	finding := {
		"path": array.concat(entry.path, ["ports", index, "hostPort"]),
		"message": sprintf("container %s binds port %d of the node (hostPort)", [entry.container.name, port.hostPort]),
	}
}

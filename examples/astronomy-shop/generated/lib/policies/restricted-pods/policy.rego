# METADATA
# title: Pods run restricted and not as root
# description: >-
#   The fields that the restricted Pod Security Standard adds to baseline: no root user, no privilege escalation, no
#   capability but NET_BIND_SERVICE, a seccomp profile, and only volumes that a pod can do no harm with.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
# custom:
#   severity: error
#   applies: [output, pull-request, admission]
#   reads: [workloads]
package lib.policies.restricted_pods

seccomp_profiles := {"RuntimeDefault", "Localhost"}

capabilities := {"NET_BIND_SERVICE"}

volume_types := {
	"configMap",
	"csi",
	"downwardAPI",
	"emptyDir",
	"ephemeral",
	"image",
	"persistentVolumeClaim",
	"projected",
	"secret",
}

findings(subject, _) := {finding |
	some pod in subject.pods
	some finding in ((pod_findings(pod) | container_findings(subject, pod)) | volume_findings(pod))
}

pod_findings(pod) := {finding |
	pod.spec.securityContext.runAsUser == 0
	finding := {
		"path": array.concat(pod.path, ["spec", "securityContext", "runAsUser"]),
		"message": "the pod runs as root (runAsUser 0)",
	}
}

container_findings(subject, pod) := {finding |
	some entry in subject.containers
	some fault in faults(entry.container, object.get(pod.spec, "securityContext", {}))
	finding := {
		"path": array.concat(entry.path, array.concat(["securityContext"], fault.path)),
		"message": sprintf("container %s %s", [entry.container.name, fault.message]),
	}
}

# A container's own setting wins over its pod's.
faults(container, pod_context) := {fault |
	own := object.get(container, "securityContext", {})
	some fault in union({
		root_faults(own, pod_context),
		escalation_faults(own),
		capability_faults(object.get(own, "capabilities", {})),
		seccomp_faults(own, pod_context),
	})
}

root_faults(own, pod_context) := non_root | root_user if {
	non_root := {{"path": ["runAsNonRoot"], "message": "may run as root: runAsNonRoot is not true"} |
		not object.get(own, "runAsNonRoot", object.get(pod_context, "runAsNonRoot", false)) == true
	}
	root_user := {{"path": ["runAsUser"], "message": "runs as root (runAsUser 0)"} | own.runAsUser == 0}
}

escalation_faults(own) := {fault |
	not own.allowPrivilegeEscalation == false
	fault := {
		"path": ["allowPrivilegeEscalation"],
		"message": "may gain privileges: allowPrivilegeEscalation is not false",
	}
}

capability_faults(own) := kept | added if {
	kept := {{"path": ["capabilities", "drop"], "message": "does not drop ALL capabilities"} |
		not "ALL" in object.get(own, "drop", [])
	}
	added := {fault |
		some index, capability in own.add
		not capability in capabilities
		fault := {
			"path": ["capabilities", "add", index],
			"message": sprintf("adds the capability %s", [capability]),
		}
	}
}

seccomp_faults(own, pod_context) := {fault |
	profile := object.get(own, "seccompProfile", object.get(pod_context, "seccompProfile", {}))
	not object.get(profile, "type", "none") in seccomp_profiles
	fault := {
		"path": ["seccompProfile"],
		"message": "has no seccomp profile (RuntimeDefault or Localhost)",
	}
}

volume_findings(pod) := {finding |
	some index, volume in pod.spec.volumes
	some type, _ in object.remove(volume, ["name"])
	not type in volume_types
	finding := {
		"path": array.concat(pod.path, ["spec", "volumes", index, type]),
		"message": sprintf("volume %s is of type %s, which the restricted standard forbids", [volume.name, type]),
	}
}

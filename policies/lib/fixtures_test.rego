# A Deployment, a Pod and chart values that every policy accepts; tests change one thing at a time.
package lib.fixtures_test

import data.lib.subject

digest := "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

labels := {
	"app.kubernetes.io/name": "web",
	"app.kubernetes.io/part-of": "shop",
	"app.kubernetes.io/managed-by": "eco-compile",
	"eco-compile.dev/team": "storefront",
}

container := {
	"name": "web",
	"image": concat("@", ["ghcr.io/acme/web", digest]),
	"ports": [{"containerPort": 8080}],
	"livenessProbe": {"httpGet": {"path": "/live", "port": 8080}},
	"readinessProbe": {"httpGet": {"path": "/ready", "port": 8080}},
	"resources": {
		"requests": {"cpu": "100m", "memory": "128Mi"},
		"limits": {"cpu": "200m", "memory": "128Mi"},
	},
	"securityContext": {"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}},
}

pod_spec := {
	"automountServiceAccountToken": false,
	"securityContext": {"runAsNonRoot": true, "runAsUser": 10001, "seccompProfile": {"type": "RuntimeDefault"}},
	"containers": [container],
	"volumes": [{"name": "tmp", "emptyDir": {}}],
}

pod(spec) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "web", "namespace": "shop", "labels": labels},
	"spec": object.union(pod_spec, spec),
}

# The container's own keys replace those of the fixture whole: object.union would merge them.
pod_with(change) := pod({"containers": [changed(container, change)]})

changed(object, change) := json.patch(object, [{"op": "add", "path": [key], "value": value} | some key, value in change])

without(object, path) := json.patch(object, [{"op": "remove", "path": path}])

template := {"metadata": {"labels": labels}, "spec": pod_spec}

workload(api_version, kind, spec) := {
	"apiVersion": api_version,
	"kind": kind,
	"metadata": {"name": "web", "namespace": "shop", "labels": labels},
	"spec": spec,
}

deployment := workload("apps/v1", "Deployment", {"template": template})

values := {
	"name": "web",
	"team": "storefront",
	"partOf": "shop",
	"component": "frontend",
	"image": {"repository": "ghcr.io/acme/web", "digest": digest},
	"ports": [{"name": "http", "port": 80, "targetPort": 8080}],
	"probes": {
		"liveness": {"httpGet": {"path": "/live", "port": "http"}},
		"readiness": {"httpGet": {"path": "/ready", "port": "http"}},
	},
	"resources": container.resources,
}

of(object) := subject.of({"kind": "object", "object": object})

of_values(object) := subject.of({"kind": "values", "object": object, "namespace": "shop"})

of_terraform(inputs) := subject.of({"kind": "terraform", "object": {"module": {"cluster": [inputs]}}})

paths(findings) := {subject.location(finding.path) | some finding in findings}

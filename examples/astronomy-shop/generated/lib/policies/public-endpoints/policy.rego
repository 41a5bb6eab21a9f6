# METADATA
# title: Nothing is public unless it is declared
# description: >-
#   A Service, an Ingress, a Gateway or a cluster's API can be reached from outside only when the ecosystem declares that
#   endpoint, hosts included. Load balancers that the cloud keeps internal are not public.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/networking/gateway/
#   - ref: https://kubernetes.io/docs/concepts/services-networking/service/#internal-load-balancer
# custom:
#   severity: error
#   applies: [output, pull-request, admission]
#   reads:
#     - Service
#     - networking.k8s.io/Ingress
#     - networking.istio.io/Gateway
#     - gateway.networking.k8s.io/Gateway
#     - terraform
#   parameters:
#     public_endpoints:
#       description: What may be reached from outside; hosts for an Ingress or a Gateway, none for a Service or a Cluster
#       type: array
#       items:
#         type: object
#         required: [kind, name]
#         properties:
#           kind: {type: string, enum: [Service, Ingress, Gateway, Cluster]}
#           namespace: {type: string}
#           name: {type: string}
#           hosts: {type: array, items: {type: string}}
package lib.policies.public_endpoints

findings(subject, parameters) := service_findings(subject, parameters.public_endpoints) if {
	subject.kind == "Service"
} else := cluster_findings(subject, parameters.public_endpoints) if {
	subject.kind == "terraform"
} else := host_findings(subject, parameters.public_endpoints)

# Services

internal_annotations := {
	"cloud.google.com/load-balancer-type": "Internal",
	"networking.gke.io/load-balancer-type": "Internal",
	"service.beta.kubernetes.io/aws-load-balancer-internal": "true",
	"service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
	"service.beta.kubernetes.io/azure-load-balancer-internal": "true",
}

service_findings(subject, endpoints) := {finding |
	some exposure in exposures(subject.object)
	not declared("Service", subject, endpoints)
	finding := {
		"path": exposure.path,
		"message": sprintf("Service %s is public (%s) and not declared as a public endpoint", [
			subject.object.metadata.name,
			exposure.how,
		]),
	}
}

exposures(service) := ({exposure |
	service.spec.type == "LoadBalancer"
	not kept_internal(service)
	exposure := {"path": ["spec", "type"], "how": "LoadBalancer"}
} | {exposure |
	service.spec.type == "NodePort"
	exposure := {"path": ["spec", "type"], "how": "NodePort"}
}) | {exposure |
	some index, address in service.spec.externalIPs
	exposure := {"path": ["spec", "externalIPs", index], "how": address}
}

kept_internal(service) if {
	some annotation, value in internal_annotations
	service.metadata.annotations[annotation] == value
}

# Ingresses and Gateways

host_findings(subject, endpoints) := {finding |
	some entry in hosts(subject)
	not host_declared(entry.host, subject, endpoints)
	finding := {
		"path": entry.path,
		"message": sprintf("%s %s serves host %s, which is not declared as a public endpoint", [
			subject.object.kind,
			subject.object.metadata.name,
			entry.host,
		]),
	}
}

# A rule or listener that names no host serves them all.
hosts(subject) := {entry |
	some index, rule in subject.object.spec.rules
	entry := {"path": ["spec", "rules", index, "host"], "host": object.get(rule, "host", "*")}
} | {entry |
	subject.object.spec.defaultBackend
	entry := {"path": ["spec", "defaultBackend"], "host": "*"}
} if {
	subject.kind == "networking.k8s.io/Ingress"
} else := {entry |
	some index, listener in subject.object.spec.listeners
	entry := {"path": ["spec", "listeners", index, "hostname"], "host": object.get(listener, "hostname", "*")}
} if {
	subject.kind == "gateway.networking.k8s.io/Gateway"
} else := {entry |
	some i, server in subject.object.spec.servers
	some j, host in server.hosts
	entry := {"path": ["spec", "servers", i, "hosts", j], "host": without_namespace(host)}
}

# Istio: "namespace/host" binds the host to the virtual services of one namespace.
without_namespace(host) := parts[count(parts) - 1] if parts := split(host, "/")

host_declared(host, subject, endpoints) if {
	some endpoint in endpoints
	same(endpoint, subject.object.kind, subject)
	host in endpoint.hosts
}

declared(kind, subject, endpoints) if {
	some endpoint in endpoints
	same(endpoint, kind, subject)
}

same(endpoint, kind, subject) if {
	endpoint.kind == kind
	endpoint.namespace == subject.namespace
	endpoint.name == subject.object.metadata.name
}

# Clusters: what makes the endpoint of a managed control plane reachable from outside, module inputs first.

public_inputs := {
	"enable_private_endpoint": false,
	"endpoint_public_access": true,
	"private_cluster_enabled": false,
}

cluster_findings(subject, endpoints) := {finding |
	walk(subject.object, [path, value])
	public_input(path, value)
	name := cluster_name(subject.object, path)
	not cluster_declared(name, endpoints)
	finding := {
		"path": path,
		"message": sprintf("the API of cluster %s is public and not declared as a public endpoint", [name]),
	}
}

public_input(path, value) if public_inputs[path[count(path) - 1]] == value

# Public ranges that may reach the API: given any, it is public.
public_input(path, value) if {
	path[count(path) - 1] == "authorized_cidrs"
	count(value) > 0
}

# The input beside it: a module's name is the cluster's.
cluster_name(root, path) := object.get(root, array.concat(array.slice(path, 0, count(path) - 1), ["name"]), "")

cluster_declared(name, endpoints) if {"kind": "Cluster", "name": name} in endpoints

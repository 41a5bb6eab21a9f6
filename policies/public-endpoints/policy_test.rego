package lib.policies.public_endpoints_test

import data.lib.fixtures_test as fixtures
import data.lib.policies.public_endpoints

parameters := {"public_endpoints": [
	{"kind": "Service", "namespace": "shop", "name": "web"},
	{"kind": "Ingress", "namespace": "shop", "name": "web", "hosts": ["shop.example"]},
	{"kind": "Gateway", "namespace": "shop", "name": "web", "hosts": ["shop.example"]},
	{"kind": "Cluster", "name": "edge"},
]}

none := {"public_endpoints": []}

findings(object, given) := public_endpoints.findings(fixtures.of(object), given)

service(spec) := fixtures.workload("v1", "Service", spec)

ingress(spec) := fixtures.workload("networking.k8s.io/v1", "Ingress", spec)

gateway(hosts) := fixtures.workload("networking.istio.io/v1", "Gateway", {"servers": [{"hosts": hosts}]})

api_gateway(listeners) := fixtures.workload("gateway.networking.k8s.io/v1", "Gateway", {"listeners": listeners})

test_a_cluster_internal_service_passes if {
	findings(service({"type": "ClusterIP"}), none) == set()
	findings(service({}), none) == set()
}

test_a_public_service_is_found if {
	findings(service({"type": "LoadBalancer"}), none) == {{
		"path": ["spec", "type"],
		"message": "Service web is public (LoadBalancer) and not declared as a public endpoint",
	}}
	fixtures.paths(findings(service({"type": "NodePort"}), none)) == {"spec.type"}
	fixtures.paths(findings(service({"externalIPs": ["203.0.113.7"]}), none)) == {"spec.externalIPs[0]"}
}

test_a_declared_service_passes if {
	findings(service({"type": "LoadBalancer"}), parameters) == set()
}

test_a_declaration_holds_for_its_namespace_and_name_alone if {
	every endpoint in [{"namespace": "other", "name": "web"}, {"namespace": "shop", "name": "other"}] {
		given := {"public_endpoints": [object.union({"kind": "Service"}, endpoint)]}
		count(findings(service({"type": "LoadBalancer"}), given)) == 1
	}
}

test_an_internal_load_balancer_passes if {
	internal_annotations := {
		"cloud.google.com/load-balancer-type": "Internal",
		"networking.gke.io/load-balancer-type": "Internal",
		"service.beta.kubernetes.io/aws-load-balancer-internal": "true",
		"service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
		"service.beta.kubernetes.io/azure-load-balancer-internal": "true",
	}
	every annotation, value in internal_annotations {
		annotated := object.union(service({"type": "LoadBalancer"}), {"metadata": {"annotations": {annotation: value}}})
		findings(annotated, none) == set()
	}
}

test_an_internal_annotation_with_another_value_does_not_help if {
	annotation := {"networking.gke.io/load-balancer-type": "External"}
	annotated := object.union(service({"type": "LoadBalancer"}), {"metadata": {"annotations": annotation}})
	count(findings(annotated, none)) == 1
}

test_declared_hosts_pass if {
	findings(ingress({"rules": [{"host": "shop.example"}]}), parameters) == set()
	findings(gateway(["shop.example", "shop/shop.example"]), parameters) == set()
	findings(api_gateway([{"hostname": "shop.example"}]), parameters) == set()
}

test_another_host_is_found if {
	findings(ingress({"rules": [{"host": "admin.example"}]}), parameters) == {{
		"path": ["spec", "rules", 0, "host"],
		"message": "Ingress web serves host admin.example, which is not declared as a public endpoint",
	}}
	fixtures.paths(findings(gateway(["shop.example", "*"]), parameters)) == {"spec.servers[0].hosts[1]"}
	fixtures.paths(findings(api_gateway([{"hostname": "x"}]), parameters)) == {"spec.listeners[0].hostname"}
}

test_a_declaration_holds_for_its_kind_alone if {
	one := {"public_endpoints": [{"kind": "Gateway", "namespace": "shop", "name": "web", "hosts": ["shop.example"]}]}
	findings(gateway(["shop.example"]), one) == set()
	count(findings(ingress({"rules": [{"host": "shop.example"}]}), one)) == 1
	count(findings(service({"type": "LoadBalancer"}), one)) == 1
}

test_no_host_means_every_host if {
	fixtures.paths(findings(ingress({"rules": [{}]}), parameters)) == {"spec.rules[0].host"}
	fixtures.paths(findings(ingress({"defaultBackend": {"service": {"name": "web"}}}), parameters)) == {"spec.defaultBackend"}
	fixtures.paths(findings(api_gateway([{}]), parameters)) == {"spec.listeners[0].hostname"}
}

test_a_private_cluster_passes if {
	private := {
		"name": "core",
		"authorized_cidrs": [],
		"enable_private_endpoint": true,
		"endpoint_public_access": false,
		"private_cluster_enabled": true,
	}
	public_endpoints.findings(fixtures.of_terraform(private), none) == set()
}

test_a_public_cluster_is_found if {
	public_endpoints.findings(fixtures.of_terraform({"name": "core", "authorized_cidrs": ["203.0.113.0/24"]}), none) == {{
		"path": ["module", "cluster", 0, "authorized_cidrs"],
		"message": "the API of cluster core is public and not declared as a public endpoint",
	}}
	every inputs in [{"enable_private_endpoint": false}, {"endpoint_public_access": true}, {"private_cluster_enabled": false}] {
		count(public_endpoints.findings(fixtures.of_terraform(inputs), parameters)) == 1
	}
}

test_a_declared_cluster_may_be_public if {
	public_endpoints.findings(fixtures.of_terraform({"name": "edge", "authorized_cidrs": ["203.0.113.0/24"]}), parameters) == set()
}

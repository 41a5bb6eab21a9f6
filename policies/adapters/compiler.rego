# METADATA
# title: Policies over many documents
# description: >-
#   What the compiler asks of everything that it writes, and what a pull request asks of the committed output. The input is
#   {"stage": "output" | "pull-request", "documents": [...]}; a document is a subject (lib/subject.rego) that also names its
#   cluster or its cloud. The data are described by schemas/runtime/policy-data.schema.json.
package eco.main

import data.eco.registry
import data.lib.subject

deny contains violation if {
	some index, judged in subjects
	some policy in registry.readers[input.stage][judged.kind]
	some finding in registry.findings(policy, judged, parameters(input.documents[index]))
	not exempt(policy, judged.namespace)
	violation := {
		"policy": policy,
		"index": index,
		"path": subject.path(judged, finding),
		"message": finding.message,
	}
}

# A policy without its parameters would find nothing: silence must not look like consent.
deny contains violation if {
	some index, judged in subjects
	some policy in registry.readers[input.stage][judged.kind]
	some parameter in gaps(input.documents[index])[policy]
	violation := {
		"policy": policy,
		"index": index,
		"path": [],
		"message": sprintf("the policy's data lack %s for %s", [parameter, scope_name(input.documents[index])]),
	}
}

subjects := [subject.of(document) | some document in input.documents]

# Parameters, from the general to the particular: everywhere < environment < cloud < cluster. Rules rather than functions,
# so that one evaluation works each of them out once.

everywhere := data.eco.parameters

by_cloud[name] := object.union(everywhere, layer(cloud)) if some name, cloud in data.eco.clouds

by_cluster[name] := parameters if {
	some name, cluster in data.eco.clusters
	environment := object.union(everywhere, layer(data.eco.environments[cluster.environment]))
	parameters := object.union(object.union(environment, layer(data.eco.clouds[cluster.cloud])), layer(cluster))
}

layer(node) := object.get(node, "parameters", {})

parameters(document) := by_cluster[document.cluster] if {
	by_cluster[document.cluster]
} else := by_cloud[document.cloud] if {
	not document.cluster
} else := everywhere if {
	not document.cluster
	not document.cloud
} else := {}

gaps_everywhere := missing(everywhere)

gaps_by_cloud[name] := missing(cloud) if some name, cloud in by_cloud

gaps_by_cluster[name] := missing(cluster) if some name, cluster in by_cluster

gaps(document) := gaps_by_cluster[document.cluster] if {
	document.cluster
} else := gaps_by_cloud[document.cloud] if {
	document.cloud
	not document.cluster
} else := gaps_everywhere if {
	not document.cluster
	not document.cloud
} else := registry.parameters

missing(given) := {policy: absent |
	some policy, names in registry.parameters
	absent := {name | some name in names; not name in object.keys(given)}
	count(absent) > 0
}

scope_name(document) := concat(" ", ["cluster", document.cluster]) if {
	document.cluster
} else := concat(" ", ["cloud", document.cloud]) if {
	document.cloud
} else := "the whole ecosystem"

# An exemption holds for all policies, or for those that it lists. A trailing * stands for any ending, as in Gatekeeper's
# excludedNamespaces: https://open-policy-agent.github.io/gatekeeper/website/docs/howto/#the-match-field
exempt(policy, namespace) if {
	some exemption in data.eco.exempt_namespaces
	policy in object.get(exemption, "policies", [policy])
	matches(exemption.namespace, namespace)
}

matches(pattern, namespace) if pattern == namespace

matches(pattern, namespace) if {
	endswith(pattern, "*")
	startswith(namespace, trim_suffix(pattern, "*"))
}

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
	some finding in registry.findings(policy, judged, object.get(parameters, scopes[index], {}))
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
	some name in object.get(gaps, scopes[index], registry.parameters)[policy]
	violation := {
		"policy": policy,
		"index": index,
		"path": [],
		"message": sprintf("the policy's data lack %s for %s", [name, scopes[index]]),
	}
}

subjects := [subject.of(document) | some document in input.documents]

scopes := [scope(document) | some document in input.documents]

scope(document) := concat(" ", ["cluster", document.cluster]) if {
	document.cluster
} else := concat(" ", ["cloud", document.cloud]) if {
	document.cloud
} else := "the whole ecosystem"

# Parameters by scope, from the general to the particular: everywhere < environment < cloud < cluster. Rules rather than
# functions, so that one evaluation works each of them out once.
parameters["the whole ecosystem"] := data.eco.parameters

parameters[scope({"cloud": name})] := object.union(data.eco.parameters, layer(cloud)) if {
	some name, cloud in data.eco.clouds
}

parameters[scope({"cluster": name})] := object.union(object.union(environment, cloud), layer(cluster)) if {
	some name, cluster in data.eco.clusters
	environment := object.union(data.eco.parameters, layer(data.eco.environments[cluster.environment]))
	cloud := layer(data.eco.clouds[cluster.cloud])
}

layer(node) := object.get(node, "parameters", {})

# What the policies ask for and a scope does not have.
gaps[name] := lacking if {
	some name, given in parameters
	lacking := {policy: absent |
		some policy, asked in registry.parameters
		absent := {parameter | some parameter in asked} - object.keys(given)
	}
}

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

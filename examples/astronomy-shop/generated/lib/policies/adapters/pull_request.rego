# METADATA
# title: Policies over the committed output
# description: >-
#   For `conftest test --combine` on generated/ and the folders of the config's `extra`: the input is [{"path": "<file>", "contents": ...}]. What a file is and which
#   cluster it belongs to follows from its path, as docs/architecture.md describes the tree.
# related_resources:
#   - ref: https://www.conftest.dev/options/#--combine
package eco.pull_request

import data.eco.main
import data.eco.registry
import data.lib.subject

deny contains result if {
	some result in results
	result.severity == "error"
}

warn contains result if {
	some result in results
	result.severity == "warning"
}

results contains result if {
	some violation in main.deny with input as {"stage": "pull-request", "documents": documents}
	document := documents[violation.index]
	result := {
		"msg": concat(": ", [part |
			some part in [document.path, named(document), subject.location(violation.path), violation.message]
			part != ""
		]),
		"policy": violation.policy,
		"severity": severity(violation.policy),
		"file": document.path,
	}
}

# What breaking a policy is: a level of its own, then a warning where admission is not to refuse either, then what the
# policy says. The compiler says the same of what it writes (compiler/policy/levels.ts). What is off is neither denied nor
# warned of.
severity(policy) := data.eco.levels.policies[policy] if {
	data.eco.levels.policies[policy]
} else := "warning" if {
	data.eco.levels.findings == "warning"
} else := registry.severity[policy]

# A file that no target wrote, in a folder that an applier reads whole: it would be applied with the rights of what was compiled.
results contains result if {
	some file in input
	path := trim_prefix(file.path, prefix)
	not manifest.files[path]
	some folder, reader in manifest.folders
	reads(reader, folder, path)
	result := {
		"msg": sprintf("%s: no target wrote it, and it is applied: everything in %s is read", [path, folder]),
		"policy": "strangers",
		"severity": "error",
		"file": file.path,
	}
}

# Without the manifest nothing would be found: silence must not look like consent.
results contains result if {
	not manifest.folders
	result := {
		"msg": "generated/manifest.json is not among the files, or says of no folder who reads it",
		"policy": "strangers",
		"severity": "error",
		"file": "generated/manifest.json",
	}
}

manifest_path := path if {
	some path in [file.path | some file in input]
	regex.match(`(^|/)generated/manifest\.json$`, path)
}

manifest := file.contents if {
	some file in input
	file.path == manifest_path
}

# Of a project in a folder of its repository.
default prefix := ""

prefix := trim_suffix(manifest_path, "generated/manifest.json")

# What each reader takes; compiler/5-emit/read-folders.ts has the same table.
takes := {
	"manifests": `\.(ya?ml|json|jsonnet|libsonnet)$|(^|/)Kustomization$`,
	"manifest-tree": `\.(ya?ml|json|jsonnet|libsonnet)$|(^|/)Kustomization$`,
	"chart": ``,
	"terraform": `\.(tf|tofu)(\.json)?$|(/terraform|\.auto)\.tfvars(\.json)?$`,
	"policies": `\.(rego|json|ya?ml)$`,
}

reads(reader, folder, path) if {
	reader in {"manifest-tree", "chart", "policies"}
	startswith(path, concat("", [folder, "/"]))
	regex.match(takes[reader], path)
}

reads(reader, folder, path) if {
	reader in {"manifests", "terraform"}
	startswith(path, concat("", [folder, "/"]))
	not contains(trim_prefix(path, concat("", [folder, "/"])), "/")
	regex.match(takes[reader], path)
}

# Which of the file's objects it is about.
named(document) := trim_space(concat(" ", [document.object.kind, object.get(document.object, ["metadata", "name"], "")])) if {
	document.kind == "object"
} else := ""

documents := [document |
	some file in input
	not regex.match(`(^|/)generated/lib/`, file.path) # the library is tested by itself
	some content in contents(file)
	kind := kind_of(file.path, content)
	document := object.union({"kind": kind, "object": content, "path": file.path}, scope(file.path))
]

# A file of several YAML documents arrives as a list.
contents(file) := file.contents if {
	is_array(file.contents)
} else := [file.contents]

kind_of(path, content) := "object" if {
	content.apiVersion
	content.kind
} else := "values" if {
	library_values(path, content)
} else := "terraform" if {
	endswith(path, ".tf")
} else := "costs" if {
	endswith(path, "policies/costs.json")
}

library_values(path, _) if regex.match(`(^|/)clusters/[^/]+/services/[^/]+/values\.yaml$`, path)

# Add-ons of our own are installed by the same charts; they alone want these.
library_values(path, content) if {
	regex.match(`(^|/)clusters/[^/]+/platform/[^/]+/values\.yaml$`, path)
	object.subset(object.keys(content), {"component", "image", "partOf", "team"})
}

# A folder of somebody's own is for whom the config says; a path below generated/ says it itself:
# generated/clusters/<cluster>/..., generated/terraform/<cloud>/<cluster or foundation>/...
scope(path) := place if {
	some folder, place in data.eco.extra
	startswith(path, concat("", [prefix, folder, "/"]))
} else := of_parts(split(path, "/"))

of_parts(parts) := {"cluster": parts[index + 1]} if {
	some index, "clusters" in parts
} else := {"cluster": parts[index + 2]} if {
	some index, "terraform" in parts
	data.eco.clusters[parts[index + 2]]
} else := {"cloud": parts[index + 1]} if {
	some index, "terraform" in parts
} else := {}

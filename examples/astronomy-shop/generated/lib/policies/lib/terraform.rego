# METADATA
# title: What Terraform modules are given
# description: >-
#   A root as hcl2json and conftest read it: {"module": {"<name>": [{"<input>": <value>}]}}. An expression arrives as text
#   with ${ in it and is not judged: the compiler writes literals.
package lib.terraform

# Every text given under one of the names, at any depth, alone or in a list.
inputs(root, names) := {given |
	walk(root, [path, value])
	is_string(value)
	not contains(value, "${")
	given := {"input": input_of(path), "path": path, "value": value}
	given.input in names
}

input_of(path) := path[count(path) - 1] if {
	is_string(path[count(path) - 1])
} else := path[count(path) - 2]

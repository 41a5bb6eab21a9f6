# METADATA
# title: Image references
# description: How an image reference names its registry, as container runtimes read it.
# related_resources:
#   - ref: https://github.com/distribution/reference/blob/main/normalize.go
package lib.images

# Registry and path, without tag and digest: "nginx:1.29" is "docker.io/library/nginx".
repository(image) := qualified(untagged(split(image, "@")[0]))

# "registry:5000/app" has a port, not a tag: only what follows the last slash can be one.
untagged(name) := concat("/", array.concat(array.slice(parts, 0, last), [split(parts[last], ":")[0]])) if {
	parts := split(name, "/")
	last := count(parts) - 1
}

# A first part that cannot be a host is a path on Docker Hub.
qualified(name) := concat("/", ["docker.io/library", name]) if {
	not contains(name, "/")
} else := concat("/", ["docker.io", name]) if {
	not is_host(split(name, "/")[0])
} else := name

is_host(part) if contains(part, ".")

is_host(part) if contains(part, ":")

is_host("localhost")

# At or below one of the places: "ghcr.io/acme" holds "ghcr.io/acme/api", never "ghcr.io/acme-evil/api".
within(image, places) if {
	name := repository(image)
	some place in places
	startswith(concat("", [name, "/"]), concat("", [trim_suffix(place, "/"), "/"]))
}

has_digest(image) if {
	[_, digest] := split(image, "@sha256:")
	count(digest) == 64
}

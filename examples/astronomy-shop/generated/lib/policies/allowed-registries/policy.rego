# METADATA
# title: Images come from allowed registries
# description: >-
#   Every container's image lies in one of the allowed registries. An image from anywhere else was not scanned or signed
#   by the delivery pipeline, and may be pulled from a host that nobody watches.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/containers/images/
# custom:
#   severity: error
#   applies: [output, pull-request, admission]
#   reads: [workloads, values]
#   parameters:
#     allowed_registries:
#       description: Registries, with or without a path below them, e.g. europe-docker.pkg.dev/acme/images
#       type: array
#       items: {type: string}
package lib.policies.allowed_registries

import data.lib.images

findings(subject, parameters) := {finding |
	some entry in subject.containers
	image := entry.container.image
	not images.within(image, parameters.allowed_registries)
	finding := {
		"path": array.concat(entry.path, ["image"]),
		"message": sprintf("image %s is not in an allowed registry (%s)", [
			image,
			concat(", ", parameters.allowed_registries),
		]),
	}
}

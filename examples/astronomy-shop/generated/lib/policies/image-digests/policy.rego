# METADATA
# title: Images are pinned by digest
# description: >-
#   Where the environment requires it, every image names its sha256 digest. A tag can be moved after the review; a digest
#   is what was tested. Images that an injector adds (the mesh's proxy) are excepted by name.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/containers/images/#image-names
# custom:
#   severity: error
#   applies: [output, pull-request, admission]
#   reads: [workloads, values]
#   parameters:
#     digest_required:
#       description: Whether this environment runs pinned images alone
#       type: boolean
#     digest_exempt_images:
#       description: Image repositories that may be named by tag, e.g. docker.io/istio/proxyv2
#       type: array
#       items: {type: string}
package lib.policies.image_digests

import data.lib.images

findings(subject, parameters) := {finding |
	parameters.digest_required
	some entry in subject.containers
	image := entry.container.image
	not images.has_digest(image)
	not images.within(image, parameters.digest_exempt_images)
	finding := {
		"path": array.concat(entry.path, ["image"]),
		"message": sprintf("image %s is not pinned by a sha256 digest", [image]),
	}
}

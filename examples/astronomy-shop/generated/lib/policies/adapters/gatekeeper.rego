# METADATA
# title: A policy as Gatekeeper calls it
# description: >-
#   The text of every ConstraintTemplate: `npm run gen` puts the policy's own package into the first import and carries the
#   libraries along.
# related_resources:
#   - ref: https://open-policy-agent.github.io/gatekeeper/website/docs/constrainttemplates/
package eco.gatekeeper

import data.lib.policies.allowed_registries as policy
import data.lib.subject

violation contains {"msg": message, "details": {"path": finding.path}} if {
	some finding in policy.findings(judged, object.get(input, "parameters", {}))
	message := concat(": ", [subject.location(finding.path), finding.message])
}

judged := subject.of({
	"kind": "object",
	"object": input.review.object,
	"namespace": object.get(input.review, "namespace", ""),
})

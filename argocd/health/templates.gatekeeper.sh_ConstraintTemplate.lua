-- Constraints of a kind exist once Gatekeeper has made the kind out of its template.
-- https://open-policy-agent.github.io/gatekeeper/website/docs/constrainttemplates
if obj.status == nil then
  return { status = "Progressing", message = "Waiting for Gatekeeper" }
end
for _, pod in ipairs(obj.status.byPod or {}) do
  for _, problem in ipairs(pod.errors or {}) do
    return { status = "Degraded", message = problem.message }
  end
  if pod.observedGeneration ~= obj.metadata.generation then
    return { status = "Progressing", message = "Waiting for Gatekeeper to see the change" }
  end
end
if obj.status.created == true then
  return { status = "Healthy", message = "" }
end
return { status = "Progressing", message = "Waiting for the kind" }

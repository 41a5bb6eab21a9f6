-- Every kind of constraint. A violation is what it is there to find, not a fault of its own.
if obj.status == nil or obj.status.byPod == nil or #obj.status.byPod == 0 then
  return { status = "Progressing", message = "Waiting for Gatekeeper" }
end
for _, pod in ipairs(obj.status.byPod) do
  for _, problem in ipairs(pod.errors or {}) do
    return { status = "Degraded", message = problem.message }
  end
  if pod.observedGeneration ~= obj.metadata.generation or pod.enforced ~= true then
    return { status = "Progressing", message = "Waiting for Gatekeeper to enforce it" }
  end
end
return { status = "Healthy", message = "" }

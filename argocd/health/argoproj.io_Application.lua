-- Argo CD judges Applications no more since 1.8; without a judgement, sync waves over Applications wait for nothing.
-- https://argo-cd.readthedocs.io/en/stable/operator-manual/health/#argocd-app
local health = { status = "Progressing", message = "Not judged yet" }
if obj.status == nil then
  return health
end

if obj.status.health ~= nil and obj.status.health.status ~= nil then
  health.status = obj.status.health.status
  health.message = obj.status.health.message or ""
end

-- What could not be applied, retries included, does not become healthy by waiting.
local operation = obj.status.operationState
if operation ~= nil and (operation.phase == "Failed" or operation.phase == "Error") and health.status ~= "Healthy" then
  health.status = "Degraded"
  health.message = operation.message or "The last sync failed"
end
return health

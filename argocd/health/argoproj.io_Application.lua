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

-- Objects that are missing do not count (controller/health.go), so an Application looks healthy with the first of its objects, or before, and the next wave
-- would come too early: it must have been applied once, and looked at since.
local operation = obj.status.operationState
local applied = (obj.status.sync ~= nil and obj.status.sync.status == "Synced") or (obj.status.history ~= nil and #obj.status.history > 0)
local finished = operation ~= nil and operation.finishedAt or ""
if health.status == "Healthy" and (not applied or (obj.status.reconciledAt or finished) < finished) then
  health.status = "Progressing"
  health.message = "Not applied yet, or not looked at since"
end

-- What could not be applied, retries included, does not become healthy by waiting.
if operation ~= nil and (operation.phase == "Failed" or operation.phase == "Error") and health.status ~= "Healthy" then
  health.status = "Degraded"
  health.message = operation.message or "The last sync failed"
end
return health

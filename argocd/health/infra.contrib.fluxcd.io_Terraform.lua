-- Conditions and reasons: https://github.com/flux-iac/tofu-controller/blob/main/api/v1alpha2/condition_types.go
if obj.spec.suspend == true then
  return { status = "Suspended", message = "Suspended" }
end
if obj.status == nil or obj.status.conditions == nil then
  return { status = "Progressing", message = "Waiting for tofu-controller" }
end
if obj.status.observedGeneration ~= nil and obj.status.observedGeneration ~= obj.metadata.generation then
  return { status = "Progressing", message = "Waiting for tofu-controller to see the change" }
end

local ready = nil
for _, condition in ipairs(obj.status.conditions) do
  if condition.type == "Stalled" and condition.status == "True" then
    return { status = "Degraded", message = condition.message }
  end
  if condition.type == "Ready" then
    ready = condition
  end
end
if ready == nil then
  return { status = "Progressing", message = "Waiting for a first plan" }
end
if ready.status == "True" then
  return { status = "Healthy", message = ready.message }
end

local automatic = obj.spec.approvePlan == "auto"
if ready.status == "Unknown" then
  if ready.reason == "TerraformPlannedWithChanges" and not automatic then
    return { status = "Suspended", message = ready.message }
  end
  return { status = "Progressing", message = ready.message }
end

-- Others hold the lock, or come first; drift that is about to be corrected.
local passing = { LockHeld = true, DependencyNotReady = true, RunnerQuotaExhausted = true, DriftDetected = automatic }
if passing[ready.reason] then
  return { status = "Progressing", message = ready.message }
end
return { status = "Degraded", message = ready.message }

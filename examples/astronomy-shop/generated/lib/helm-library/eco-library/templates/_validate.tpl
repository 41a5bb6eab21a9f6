{{/* What values.schema.json cannot say because it compares values. Each would otherwise only be seen in the cluster. */}}
{{- define "eco.validate" -}}
{{- $values := .Values }}

{{- include "eco.unique" (dict "at" "ports" "what" "name" "list" $values.ports) }}
{{- include "eco.unique" (dict "at" "services" "what" "name" "list" $values.services) }}
{{- $folders := concat $values.volumes ($values.storage | default list) }}
{{- include "eco.unique" (dict "at" "volumes and storage" "what" "name" "list" $folders) }}
{{- $folders = concat $folders $values.secrets }}
{{- if $values.config }}{{ $folders = append $folders $values.config }}{{ end }}
{{- include "eco.unique" (dict "at" "config, secrets, volumes and storage" "what" "mountPath" "list" $folders) }}

{{- $containers := append ($values.initContainers | default list) (dict "name" $values.name) }}
{{- include "eco.unique" (dict "at" "initContainers" "what" "name" "list" $containers) }}

{{- $variables := list }}
{{- range $map := list $values.env $values.fieldEnv $values.secretEnv }}
{{- range $name, $_ := $map }}{{ $variables = append $variables (dict "name" $name) }}{{ end }}
{{- end }}
{{- include "eco.unique" (dict "at" "env, fieldEnv and secretEnv" "what" "name" "list" $variables) }}

{{- $probes := $values.probes | default dict }}
{{- if and $probes.liveness (deepEqual $probes.liveness ($probes.readiness | default dict)) }}
{{- fail "probes: liveness and readiness are identical; an overloaded container would be restarted instead of spared traffic" }}
{{- end }}
{{- $ports := list }}
{{- range $values.ports }}{{ $ports = append $ports .name }}{{ end }}
{{- range $name, $probe := $probes }}
{{- range $handler := list "httpGet" "grpc" "tcpSocket" }}
{{- with get $probe $handler }}
{{- if not (has .port $ports) }}{{ fail (printf "probes.%s: no entry of ports is named %s" $name .port) }}{{ end }}
{{- end }}
{{- end }}
{{- end }}

{{- if and $values.services (not (include "eco.servicePorts" .)) }}
{{- fail "services: a Service needs at least one entry of ports with a port" }}
{{- end }}
{{- if gt (int64 ($values.preStopSleepSeconds | default 0)) (int64 $values.terminationGracePeriodSeconds) }}
{{- fail "preStopSleepSeconds: is above terminationGracePeriodSeconds, which it is part of" }}
{{- end }}
{{- with $values.progressDeadlineSeconds }}
{{- if le (int64 .) (int64 $values.minReadySeconds) }}{{ fail "progressDeadlineSeconds: must be above minReadySeconds" }}{{ end }}
{{- end }}
{{- with $values.autoscaling }}
{{- if gt (int64 (.minReplicas | default 0)) (int64 (.maxReplicas | default 0)) }}{{ fail "autoscaling: minReplicas is above maxReplicas" }}{{ end }}
{{- end }}
{{- end }}

{{- define "eco.unique" -}}
{{- $seen := list }}
{{- range .list }}
{{- $value := get . $.what }}
{{- if has $value $seen }}{{ fail (printf "%s: %s %s is used twice" $.at $.what $value) }}{{ end }}
{{- $seen = append $seen $value }}
{{- end }}
{{- end }}

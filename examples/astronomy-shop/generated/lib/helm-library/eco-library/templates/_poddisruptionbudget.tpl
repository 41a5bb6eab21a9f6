{{/*
Only for more than one replica: for a single one it would either say nothing or block every node drain.
AlwaysAllow: pods that are not ready anyway must not hold up a drain (https://kubernetes.io/docs/tasks/run-application/configure-pdb/).
*/}}
{{- define "eco.podDisruptionBudget" -}}
{{- $replicas := get (.Values.autoscaling | default dict) "minReplicas" | default .Values.replicas }}
{{- if gt (int $replicas) 1 }}
{{- with .Values.podDisruptionBudget -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  {{- include "eco.metadata" (dict "root" $ "name" $.Values.name) | nindent 2 }}
spec:
  {{- if hasKey . "minAvailable" }}
  minAvailable: {{ .minAvailable }}
  {{- else }}
  maxUnavailable: {{ .maxUnavailable }}
  {{- end }}
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "eco.selectorLabels" $ | nindent 6 }}
{{- end }}
{{- end }}
{{- end }}

{{/* What a Job and the Jobs of a CronJob have in common. */}}
{{- define "job.spec" -}}
parallelism: {{ .Values.parallelism | int64 }}
completions: {{ .Values.completions | int64 }}
backoffLimit: {{ .Values.backoffLimit | int64 }}
activeDeadlineSeconds: {{ .Values.activeDeadlineSeconds | int64 }}
template:
  {{- include "eco.podTemplate" . | nindent 2 }}
{{- end }}

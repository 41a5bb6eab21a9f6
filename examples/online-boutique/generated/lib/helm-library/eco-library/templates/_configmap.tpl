{{/* The name follows from the content: a change makes a new ConfigMap and a new revision, which a canary tries like a new image. */}}
{{- define "eco.configMapName" -}}
{{ printf "%s-config-%s" .Values.name (.Values.config.files | toJson | sha256sum | trunc 10) }}
{{- end }}

{{/* PruneLast: pods of the previous revision read the previous ConfigMap until the new revision is healthy. */}}
{{- define "eco.configMap" -}}
{{- with .Values.config.files -}}
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "eco.metadata" (dict "root" $ "name" (include "eco.configMapName" $) "syncOptions" "PruneLast=true") | nindent 2 }}
immutable: true
data:
  {{- include "eco.stringMap" . | nindent 2 }}
{{- end }}
{{- end }}

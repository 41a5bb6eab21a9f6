{{/* The name follows from the content: a change makes a new ConfigMap and a new revision, which a canary tries like a new image. */}}
{{- define "eco.configMapName" -}}
{{ printf "%s-config-%s" .Values.name (.Values.config.files | toJson | sha256sum | trunc 10) }}
{{- end }}

{{/*
PruneLast: pods of the previous revision read the previous ConfigMap until the new revision is healthy. ServerSideApply: applied as
kubectl does it, one of more than 256 KiB would not fit into the annotation in which its last form is kept.
https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#server-side-apply
*/}}
{{- define "eco.configMap" -}}
{{- with .Values.config.files -}}
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "eco.metadata" (dict "root" $ "name" (include "eco.configMapName" $) "syncOptions" "PruneLast=true,ServerSideApply=true") | nindent 2 }}
immutable: true
data:
  {{- include "eco.stringMap" . | nindent 2 }}
{{- end }}
{{- end }}

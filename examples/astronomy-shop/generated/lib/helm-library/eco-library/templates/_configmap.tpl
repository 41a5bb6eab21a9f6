{{/* The name follows from the content: a change makes a new ConfigMap and a new revision, which a canary tries like a new image. */}}
{{- define "eco.configMapName" -}}
{{ printf "%s-config-%s" .Values.name (.Values.config.files | toJson | sha256sum | trunc 10) }}
{{- end }}

{{/*
Prune=false: ReplicaSets of earlier revisions refer to earlier ConfigMaps, in a canary with pods that serve, and no sync knows when the
last of them is gone. It goes with the Application. IgnoreExtraneous: it is no difference either. ServerSideApply: applied as
kubectl does it, one of more than 256 KiB would not fit into the annotation in which its last form is kept.
https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#server-side-apply
*/}}
{{- define "eco.configMap" -}}
{{- $annotations := dict "argocd.argoproj.io/compare-options" "IgnoreExtraneous" }}
{{- with .Values.config.files -}}
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "eco.metadata" (dict "root" $ "name" (include "eco.configMapName" $) "syncOptions" "Prune=false,ServerSideApply=true" "annotations" $annotations) | nindent 2 }}
immutable: true
data:
  {{- include "eco.stringMap" . | nindent 2 }}
{{- end }}
{{- end }}

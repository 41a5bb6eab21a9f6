{{- define "eco.serviceAccountName" -}}
{{ .Values.serviceAccount.name | default .Values.name }}
{{- end }}

{{- define "eco.serviceAccount" -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  {{- include "eco.metadata" (dict "root" . "name" (include "eco.serviceAccountName" .) "annotations" .Values.serviceAccount.annotations) | nindent 2 }}
automountServiceAccountToken: {{ .Values.serviceAccount.automountServiceAccountToken }}
{{- end }}

{{- define "stateful.headlessName" -}}
{{ printf "%s-headless" .Values.name }}
{{- end }}

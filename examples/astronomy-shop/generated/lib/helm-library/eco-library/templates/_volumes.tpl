{{/*
Files of configuration and secrets are readable for the pod's group (fsGroup) alone: 288 is octal 0440, in decimal because YAML 1.1
and 1.2 disagree about a leading zero. Secrets are mounted whole, never by subPath, so that a rotated one reaches the container.
*/}}
{{- define "eco.volumes" -}}
{{- if .Values.config.rendered }}
- name: config
  projected:
    defaultMode: 288
    sources:
      {{- if .Values.config.files }}
      - configMap:
          name: {{ include "eco.configMapName" $ | quote }}
      {{- end }}
      - secret:
          name: {{ .Values.config.rendered.name | quote }}
          items:
            {{- range .Values.config.rendered.files }}
            - key: {{ . | quote }}
              path: {{ . | quote }}
            {{- end }}
{{- else if .Values.config.files }}
- name: config
  configMap:
    name: {{ include "eco.configMapName" $ | quote }}
    defaultMode: 288
{{- end }}
{{- range $index, $secret := .Values.secrets }}
- name: secret-{{ $index }}
  secret:
    secretName: {{ $secret.name | quote }}
    defaultMode: 288
    {{- with $secret.items }}
    items:
      {{- range . }}
      - key: {{ .key | quote }}
        path: {{ .path | quote }}
      {{- end }}
    {{- end }}
{{- end }}
{{- range .Values.volumes }}
- name: {{ .name | quote }}
  emptyDir:
    {{- with .medium }}
    medium: {{ . }}
    {{- end }}
    sizeLimit: {{ .sizeLimit | quote }}
{{- end }}
{{- end }}

{{- define "eco.volumeMounts" -}}
{{- if or .Values.config.files .Values.config.rendered }}
- name: config
  mountPath: {{ .Values.config.mountPath | quote }}
  readOnly: true
{{- end }}
{{- range $index, $secret := .Values.secrets }}
- name: secret-{{ $index }}
  mountPath: {{ $secret.mountPath | quote }}
  readOnly: true
{{- end }}
{{- range concat .Values.volumes (.Values.storage | default list) }}
- name: {{ .name | quote }}
  mountPath: {{ .mountPath | quote }}
{{- end }}
{{- end }}

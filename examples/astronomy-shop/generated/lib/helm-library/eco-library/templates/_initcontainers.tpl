{{/*
What starts before the workload's own container, in this order. A sidecar is an init container that is started again whenever it ends:
https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/ (on by default since 1.29; the charts want 1.30).
All of them see the writable folders; what they inherit of the rest, they say.
*/}}
{{- define "eco.initContainers" -}}
{{- $root := . }}
{{- range .Values.initContainers }}
{{- $seen := dict "Values" (include "eco.inherited" (dict "root" $root.Values "container" .) | fromJson) }}
- name: {{ .name | quote }}
  image: {{ include "eco.image" .image | quote }}
  imagePullPolicy: {{ .image.pullPolicy | default "IfNotPresent" }}
  {{- if .sidecar }}
  restartPolicy: Always
  {{- end }}
  {{- with .command }}
  command:
    {{- include "eco.commandLine" . | nindent 4 }}
  {{- end }}
  {{- with .args }}
  args:
    {{- include "eco.commandLine" . | nindent 4 }}
  {{- end }}
  {{- with include "eco.env" $seen }}
  env:
    {{- . | trim | nindent 4 }}
  {{- end }}
  resources:
    {{- toYaml .resources | nindent 4 }}
  securityContext:
    {{- include "eco.containerSecurityContext" $root | nindent 4 }}
  {{- with include "eco.volumeMounts" $seen }}
  volumeMounts:
    {{- . | trim | nindent 4 }}
  {{- end }}
{{- end }}
{{- end }}

{{/* The values that decide about variables and mounts, as such a container has them. Its own variables take the place of others. */}}
{{- define "eco.inherited" -}}
{{- $root := .root }}
{{- $own := .container.env | default dict }}
{{- $seen := dict "config" dict "secrets" list "volumes" $root.volumes "storage" ($root.storage | default list) }}
{{- if .container.inherit }}
{{- $_ := set $seen "config" $root.config }}
{{- $_ := set $seen "secrets" $root.secrets }}
{{- end }}
{{- range $map := list "env" "fieldEnv" "secretEnv" }}
{{- $variables := dict }}
{{- if $.container.inherit }}
{{- range $name, $value := get $root $map }}
{{- if not (hasKey $own $name) }}{{ $_ := set $variables $name $value }}{{ end }}
{{- end }}
{{- end }}
{{- $_ := set $seen $map $variables }}
{{- end }}
{{- range $name, $value := $own }}{{ $_ := set $seen.env $name $value }}{{ end }}
{{- $seen | toJson }}
{{- end }}

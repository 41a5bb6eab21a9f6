{{- define "eco.container" -}}
- name: {{ .Values.name | quote }}
  image: {{ include "eco.image" .Values.image | quote }}
  imagePullPolicy: {{ .Values.image.pullPolicy }}
  {{- with .Values.command }}
  command:
    {{- include "eco.commandLine" . | nindent 4 }}
  {{- end }}
  {{- with .Values.args }}
  args:
    {{- include "eco.commandLine" . | nindent 4 }}
  {{- end }}
  {{- with include "eco.env" . }}
  env:
    {{- . | trim | nindent 4 }}
  {{- end }}
  {{- with .Values.ports }}
  ports:
    {{- range . }}
    - name: {{ .name | quote }}
      containerPort: {{ .targetPort | int64 }}
      protocol: {{ ternary "UDP" "TCP" (eq .protocol "udp") }}
    {{- end }}
  {{- end }}
  {{- with include "eco.probes" . }}
  {{- . | trim | nindent 2 }}
  {{- end }}
  {{- /* Endpoints are withdrawn while SIGTERM is delivered: sleep until no one sends requests any more. */}}
  {{- with .Values.preStopSleepSeconds }}
  lifecycle:
    preStop:
      sleep:
        seconds: {{ . | int64 }}
  {{- end }}
  resources:
    {{- toYaml .Values.resources | nindent 4 }}
  securityContext:
    {{- include "eco.containerSecurityContext" . | nindent 4 }}
  {{- with include "eco.volumeMounts" . }}
  volumeMounts:
    {{- . | trim | nindent 4 }}
  {{- end }}
{{- end }}

{{/* A digest names the bytes, a tag only a moving pointer to them: where both are given the digest is used. */}}
{{- define "eco.image" -}}
{{- if .digest }}{{ printf "%s@%s" .repository .digest }}{{ else }}{{ printf "%s:%s" .repository .tag }}{{ end }}
{{- end }}

{{/*
Words of a command, as they are written: Kubernetes expands $(NAME) in them and makes one $ of two, so every $ is doubled. The
kubelet does the same to the command of a probe:
https://github.com/kubernetes/kubernetes/blob/v1.33.0/pkg/kubelet/prober/prober.go
*/}}
{{- define "eco.commandLine" -}}
{{- $words := list }}
{{- range . }}
{{- $words = append $words (. | replace "$" "$$") }}
{{- end }}
{{- include "eco.stringList" $words }}
{{- end }}

{{/*
Plain values stand in the pod template rather than in a ConfigMap: a revision then carries its own environment, and a restarted
stable pod or a rollback needs nothing that may have been pruned. Kubernetes expands $(NAME) in them, so every $ is doubled:
https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables
*/}}
{{- define "eco.env" -}}
{{- range $name, $value := .Values.env }}
- name: {{ $name | quote }}
  value: {{ $value | replace "$" "$$" | quote }}
{{- end }}
{{- range $name, $fieldPath := .Values.fieldEnv }}
- name: {{ $name | quote }}
  valueFrom:
    fieldRef:
      apiVersion: v1
      fieldPath: {{ $fieldPath }}
{{- end }}
{{- range $name, $secret := .Values.secretEnv }}
- name: {{ $name | quote }}
  valueFrom:
    secretKeyRef:
      name: {{ $secret.name | quote }}
      key: {{ $secret.key | quote }}
{{- end }}
{{- end }}

{{- define "eco.probes" -}}
{{- $root := . }}
{{- range $name := list "startup" "liveness" "readiness" }}
{{- with get ($root.Values.probes | default dict) $name }}
{{ $name }}Probe:
  {{- include "eco.probe" (dict "probe" . "ports" $root.Values.ports) | trim | nindent 2 }}
{{- end }}
{{- end }}
{{- end }}

{{/* A grpc probe takes a number only, so the port's name is looked up. */}}
{{- define "eco.probe" -}}
{{- with .probe.httpGet }}
httpGet:
  path: {{ .path | quote }}
  port: {{ .port | quote }}
  scheme: {{ .scheme | default "HTTP" }}
  {{- with .httpHeaders }}
  httpHeaders:
    {{- range . }}
    - name: {{ .name | quote }}
      value: {{ .value | quote }}
    {{- end }}
  {{- end }}
{{- end }}
{{- with .probe.grpc }}
{{- $name := .port }}
grpc:
  {{- range $.ports }}
  {{- if eq .name $name }}
  port: {{ .targetPort | int64 }}
  {{- end }}
  {{- end }}
  {{- with .service }}
  service: {{ . | quote }}
  {{- end }}
{{- end }}
{{- with .probe.tcpSocket }}
tcpSocket:
  port: {{ .port | quote }}
{{- end }}
{{- with .probe.exec }}
exec:
  command:
    {{- include "eco.commandLine" .command | nindent 4 }}
{{- end }}
{{- range $timing := list "initialDelaySeconds" "periodSeconds" "timeoutSeconds" "failureThreshold" "successThreshold" }}
{{- if hasKey $.probe $timing }}
{{ $timing }}: {{ get $.probe $timing | int64 }}
{{- end }}
{{- end }}
{{- end }}

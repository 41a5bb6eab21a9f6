{{/*
The Kubernetes Services. All of them select every pod of the workload: Argo Rollouts adds the hash of the stable, canary, active or
preview revision to the selectors by itself (https://argoproj.github.io/argo-rollouts/features/traffic-management/).
*/}}
{{- define "eco.services" -}}
{{- range .Values.services }}
---
apiVersion: v1
kind: Service
metadata:
  {{- include "eco.metadata" (dict "root" $ "name" .name "labels" .labels "annotations" .annotations) | nindent 2 }}
spec:
  type: ClusterIP
  {{- with $.Values.internalTrafficPolicy }}
  internalTrafficPolicy: {{ . }}
  {{- end }}
  selector:
    {{- include "eco.selectorLabels" $ | nindent 4 }}
  ports:
    {{- include "eco.servicePorts" $ | trim | nindent 4 }}
{{- end }}
{{- end }}

{{/*
Istio reads the protocol from appProtocol and from the name, <protocol>[-<suffix>]; both are given, and agree:
https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/
*/}}
{{- define "eco.servicePorts" -}}
{{- range .Values.ports }}
{{- if .port }}
- name: {{ include "eco.servicePortName" . | quote }}
  port: {{ .port | int64 }}
  targetPort: {{ .name | quote }}
  protocol: {{ ternary "UDP" "TCP" (eq .protocol "udp") }}
  appProtocol: {{ .protocol }}
{{- end }}
{{- end }}
{{- end }}

{{- define "eco.servicePortName" -}}
{{- if or (eq .name .protocol) (hasPrefix (printf "%s-" .protocol) .name) }}{{ .name }}{{ else }}{{ printf "%s-%s" .protocol .name }}{{ end }}
{{- end }}

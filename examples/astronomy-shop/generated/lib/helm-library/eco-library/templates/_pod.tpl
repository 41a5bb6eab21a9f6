{{/* The pod template of every workload. What a chart has no value for is left out. */}}
{{- define "eco.podTemplate" -}}
metadata:
  labels:
    {{- include "eco.podLabels" . | nindent 4 }}
  {{- with include "eco.podAnnotations" . }}
  annotations:
    {{- . | trim | nindent 4 }}
  {{- end }}
spec:
  serviceAccountName: {{ include "eco.serviceAccountName" . | quote }}
  automountServiceAccountToken: {{ .Values.serviceAccount.automountServiceAccountToken }}
  {{- /* Else every Service of the namespace would appear in the environment, and another team's could shadow a variable. */}}
  enableServiceLinks: false
  {{- with .Values.restartPolicy }}
  restartPolicy: {{ . }}
  {{- end }}
  terminationGracePeriodSeconds: {{ .Values.terminationGracePeriodSeconds | int64 }}
  {{- with .Values.priorityClassName }}
  priorityClassName: {{ . | quote }}
  {{- end }}
  {{- with .Values.imagePullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . | quote }}
    {{- end }}
  {{- end }}
  securityContext:
    {{- include "eco.podSecurityContext" . | nindent 4 }}
  {{- with .Values.nodeSelector }}
  nodeSelector:
    {{- include "eco.stringMap" . | nindent 4 }}
  {{- end }}
  {{- with .Values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with include "eco.topologySpreadConstraints" . }}
  topologySpreadConstraints:
    {{- . | trim | nindent 4 }}
  {{- end }}
  {{- with include "eco.initContainers" . }}
  initContainers:
    {{- . | trim | nindent 4 }}
  {{- end }}
  containers:
    {{- include "eco.container" . | nindent 4 }}
  {{- with include "eco.volumes" . }}
  volumes:
    {{- . | trim | nindent 4 }}
  {{- end }}
{{- end }}

{{/*
Injection is said on every pod, so that it does not hang on a label of the namespace. The label is Istio's current form, the
annotation of the same name the deprecated one: https://istio.io/latest/docs/reference/config/labels/#SidecarInject
*/}}
{{- define "eco.podLabels" -}}
{{- $labels := fromYaml (include "eco.labels" .) }}
{{- $_ := set $labels "sidecar.istio.io/inject" (ternary "true" "false" .Values.mesh.enabled) }}
{{- include "eco.stringMap" (merge $labels .Values.podLabels) }}
{{- end }}

{{/*
nativeSidecar (Istio 1.24 and later): the proxy as a restartable init container ends with the pod's own container; as an ordinary
container it would keep a Job running for ever. holdApplicationUntilProxyStarts does the start-up half where it is not supported.
https://istio.io/latest/docs/reference/config/annotations/
*/}}
{{- define "eco.podAnnotations" -}}
{{- $annotations := dict }}
{{- if .Values.mesh.enabled }}
{{- $_ := set $annotations "proxy.istio.io/config" `{"holdApplicationUntilProxyStarts":true}` }}
{{- $_ := set $annotations "sidecar.istio.io/nativeSidecar" "true" }}
{{- end }}
{{- include "eco.stringMap" (merge (dict) .Values.podAnnotations $annotations) }}
{{- end }}

{{/* With eco.containerSecurityContext: https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted */}}
{{- define "eco.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: {{ .Values.security.runAsUser | int64 }}
runAsGroup: {{ .Values.security.runAsGroup | int64 }}
fsGroup: {{ .Values.security.fsGroup | int64 }}
{{- /* A recursive chown of a large volume at every start can take minutes. */}}
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "eco.containerSecurityContext" -}}
allowPrivilegeEscalation: false
privileged: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities:
  drop:
    - ALL
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{/*
Spread per revision: without matchLabelKeys the pods of the old revision count, and a finished update may leave all new pods in
one zone. Argo Rollouts labels its pods with a key of its own. Tainted nodes that the pod does not tolerate do not count as
places it could be. https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
*/}}
{{- define "eco.topologySpreadConstraints" -}}
{{- $root := . }}
{{- $keys := dict "zone" "topology.kubernetes.io/zone" "host" "kubernetes.io/hostname" }}
{{- range $place, $whenUnsatisfiable := .Values.topologySpread }}
{{- if $whenUnsatisfiable }}
- maxSkew: 1
  topologyKey: {{ get $keys $place }}
  whenUnsatisfiable: {{ $whenUnsatisfiable }}
  nodeTaintsPolicy: Honor
  labelSelector:
    matchLabels:
      {{- include "eco.selectorLabels" $root | nindent 6 }}
  {{- with $root.Values.rollout }}
  matchLabelKeys:
    - {{ ternary "rollouts-pod-template-hash" "pod-template-hash" .enabled }}
  {{- end }}
{{- end }}
{{- end }}
{{- end }}

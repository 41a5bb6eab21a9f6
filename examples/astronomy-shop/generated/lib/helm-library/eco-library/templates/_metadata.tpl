{{/*
A string map with keys and values in double quotes. `quote` (Go's %q) is the one helper whose output every YAML parser
reads back unchanged: toYaml returns nothing or broken block scalars for some texts, toJson leaves DEL unescaped.
So: free text through `quote`, toYaml only for what values.schema.json narrows down to names and numbers.
*/}}
{{- define "eco.stringMap" -}}
{{- $lines := list }}
{{- range $key, $value := . }}
{{- $lines = append $lines (printf "%s: %s" (quote $key) (quote $value)) }}
{{- end }}
{{- join "\n" $lines }}
{{- end }}

{{- define "eco.stringList" -}}
{{- $lines := list }}
{{- range . }}
{{- $lines = append $lines (printf "- %s" (quote .)) }}
{{- end }}
{{- join "\n" $lines }}
{{- end }}

{{/*
What selects the pods: the name alone. A Deployment's and a StatefulSet's selector cannot be changed, so nothing that may
change (team, version, release name) belongs in it.
*/}}
{{- define "eco.selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.name | quote }}
{{- end }}

{{/* https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */}}
{{- define "eco.labels" -}}
{{- $labels := dict
  "app.kubernetes.io/name" .Values.name
  "app.kubernetes.io/instance" .Release.Name
  "app.kubernetes.io/part-of" .Values.partOf
  "app.kubernetes.io/component" .Values.component
  "app.kubernetes.io/managed-by" .Release.Service
  "eco-compile.dev/team" .Values.team
}}
{{- with .Values.version }}
{{- $_ := set $labels "app.kubernetes.io/version" . }}
{{- end }}
{{- include "eco.stringMap" (merge $labels .Values.labels) }}
{{- end }}

{{/*
metadata of one object. Takes a dict: root (the chart's context), name, and optionally labels, annotations of this object
and syncOptions for Argo CD (https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/).
*/}}
{{- define "eco.metadata" -}}
{{- $labels := merge (fromYaml (include "eco.labels" .root)) (.labels | default dict) }}
{{- $annotations := merge (dict) (.annotations | default dict) .root.Values.annotations }}
{{- with .syncOptions }}
{{- $_ := set $annotations "argocd.argoproj.io/sync-options" . }}
{{- end -}}
name: {{ .name | quote }}
namespace: {{ .root.Release.Namespace | quote }}
labels:
  {{- include "eco.stringMap" $labels | nindent 2 }}
{{- with $annotations }}
annotations:
  {{- include "eco.stringMap" . | nindent 2 }}
{{- end }}
{{- end }}

{{/*
Both directions are closed except for the rules given and three that a pod cannot do without: names are resolved by the cluster's DNS
in kube-system, a sidecar fetches its certificate and configuration from istiod (port 15012 of
https://istio.io/latest/docs/ops/deployment/application-requirements/), and who has a token reaches the API server, on 443 as in all
clouds. That has no address which each network would go by, so that the rule is for every one:
https://docs.cilium.io/en/stable/network/kubernetes/policy/. The kubelet's probes are let through by Kubernetes itself.
*/}}
{{- define "eco.networkPolicy" -}}
{{- with .Values.networkPolicy -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "eco.metadata" (dict "root" $ "name" $.Values.name) | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- include "eco.selectorLabels" $ | nindent 6 }}
  policyTypes:
    - Ingress
    - Egress
  ingress: {{- toYaml .ingress | nindent 4 }}
  egress:
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
      ports:
        - port: 53
          protocol: UDP
        - port: 53
          protocol: TCP
    {{- if $.Values.mesh.enabled }}
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: istio-system
          podSelector:
            matchLabels:
              app: istiod
      ports:
        - port: 15012
          protocol: TCP
    {{- end }}
    {{- if $.Values.serviceAccount.automountServiceAccountToken }}
    - ports:
        - port: 443
          protocol: TCP
    {{- end }}
    {{- with .egress }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end }}
{{- end }}

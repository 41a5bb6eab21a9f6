import type { KubernetesObject } from "../../../5-emit/artifact.ts";

const metadata = { name: "shop", namespace: "shop" };
const selector = { namespaces: ["shop"], labelSelectors: { "app.kubernetes.io/name": "shop" } };

/** Argo Rollouts and Argo CD. */
const argo: KubernetesObject[] = [
  {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Rollout",
    metadata,
    spec: {
      workloadRef: { apiVersion: "apps/v1", kind: "Deployment", name: "shop" },
      selector: { matchLabels: { "app.kubernetes.io/name": "shop" } },
      revisionHistoryLimit: 3,
      strategy: {
        canary: {
          canaryService: "shop-canary",
          stableService: "shop-stable",
          trafficRouting: {
            managedRoutes: [{ name: "shop-mirror" }],
            istio: { virtualService: { name: "shop", routes: ["primary"] } },
          },
          steps: [
            { setCanaryScale: { replicas: 1 } },
            {
              setMirrorRoute: {
                name: "shop-mirror",
                percentage: 20,
                match: [{ method: { exact: "GET" }, path: { prefix: "/" } }],
              },
            },
            { pause: { duration: "5m" } },
            { setCanaryScale: { matchTrafficWeight: true } },
            { setWeight: 10 },
            {
              analysis: {
                templates: [{ templateName: "shop-success-rate" }],
                args: [{ name: "service", value: "shop" }],
              },
            },
            { setWeight: 50 },
            { pause: {} },
          ],
        },
      },
    },
  },
  {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Rollout",
    metadata: { name: "shop-blue-green", namespace: "shop" },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: "shop" } },
      workloadRef: { apiVersion: "apps/v1", kind: "Deployment", name: "shop" },
      strategy: { blueGreen: { activeService: "shop", previewService: "shop-preview", autoPromotionEnabled: false } },
    },
  },
  {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "AnalysisTemplate",
    metadata,
    spec: {
      args: [{ name: "service" }],
      metrics: [
        {
          name: "success-rate",
          interval: "1m",
          count: 5,
          failureLimit: 1,
          successCondition: "len(result) > 0 && result[0] >= 0.999",
          provider: {
            prometheus: { address: "http://prometheus.monitoring:9090", query: "sum(rate(http_requests_total[2m]))" },
          },
        },
      ],
    },
  },
  {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "AppProject",
    metadata: { name: "team-shop", namespace: "argocd" },
    spec: {
      sourceRepos: ["https://github.com/example/platform.git"],
      destinations: [{ server: "https://kubernetes.default.svc", namespace: "shop" }],
      namespaceResourceWhitelist: [{ group: "apps", kind: "Deployment" }],
      syncWindows: [{ kind: "deny", schedule: "0 22 * * *", duration: "8h", applications: ["*"] }],
    },
  },
  {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name: "shop", namespace: "argocd", finalizers: ["resources-finalizer.argocd.argoproj.io/foreground"] },
    spec: {
      project: "team-shop",
      destination: { server: "https://kubernetes.default.svc", namespace: "shop" },
      sources: [
        { repoURL: "https://github.com/example/platform.git", targetRevision: "main", ref: "values" },
        {
          repoURL: "https://github.com/example/platform.git",
          path: "helm-library/service",
          helm: { valueFiles: ["$values/values.yaml"] },
        },
      ],
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        syncOptions: ["ServerSideApply=true"],
        retry: { limit: 5, backoff: { duration: "10s", factor: 2, maxDuration: "3m" } },
      },
      ignoreDifferences: [
        { group: "networking.istio.io", kind: "VirtualService", jqPathExpressions: [".spec.http[].route[].weight"] },
      ],
    },
  },
];

const mesh: KubernetesObject[] = [
  {
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    metadata,
    spec: {
      hosts: ["shop"],
      http: [
        {
          name: "primary",
          route: [
            { destination: { host: "shop-stable", port: { number: 80 } }, weight: 100 },
            { destination: { host: "shop-canary" }, weight: 0 },
          ],
          retries: { attempts: 2, perTryTimeout: "2s", retryOn: "5xx" },
          timeout: "5s",
          fault: { delay: { percentage: { value: 5 }, fixedDelay: "2s" } },
        },
      ],
    },
  },
  {
    apiVersion: "networking.istio.io/v1",
    kind: "DestinationRule",
    metadata,
    spec: {
      host: "shop",
      trafficPolicy: {
        tls: { mode: "ISTIO_MUTUAL" },
        loadBalancer: { simple: "LEAST_REQUEST" },
        outlierDetection: { consecutive5xxErrors: 5, baseEjectionTime: "30s" },
      },
    },
  },
  { apiVersion: "security.istio.io/v1", kind: "PeerAuthentication", metadata, spec: { mtls: { mode: "STRICT" } } },
  {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata,
    spec: {
      action: "ALLOW",
      selector: { matchLabels: { app: "shop" } },
      rules: [
        {
          from: [{ source: { principals: ["cluster.local/ns/web/sa/web"] } }],
          to: [{ operation: { ports: ["8080"] } }],
        },
      ],
    },
  },
  {
    apiVersion: "telemetry.istio.io/v1",
    kind: "Telemetry",
    metadata,
    spec: { tracing: [{ randomSamplingPercentage: 5 }] },
  },
];

const chaos: KubernetesObject[] = [
  {
    apiVersion: "chaos-mesh.org/v1alpha1",
    kind: "Schedule",
    metadata,
    spec: {
      schedule: "0 10 * * 1",
      historyLimit: 3,
      concurrencyPolicy: "Forbid",
      startingDeadlineSeconds: 60,
      type: "Workflow",
      workflow: {
        entry: "guarded",
        templates: [
          { name: "guarded", templateType: "Parallel", deadline: "10m", children: ["slo", "delay"] },
          {
            name: "slo",
            templateType: "StatusCheck",
            abortWithStatusCheck: true,
            statusCheck: {
              mode: "Continuous",
              type: "HTTP",
              intervalSeconds: 5,
              http: { url: "http://slo-gate.monitoring/shop", method: "GET", criteria: { statusCode: "200" } },
            },
          },
          {
            name: "delay",
            templateType: "NetworkChaos",
            deadline: "5m",
            networkChaos: {
              action: "delay",
              mode: "all",
              selector,
              direction: "to",
              delay: { latency: "200ms", jitter: "20ms" },
            },
          },
        ],
      },
    },
  },
  {
    apiVersion: "chaos-mesh.org/v1alpha1",
    kind: "PodChaos",
    metadata,
    spec: { action: "pod-kill", mode: "one", selector },
  },
  {
    apiVersion: "chaos-mesh.org/v1alpha1",
    kind: "StressChaos",
    metadata,
    spec: {
      mode: "fixed-percent",
      value: "50",
      selector,
      duration: "3m",
      stressors: { cpu: { workers: 2, load: 80 }, memory: { workers: 1, size: "256MB" } },
    },
  },
  {
    apiVersion: "chaos-mesh.org/v1alpha1",
    kind: "HTTPChaos",
    metadata,
    spec: {
      mode: "all",
      selector,
      target: "Request",
      port: 8080,
      method: "GET",
      path: "/api/*",
      delay: "2s",
      duration: "3m",
    },
  },
  {
    apiVersion: "chaos-mesh.org/v1alpha1",
    kind: "DNSChaos",
    metadata,
    spec: { action: "error", mode: "all", selector, patterns: ["*.example.com"], duration: "2m" },
  },
];

const platform: KubernetesObject[] = [
  {
    apiVersion: "templates.gatekeeper.sh/v1",
    kind: "ConstraintTemplate",
    metadata: { name: "ecoallowedregistries" },
    spec: {
      crd: {
        spec: {
          names: { kind: "EcoAllowedRegistries" },
          validation: {
            openAPIV3Schema: {
              type: "object",
              properties: { registries: { type: "array", items: { type: "string" } } },
            },
          },
        },
      },
      targets: [
        {
          target: "admission.k8s.gatekeeper.sh",
          code: [{ engine: "Rego", source: { version: "v1", rego: "package eco.registries\n" } }],
        },
      ],
    },
  },
  {
    apiVersion: "constraints.gatekeeper.sh/v1beta1",
    kind: "EcoAllowedRegistries",
    metadata: { name: "allowed-registries" },
    spec: {
      enforcementAction: "dryrun",
      match: { kinds: [{ apiGroups: [""], kinds: ["Pod"] }], excludedNamespaces: ["kube-*"] },
      parameters: { registries: ["registry.example.com"] },
    },
  },
  {
    apiVersion: "infra.contrib.fluxcd.io/v1alpha2",
    kind: "Terraform",
    metadata: { name: "gcp-foundation", namespace: "flux-system" },
    spec: {
      interval: "10m",
      approvePlan: "auto",
      path: "./generated/terraform/gcp/foundation",
      sourceRef: { kind: "GitRepository", name: "platform" },
      backendConfig: { customConfiguration: 'backend "gcs" {\n  bucket = "state"\n}\n' },
      dependsOn: [{ name: "gcp-bootstrap" }],
      vars: [{ name: "zones", value: ["a", "b"] }],
      writeOutputsToSecret: { name: "gcp-foundation-outputs" },
      runnerPodTemplate: { spec: { nodeSelector: { pool: "platform" }, env: [{ name: "TF_LOG", value: "WARN" }] } },
    },
  },
  {
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "GitRepository",
    metadata: { name: "platform", namespace: "flux-system" },
    spec: {
      interval: "1m",
      url: "https://github.com/example/platform.git",
      ref: { branch: "main" },
      secretRef: { name: "git" },
    },
  },
  {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata,
    spec: {
      secretName: "shop-tls",
      issuerRef: { name: "letsencrypt", kind: "ClusterIssuer" },
      dnsNames: ["shop.example.com"],
    },
  },
  {
    apiVersion: "external-secrets.io/v1",
    kind: "SecretStore",
    metadata,
    spec: {
      provider: {
        gcpsm: { projectID: "ultimate", auth: { workloadIdentity: { serviceAccountRef: { name: "shop" } } } },
      },
    },
  },
  {
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata,
    spec: {
      refreshInterval: "1h",
      secretStoreRef: { name: "shop", kind: "SecretStore" },
      target: { name: "shop-db", creationPolicy: "Owner" },
      data: [{ secretKey: "password", remoteRef: { key: "shop/db", property: "password" } }],
    },
  },
  {
    apiVersion: "keda.sh/v1alpha1",
    kind: "ScaledObject",
    metadata,
    spec: {
      scaleTargetRef: { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", name: "shop" },
      minReplicaCount: 2,
      maxReplicaCount: 20,
      triggers: [
        { type: "prometheus", metadata: { serverAddress: "http://prometheus:9090", query: "up", threshold: "100" } },
      ],
    },
  },
  {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata,
    spec: {
      groups: [
        {
          name: "shop.slo",
          interval: "30s",
          rules: [
            { record: "shop:errors:ratio5m", expr: "sum(rate(errors[5m]))" },
            { alert: "ShopBurnsBudget", expr: "shop:errors:ratio5m > 0.0144", for: "2m", labels: { severity: "page" } },
          ],
        },
      ],
    },
  },
  {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "ServiceMonitor",
    metadata,
    spec: {
      selector: { matchLabels: { app: "shop" } },
      endpoints: [{ port: "metrics", interval: "30s", scheme: "http" }],
    },
  },
  {
    apiVersion: "actions.github.com/v1alpha1",
    kind: "AutoscalingRunnerSet",
    metadata,
    spec: {
      githubConfigUrl: "https://github.com/example/platform",
      githubConfigSecret: "github-app",
      minRunners: 0,
      maxRunners: 5,
      template: { spec: { containers: [{ name: "runner", image: "ghcr.io/actions/actions-runner:2.320.0" }] } },
    },
  },
];

/** Custom kinds, each as an author would write it. */
export const custom: KubernetesObject[] = [...argo, ...mesh, ...chaos, ...platform];

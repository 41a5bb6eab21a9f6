import type { PathSegment } from "../../../diagnostics/config-path.ts";

/** One mistake in a good object: what is put where, and the one violation that must come of it. */
export interface Mutant {
  kind: string;
  /** Which good object of the kind, when there are several. */
  name?: string;
  set: PathSegment[];
  /** Left out: the field is removed. */
  to?: unknown;
  /** Where the violation points; left out: at `set`. */
  at?: PathSegment[];
  says: RegExp;
}

const CONTAINER = ["spec", "template", "spec", "containers", 0];
const STEPS = ["spec", "strategy", "canary", "steps"];
const TEMPLATES = ["spec", "workflow", "templates"];

export const mutants: Mutant[] = [
  // Misspelt and unknown fields.
  { kind: "Deployment", set: ["spec", "replcas"], to: 2, says: /^unknown field "replcas"$/ }, // replicas is there already
  { kind: "Deployment", set: ["spec", "minReadySecond"], to: 2, says: /did you mean "minReadySeconds"\?$/ },
  {
    kind: "Deployment",
    set: [...CONTAINER, "imagePullpolicy"],
    to: "Always",
    says: /^unknown field "imagePullpolicy"/,
  },
  { kind: "AppProject", set: ["spec", "destinatons"], to: [], says: /^unknown field/ },
  {
    kind: "Rollout",
    name: "shop",
    set: [...STEPS, 4],
    to: { setWieght: 10 },
    at: [...STEPS, 4, "setWieght"],
    says: /did you mean "setWeight"/,
  },
  { kind: "Schedule", set: [...TEMPLATES, 2, "networkChaos", "delay", "latencey"], to: "1s", says: /^unknown field/ },
  { kind: "Terraform", set: ["spec", "approveplan"], to: "auto", says: /^unknown field/ },
  {
    kind: "Application",
    set: ["spec", "syncPolicy", "automated", "constructor"],
    to: true,
    says: /^unknown field "constructor"/,
  },
  { kind: "ConfigMap", set: ["status"], to: {}, says: /^unknown field "status"/ },

  // Missing fields.
  { kind: "Deployment", set: ["spec", "selector"], at: ["spec"], says: /^lacks the field "selector"$/ },
  { kind: "Deployment", set: ["spec"], at: [], says: /^lacks the field "spec"$/ },
  { kind: "GitRepository", set: ["spec", "url"], at: ["spec"], says: /^lacks the field "url"$/ },
  {
    kind: "VirtualService",
    set: ["spec", "http", 0, "route", 0, "destination"],
    at: ["spec", "http", 0, "route", 0],
    says: /"destination"/,
  },
  { kind: "NetworkPolicy", set: ["metadata", "name"], at: ["metadata"], says: /^lacks the field "name"$/ },
  {
    kind: "ExternalSecret",
    set: ["spec", "data", 0, "remoteRef"],
    at: ["spec", "data", 0],
    says: /^lacks the field "remoteRef"$/,
  },

  // Wrong types and values.
  { kind: "Deployment", set: ["spec", "replicas"], to: "2", says: /^must be a whole number, not "2"$/ },
  { kind: "Deployment", set: ["spec", "replicas"], to: 3e9, says: /does not fit into 32 bits/ },
  { kind: "ConfigMap", set: ["data", "MODE"], to: 3, says: /^must be a string, not 3$/ },
  {
    kind: "Deployment",
    set: [...CONTAINER, "imagePullPolicy"],
    to: "IfNotPresnt",
    says: /did you mean "IfNotPresent"/,
  },
  { kind: "Deployment", set: [...CONTAINER, "resources", "limits", "memory"], to: "512MB", says: /is not a quantity/ },
  {
    kind: "PeerAuthentication",
    set: ["spec", "mtls", "mode"],
    to: "STRICTT",
    says: /must be one of .*did you mean "STRICT"/,
  },
  { kind: "PodChaos", set: ["spec", "action"], to: "pod-kil", says: /did you mean "pod-kill"/ },
  { kind: "Schedule", set: ["spec", "concurrencyPolicy"], to: "Replace", says: /must be one of "Forbid", "Allow"/ },
  { kind: "GitRepository", set: ["spec", "url"], to: "git@github.com:example/platform", says: /does not match/ },
  { kind: "Terraform", set: ["spec", "interval"], to: "10 minutes", says: /does not match/ },
  {
    kind: "DestinationRule",
    set: ["spec", "trafficPolicy", "loadBalancer", "consistentHash"],
    to: { useSourceIp: true },
    at: ["spec", "trafficPolicy", "loadBalancer"],
    says: /may have only one of "simple", "consistentHash"/,
  },
  { kind: "Constraint", set: ["spec", "enforcementAction"], to: "dryRun", says: /did you mean "dryrun"/ },
  { kind: "Constraint", set: ["spec", "parameters", "registry"], to: [], says: /^unknown field "registry"/ },
  {
    kind: "Deployment",
    set: [...CONTAINER, "ports", 1],
    to: { name: "again", containerPort: 8080, protocol: "TCP" },
    says: /^repeats entry 0$/,
  },

  // Ports.
  { kind: "Deployment", set: [...CONTAINER, "ports", 0, "containerPort"], to: 80000, says: /ports go from 1 to 65535/ },
  { kind: "Service", set: ["spec", "ports", 0, "port"], to: 0, says: /ports go from 1 to 65535/ },
  { kind: "Service", set: ["spec", "ports", 0, "targetPort"], to: "5353", says: /must be a number/ },
  { kind: "HTTPChaos", set: ["spec", "port"], to: 80000, says: /ports go from 1 to 65535/ },
  {
    kind: "VirtualService",
    set: ["spec", "http", 0, "route", 0, "destination", "port", "number"],
    to: 80000,
    says: /ports go/,
  },
  { kind: "NetworkPolicy", set: ["spec", "ingress", 0, "ports", 0, "port"], to: 80000, says: /ports go/ },
  { kind: "Service", set: ["spec", "ports", 1, "name"], at: ["spec", "ports", 1], says: /each of several ports/ },

  // Names, labels, annotations, namespaces.
  { kind: "Service", set: ["metadata", "name"], to: "8shop", says: /is not a service name/ },
  { kind: "Service", set: ["metadata", "name"], to: "s".repeat(64), says: /has 64 characters/ },
  { kind: "Deployment", set: ["metadata", "name"], to: "Shop", says: /is not a DNS name/ },
  { kind: "CronJob", set: ["metadata", "name"], to: "c".repeat(53), says: /has 53 characters/ },
  { kind: "Constraint", set: ["metadata", "name"], to: "c".repeat(64), says: /has 64 characters/ },
  { kind: "ConfigMap", set: ["metadata", "namespace"], to: "my.shop", says: /is not a DNS label/ },
  { kind: "ClusterRole", set: ["metadata", "name"], to: "a/b", says: /is not a path segment/ },
  { kind: "Namespace", set: ["metadata", "namespace"], to: "shop", says: /cluster-scoped/ },
  { kind: "ConfigMap", set: ["metadata", "labels", "a b"], to: "x", says: /is not a label key/ },
  { kind: "ConfigMap", set: ["metadata", "labels", "Example.com/x"], to: "x", says: /prefix "Example.com"/ },
  { kind: "ConfigMap", set: ["metadata", "labels", "team"], to: "shop team", says: /is not a label value/ },
  { kind: "ConfigMap", set: ["metadata", "labels", "team"], to: "t".repeat(64), says: /has 64 characters/ },
  {
    kind: "ConfigMap",
    set: ["metadata", "annotations", "-x"],
    to: "anything goes, even this",
    says: /is not an annotation key/,
  },
  {
    kind: "Rollout",
    name: "shop",
    set: ["spec", "selector", "matchLabels", "app"],
    to: "-",
    says: /is not a label value/,
  },
  {
    kind: "ConstraintTemplate",
    set: ["metadata", "name"],
    to: "allowed-registries",
    says: /must be "ecoallowedregistries"/,
  },
  {
    kind: "CustomResourceDefinition",
    set: ["metadata", "name"],
    to: "widget.example.com",
    says: /must be "widgets.example.com"/,
  },

  // What only the controllers refuse: Argo Rollouts and Argo CD.
  {
    kind: "Rollout",
    name: "shop",
    set: ["spec", "strategy", "blueGreen"],
    to: { activeService: "shop" },
    at: ["spec", "strategy"],
    says: /has both/,
  },
  { kind: "Rollout", name: "shop", set: ["spec", "strategy", "canary"], at: ["spec", "strategy"], says: /has none/ },
  { kind: "Rollout", name: "shop", set: [...STEPS, 4, "setWeight"], to: 500, says: /between 0 and 100, is 500/ },
  { kind: "Rollout", name: "shop", set: [...STEPS, 4], to: {}, says: /does nothing/ },
  {
    kind: "Rollout",
    name: "shop",
    set: [...STEPS, 4, "pause"],
    to: {},
    at: [...STEPS, 4],
    says: /only one of "setWeight", "pause"/,
  },
  { kind: "Rollout", name: "shop", set: [...STEPS, 2, "pause", "duration"], to: "5 min", says: /is not a duration/ },
  {
    kind: "Rollout",
    name: "shop",
    set: [...STEPS, 1, "setMirrorRoute", "name"],
    to: "other",
    says: /not among trafficRouting.managedRoutes/,
  },
  {
    kind: "Rollout",
    name: "shop",
    set: [...STEPS, 1, "setMirrorRoute", "percentage"],
    to: 101,
    says: /between 0 and 100/,
  },
  {
    kind: "Rollout",
    name: "shop",
    set: ["spec", "strategy", "canary", "canaryService"],
    at: ["spec", "strategy", "canary"],
    says: /which trafficRouting needs/,
  },
  {
    kind: "Rollout",
    name: "shop",
    set: ["spec", "strategy", "canary", "stableService"],
    to: "shop-canary",
    says: /must differ from canaryService/,
  },
  {
    kind: "Rollout",
    name: "shop",
    set: ["spec", "workloadRef"],
    at: ["spec"],
    says: /"template" or "workloadRef"; has neither/,
  },
  {
    kind: "Rollout",
    name: "shop-blue-green",
    set: ["spec", "strategy", "blueGreen", "previewService"],
    to: "shop",
    says: /must differ/,
  },
  {
    kind: "AnalysisTemplate",
    set: ["spec", "metrics", 0, "interval"],
    at: ["spec", "metrics", 0],
    says: /count above 1 needs/,
  },
  { kind: "AnalysisTemplate", set: ["spec", "metrics", 0, "interval"], to: "1 minute", says: /is not a duration/ },
  { kind: "AnalysisTemplate", set: ["spec", "metrics", 0, "provider"], to: {}, says: /exactly one provider, has 0/ },
  {
    kind: "AnalysisTemplate",
    set: ["spec", "metrics", 0, "failureLimit"],
    to: 6,
    at: ["spec", "metrics", 0, "count"],
    says: /cannot end/,
  },
  {
    kind: "AnalysisTemplate",
    set: ["spec", "metrics", 0, "inconclusiveLimit"],
    to: 6,
    at: ["spec", "metrics", 0, "count"],
    says: /at least inconclusiveLimit/,
  },
  {
    kind: "AnalysisTemplate",
    set: ["spec", "metrics", 0, "successCondition"],
    at: ["spec", "metrics", 0],
    says: /has no condition/,
  },
  {
    kind: "AnalysisTemplate",
    set: ["spec", "metrics", 0, "successCondition"],
    to: " true",
    says: /is met by every answer/,
  },
  {
    kind: "AnalysisTemplate",
    set: ["spec", "metrics", 0, "failureLimit"],
    to: -1,
    says: /lets every measurement fail/,
  },
  { kind: "AnalysisTemplate", set: ["spec", "metrics", 0, "failureLimit"], to: 5, says: /lets every measurement fail/ },
  {
    kind: "AnalysisTemplate",
    set: ["spec", "metrics", 0],
    to: { name: "never", failureCondition: "false", provider: { prometheus: { address: "http://p", query: "up" } } },
    at: ["spec", "metrics", 0, "failureCondition"],
    says: /is met by no answer/,
  },
  { kind: "AnalysisTemplate", set: ["spec", "metrics"], to: [], says: /at least one metric/ },
  { kind: "Application", set: ["spec", "sources"], at: ["spec"], says: /"source" or "sources"/ },
  {
    kind: "Application",
    set: ["spec", "sources", 1, "path"],
    at: ["spec", "sources", 1],
    says: /"path", "chart", "ref"/,
  },
  {
    kind: "Application",
    set: ["spec", "destination", "name"],
    to: "in-cluster",
    at: ["spec", "destination"],
    says: /only one of "name", "server"/,
  },

  // Chaos Mesh.
  { kind: "Schedule", set: ["spec", "type"], to: "PodChaos", at: ["spec"], says: /lacks the field "podChaos"/ },
  { kind: "Schedule", set: ["spec", "workflow"], at: ["spec"], says: /lacks the field "workflow"/ },
  { kind: "Schedule", set: ["spec", "workflow", "entry"], to: "start", says: /there is no template "start"/ },
  { kind: "Schedule", set: [...TEMPLATES, 0, "children", 1], to: "delya", says: /there is no template "delya"/ },
  { kind: "Schedule", set: [...TEMPLATES, 2, "networkChaos", "duration"], to: "5m", says: /may not have a duration/ },
  {
    kind: "Schedule",
    set: [...TEMPLATES, 2, "networkChaos"],
    at: [...TEMPLATES, 2],
    says: /lacks the field "networkChaos"/,
  },
  { kind: "StressChaos", set: ["spec", "value"], to: "500", says: /from 1 to 100/ },
  { kind: "StressChaos", set: ["spec", "value"], at: ["spec"], says: /lacks the field "value"/ },
  { kind: "PodChaos", set: ["spec", "action"], to: "container-kill", at: ["spec"], says: /containerNames/ },
  { kind: "DNSChaos", set: ["spec", "duration"], to: "2 minutes", says: /is not a duration/ },

  // What the API server refuses although its schema does not say so.
  {
    kind: "Deployment",
    set: ["spec", "template", "metadata", "labels", "app.kubernetes.io/name"],
    to: "other",
    at: ["spec", "selector", "matchLabels", "app.kubernetes.io/name"],
    says: /labels say "other"/,
  },
  { kind: "Deployment", set: [...CONTAINER, "volumeMounts", 0, "name"], to: "data", says: /there is no volume "data"/ },
  {
    kind: "Deployment",
    set: [...CONTAINER, "livenessProbe", "tcpSocket"],
    to: { port: 80 },
    at: [...CONTAINER, "livenessProbe"],
    says: /exactly one of/,
  },
  { kind: "Deployment", set: ["spec", "template", "spec", "restartPolicy"], to: "Never", says: /must be "Always"/ },
  {
    kind: "Job",
    set: ["spec", "template", "spec", "restartPolicy"],
    at: ["spec", "template", "spec"],
    says: /"Never" or "OnFailure"/,
  },
  {
    kind: "CronJob",
    set: ["spec", "jobTemplate", "spec", "template", "spec", "restartPolicy"],
    to: "Always",
    says: /"Never" or "OnFailure"/,
  },
  { kind: "HorizontalPodAutoscaler", set: ["spec", "minReplicas"], to: 11, says: /above maxReplicas, 10/ },
  { kind: "PodDisruptionBudget", set: ["spec", "minAvailable"], to: 1, at: ["spec"], says: /only one of/ },
  { kind: "ScaledObject", set: ["spec", "minReplicaCount"], to: 21, says: /above maxReplicaCount, 20/ },
  {
    kind: "VirtualService",
    set: ["spec", "http", 0, "route", 0, "weight"],
    to: 0,
    at: ["spec", "http", 0, "route"],
    says: /weigh nothing together/,
  },
  { kind: "VirtualService", set: ["spec", "http", 0, "route", 1, "weight"], to: -1, says: /must not be below 0/ },
];

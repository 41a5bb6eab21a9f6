import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesObject, syncWave, type ObjectSpec } from "../../5-emit/kubernetes.ts";
import { seconds } from "../../config/units.ts";
import { NAMESPACES, selectorLabels, smokeTestName } from "../../facts/names.ts";
import { transportOf } from "../../facts/ports.ts";
import type { SmokeTest } from "../../topology/rollouts.ts";
import type { ProgressiveWorkload } from "./progressive.ts";

/** The smoke test of a workload's releases, if it has one. */
const smokeTestOf = ({ strategy }: ProgressiveWorkload): SmokeTest | undefined =>
  strategy.kind === "blue-green" ? strategy.smokeTest : undefined;

/**
 * An analysis that runs a Job, whose end is its answer, and what lets the pod of that reach the preview.
 * https://argo-rollouts.readthedocs.io/en/stable/analysis/job/
 */
export function smokeTestObjects(workload: ProgressiveWorkload): KubernetesObject[] {
  const test = smokeTestOf(workload);
  if (test === undefined) return [];
  const name = smokeTestName(workload.name);
  const { namespace } = workload;
  // Not those of the workload, whose Services and policies must not take the pod for one of its own.
  const selector = selectorLabels(name);
  const labels = {
    ...workload.labels,
    ...selector,
    "app.kubernetes.io/instance": name,
    "app.kubernetes.io/component": "smoke-test",
  };
  const object = (apiVersion: string, kind: string, body: object, over: Partial<ObjectSpec> = {}) =>
    kubernetesObject(
      { apiVersion, kind, name, namespace, labels, annotations: syncWave(-1), source: test.source, ...over },
      { spec: body },
    );
  return [
    object("argoproj.io/v1alpha1", "AnalysisTemplate", {
      metrics: [
        {
          name: "smoke-test",
          failureLimit: 0,
          provider: { job: { metadata: { labels }, spec: job(workload, test, labels) } },
        },
      ],
    }),
    object("networking.k8s.io/v1", "NetworkPolicy", testNetwork(workload, selector)),
    // Beside the workload's own policy, which knows its callers alone: policies add up.
    object("networking.k8s.io/v1", "NetworkPolicy", testedNetwork(workload, selector), { name: `${name}-called` }),
  ];
}

function job(workload: ProgressiveWorkload, test: SmokeTest, labels: Record<string, string>) {
  const { image, kubernetesServices, meshed, pods, runAsUser } = workload;
  const { cpu, cpuLimit, memory, ephemeralStorage } = test.resources;
  return {
    backoffLimit: 0, // what fails once has failed
    activeDeadlineSeconds: Math.ceil(seconds(test.timeout)),
    template: {
      metadata: {
        labels: { ...labels, "sidecar.istio.io/inject": String(meshed) },
        // As in helm-library/eco-library/templates/_pod.tpl: a native sidecar, so that the Job ends.
        ...(meshed
          ? {
              annotations: {
                "proxy.istio.io/config": '{"holdApplicationUntilProxyStarts":true}',
                "sidecar.istio.io/nativeSidecar": "true",
              },
            }
          : {}),
      },
      spec: {
        restartPolicy: "Never",
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        ...(pods.pullSecrets.length === 0 ? {} : { imagePullSecrets: pods.pullSecrets.map(({ name }) => ({ name })) }),
        securityContext: {
          runAsNonRoot: true,
          runAsUser,
          runAsGroup: runAsUser,
          seccompProfile: { type: "RuntimeDefault" },
        },
        containers: [
          {
            name: "smoke-test",
            image:
              image.digest === undefined ? `${image.repository}:${image.tag}` : `${image.repository}@${image.digest}`,
            command: test.command,
            ...(test.args === undefined ? {} : { args: test.args }),
            env: Object.entries({ ...test.env, PREVIEW_HOST: kubernetesServices.next! }).map(([name, value]) => ({
              name,
              value,
            })),
            resources: {
              requests: { cpu, memory, "ephemeral-storage": ephemeralStorage },
              limits: { cpu: cpuLimit, memory, "ephemeral-storage": ephemeralStorage },
            },
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ["ALL"] },
            },
          },
        ],
      },
    },
  };
}

/** Out to the pods of the workload alone; beside them to what a pod cannot do without, as the charts' policies have it. */
const testNetwork = ({ meshed, ports, selector: workload }: ProgressiveWorkload, selector: object) => ({
  podSelector: { matchLabels: selector },
  policyTypes: ["Ingress", "Egress"],
  ingress: [],
  egress: [
    {
      to: [inNamespace("kube-system")],
      ports: [
        { port: 53, protocol: "UDP" },
        { port: 53, protocol: "TCP" },
      ],
    },
    ...(meshed
      ? [
          {
            to: [{ ...inNamespace(NAMESPACES.istio), podSelector: { matchLabels: { app: "istiod" } } }],
            ports: [{ port: 15_012, protocol: "TCP" }],
          },
        ]
      : []),
    { to: [{ podSelector: { matchLabels: { ...workload } } }], ports: openPorts(ports) },
  ],
});

const testedNetwork = ({ ports, selector: workload }: ProgressiveWorkload, selector: object) => ({
  podSelector: { matchLabels: { ...workload } },
  policyTypes: ["Ingress"],
  ingress: [{ from: [{ podSelector: { matchLabels: selector } }], ports: openPorts(ports) }],
});

const openPorts = (ports: ProgressiveWorkload["ports"]) =>
  ports.map((port) => ({ port: port.targetPort, protocol: transportOf(port) }));

const inNamespace = (name: string) => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
});

/**
 * What must be true of every rendering, whatever the values. Each rule throws; mutants.test.ts shows that each one can.
 */
import * as assert from "uvu/assert";
import { NAMESPACE, type Data, type Rendered } from "./charts.ts";
import {
  byName,
  container,
  contains,
  entries,
  expanded,
  leastReplicas,
  mountOf,
  only,
  podTemplate,
  selector,
  standardLabels,
  transport,
  workload,
} from "./objects.ts";

export const rules = {
  "has exactly the objects that the values ask for": (rendered) => {
    const { chart, values } = rendered;
    const expected = [
      ...{
        service: ["Deployment"],
        stateful: ["StatefulSet", "Service"],
        daemon: ["DaemonSet"],
        job: [values.schedule ? "CronJob" : "Job"],
      }[chart]!,
      "ServiceAccount",
      ...(values.config.files ? ["ConfigMap"] : []),
      ...(values.networkPolicy.ingress ? ["NetworkPolicy"] : []),
      ...(values.services ?? []).map(() => "Service"),
      ...(values.autoscaling?.maxReplicas ? ["HorizontalPodAutoscaler"] : []),
      ...(values.podDisruptionBudget && leastReplicas(values) > 1 ? ["PodDisruptionBudget"] : []),
    ];
    assert.equal(rendered.objects.map((object) => object.kind).sort(), expected.sort());
    const identities = rendered.objects.map((object) => `${object.kind}/${object.metadata.name}`);
    assert.equal(new Set(identities).size, identities.length);
  },

  "labels and annotations are on every object": ({ values, objects }) => {
    for (const { metadata } of objects) {
      assert.is(metadata.namespace, NAMESPACE);
      contains(metadata.labels, standardLabels(values));
      contains(metadata.annotations ?? {}, values.annotations);
    }
  },

  "pods carry labels, but not the objects' annotations": (rendered) => {
    const { metadata } = podTemplate(rendered);
    const inject = { "sidecar.istio.io/inject": String(rendered.values.mesh.enabled) };
    assert.equal(metadata.labels, { ...rendered.values.podLabels, ...standardLabels(rendered.values), ...inject });
    const mesh = {
      "proxy.istio.io/config": '{"holdApplicationUntilProxyStarts":true}',
      "sidecar.istio.io/nativeSidecar": "true",
    };
    const expected = { ...(rendered.values.mesh.enabled ? mesh : {}), ...rendered.values.podAnnotations };
    assert.equal(metadata.annotations ?? {}, expected);
  },

  // https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted, and the read-only root beyond it
  "pods meet the restricted Pod Security Standard": (rendered) => {
    const { spec } = podTemplate(rendered);
    for (const field of ["hostNetwork", "hostPID", "hostIPC", "hostUsers", "ephemeralContainers"])
      assert.not(field in spec);
    const { runAsUser, runAsGroup, fsGroup } = rendered.values.security;
    assert.equal(spec.securityContext, {
      runAsNonRoot: true,
      runAsUser,
      runAsGroup,
      fsGroup,
      fsGroupChangePolicy: "OnRootMismatch",
      seccompProfile: { type: "RuntimeDefault" },
    });
    assert.ok(runAsUser >= 10000);
    for (const { securityContext } of [container(rendered), ...(spec.initContainers ?? [])])
      assert.equal(securityContext, {
        allowPrivilegeEscalation: false,
        privileged: false,
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        capabilities: { drop: ["ALL"] },
        seccompProfile: { type: "RuntimeDefault" },
      });
    for (const { name: _name, ...source } of spec.volumes ?? []) {
      assert.ok(
        ["configMap", "secret", "emptyDir", "projected"].includes(Object.keys(source).join()),
        `volume of kind ${Object.keys(source)}`,
      );
      // A projected volume could hand out tokens.
      for (const part of source.projected?.sources ?? [])
        assert.ok(["configMap", "secret"].includes(Object.keys(part).join()), `${Object.keys(part)} in a volume`);
    }
    for (const port of container(rendered).ports ?? []) assert.not("hostPort" in port);
  },

  "the token is mounted only when asked for": (rendered) => {
    const { name, automountServiceAccountToken: automount, annotations } = rendered.values.serviceAccount;
    const account = only(rendered, "ServiceAccount");
    assert.is(account.metadata.name, name || rendered.values.name);
    contains(account.metadata.annotations ?? {}, annotations);
    assert.is(account.automountServiceAccountToken, automount);
    const { spec } = podTemplate(rendered);
    assert.is(spec.serviceAccountName, account.metadata.name);
    assert.is(spec.automountServiceAccountToken, automount);
    assert.is(spec.enableServiceLinks, false);
  },

  "the container runs what was given": (rendered) => {
    const { image, command, args, resources, preStopSleepSeconds, ports } = rendered.values;
    const got = container(rendered);
    assert.is(got.image, image.digest ? `${image.repository}@${image.digest}` : `${image.repository}:${image.tag}`);
    assert.is(got.imagePullPolicy, image.pullPolicy);
    assert.equal((got.command ?? []).map(expanded), command);
    assert.equal((got.args ?? []).map(expanded), args);
    assert.equal(got.resources, resources);
    assert.equal(
      got.lifecycle,
      preStopSleepSeconds ? { preStop: { sleep: { seconds: preStopSleepSeconds } } } : undefined,
    );
    const expected = (ports ?? []).map((port: Data) => ({
      name: port.name,
      containerPort: port.targetPort,
      protocol: transport(port),
    }));
    assert.equal(got.ports ?? [], expected);
  },

  "what starts before has its own, and the rest of the workload's where it inherits": (rendered) => {
    const { initContainers, env, fieldEnv, secretEnv, volumes, storage = [] } = rendered.values;
    const folders: string[] = [...volumes, ...storage].map(({ mountPath }: Data) => mountPath);
    const all = [...folders, ...(container(rendered).volumeMounts ?? []).map(({ mountPath }: Data) => mountPath)];
    const given = podTemplate(rendered).spec.initContainers ?? [];
    assert.is(given.length, initContainers.length);
    for (const [index, wanted] of (initContainers as Data[]).entries()) {
      const got = given[index];
      const { repository, digest, tag, pullPolicy = "IfNotPresent" } = wanted.image;
      assert.equal(
        [got.name, got.image, got.imagePullPolicy, got.restartPolicy, got.resources],
        [
          wanted.name,
          digest ? `${repository}@${digest}` : `${repository}:${tag}`,
          pullPolicy,
          wanted.sidecar ? "Always" : undefined,
          wanted.resources,
        ],
      );
      assert.equal((got.command ?? []).map(expanded), wanted.command ?? []);
      assert.equal((got.args ?? []).map(expanded), wanted.args ?? []);
      const inherited = wanted.inherit ? { ...env, ...fieldEnv, ...secretEnv } : {};
      assert.equal(
        (got.env ?? []).map(({ name }: Data) => name).sort(),
        Object.keys({ ...inherited, ...wanted.env }).sort(),
      );
      for (const [name, value] of entries(wanted.env))
        assert.is(expanded(got.env.find((variable: Data) => variable.name === name).value), value);
      assert.equal(
        (got.volumeMounts ?? []).map(({ mountPath }: Data) => mountPath).sort(),
        [...new Set(wanted.inherit ? all : folders)].sort(),
      );
    }
  },

  "the environment reaches the process unchanged": (rendered) => {
    const env = container(rendered).env ?? [];
    const { env: plain, fieldEnv, secretEnv } = rendered.values;
    const expected = [
      ...entries(plain).map(([name, value]) => ({ name, value })),
      ...entries(fieldEnv).map(([name, fieldPath]) => ({
        name,
        valueFrom: { fieldRef: { apiVersion: "v1", fieldPath } },
      })),
      ...entries(secretEnv).map(([name, { name: secret, key }]) => ({
        name,
        valueFrom: { secretKeyRef: { name: secret, key } },
      })),
    ];
    const unescaped = env.map((entry: Data) => ("value" in entry ? { ...entry, value: expanded(entry.value) } : entry));
    assert.equal(byName(unescaped), byName(expected));
    assert.not("envFrom" in container(rendered));
  },

  "configuration is an immutable ConfigMap of its own name, byte for byte": (rendered) => {
    const { name, config } = rendered.values;
    if (!config.files) return;
    const { metadata, data, immutable } = only(rendered, "ConfigMap");
    assert.is(immutable, true);
    assert.match(metadata.name, new RegExp(`^${name}-config-[0-9a-f]{10}$`));
    assert.is(metadata.annotations["argocd.argoproj.io/sync-options"], "Prune=false,ServerSideApply=true");
    assert.is(metadata.annotations["argocd.argoproj.io/compare-options"], "IgnoreExtraneous");
    assert.equal(Object.keys(data).sort(), Object.keys(config.files).sort());
    for (const [file, content] of entries(config.files)) assert.is(data[file], content);
    const mount = mountOf(rendered, config.mountPath);
    if (config.rendered) assert.equal(mount.volume.projected.sources[0], { configMap: { name: metadata.name } });
    else assert.equal(mount.volume.configMap, { name: metadata.name, defaultMode: 0o440 });
    assert.is(mount.readOnly, true);
  },

  "files with secrets in them are keys of one Secret, beside the others": (rendered) => {
    const { config } = rendered.values;
    if (!config.rendered) return;
    const { volume, readOnly } = mountOf(rendered, config.mountPath);
    assert.equal([volume.projected.defaultMode, readOnly], [0o440, true]);
    assert.is(volume.projected.sources.length, config.files ? 2 : 1);
    assert.equal(volume.projected.sources.at(-1).secret, {
      name: config.rendered.name,
      items: config.rendered.files.map((file: string) => ({ key: file, path: file })),
    });
  },

  "secrets are read-only files": (rendered) => {
    for (const { name, mountPath, items } of rendered.values.secrets) {
      const mount = mountOf(rendered, mountPath);
      assert.equal(mount.volume.secret, { secretName: name, defaultMode: 0o440, ...(items ? { items } : {}) });
      assert.is(mount.readOnly, true);
      assert.not("subPath" in mount);
    }
  },

  "writable folders are bounded": (rendered) => {
    for (const { mountPath, sizeLimit, medium } of rendered.values.volumes) {
      assert.equal(mountOf(rendered, mountPath).volume.emptyDir, { sizeLimit, ...(medium ? { medium } : {}) });
    }
  },

  "pods are placed as told": (rendered) => {
    const { spec } = podTemplate(rendered);
    const { nodeSelector, tolerations, priorityClassName, imagePullSecrets, terminationGracePeriodSeconds } =
      rendered.values;
    assert.equal(spec.nodeSelector ?? {}, nodeSelector);
    assert.equal(spec.tolerations ?? [], tolerations);
    assert.is(spec.priorityClassName ?? "", priorityClassName);
    assert.equal(
      spec.imagePullSecrets ?? [],
      imagePullSecrets.map((name: string) => ({ name })),
    );
    assert.is(spec.terminationGracePeriodSeconds, terminationGracePeriodSeconds);
    assert.is(spec.restartPolicy, rendered.values.restartPolicy);
  },

  "pods spread over zones and hosts": (rendered) => {
    const { host, zone } = rendered.values.topologySpread ?? {};
    const rollout = rendered.values.rollout;
    const constraint = (topologyKey: string, whenUnsatisfiable: string): Data => ({
      maxSkew: 1,
      topologyKey,
      whenUnsatisfiable,
      nodeTaintsPolicy: "Honor",
      labelSelector: { matchLabels: selector(rendered.values) },
      ...(rollout ? { matchLabelKeys: [rollout.enabled ? "rollouts-pod-template-hash" : "pod-template-hash"] } : {}),
    });
    assert.equal(podTemplate(rendered).spec.topologySpreadConstraints ?? [], [
      ...(host ? [constraint("kubernetes.io/hostname", host)] : []),
      ...(zone ? [constraint("topology.kubernetes.io/zone", zone)] : []),
    ]);
  },

  "selectors hold the name alone": (rendered) => {
    const expected = selector(rendered.values);
    contains(podTemplate(rendered).metadata.labels, expected);
    for (const { kind, spec } of rendered.objects) {
      if (["Deployment", "StatefulSet", "DaemonSet", "PodDisruptionBudget"].includes(kind))
        assert.equal(spec.selector, { matchLabels: expected });
      if (kind === "NetworkPolicy") assert.equal(spec.podSelector, { matchLabels: expected });
      if (kind === "Service") assert.equal(spec.selector, expected);
    }
  },

  "one owner counts the replicas": (rendered) => {
    const { chart, values } = rendered;
    if (chart === "job") return;
    const { maxReplicas, external } = values.autoscaling ?? {};
    const expected = values.rollout?.enabled ? 0 : maxReplicas || external ? undefined : values.replicas;
    assert.is(workload(rendered).spec.replicas, expected);
  },

  "the autoscaler scales who owns the pods": (rendered) => {
    const { name, autoscaling, rollout } = rendered.values;
    if (!autoscaling?.maxReplicas) return;
    const { spec } = only(rendered, "HorizontalPodAutoscaler");
    const target = rollout.enabled
      ? { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout" }
      : { apiVersion: "apps/v1", kind: "Deployment" };
    assert.equal(spec.scaleTargetRef, { ...target, name });
    assert.is(spec.minReplicas, autoscaling.minReplicas);
    assert.is(spec.maxReplicas, autoscaling.maxReplicas);
    const metric = (resource: string, averageUtilization: number): Data[] =>
      averageUtilization
        ? [
            {
              type: "ContainerResource",
              containerResource: {
                container: name,
                name: resource,
                target: { type: "Utilization", averageUtilization },
              },
            },
          ]
        : [];
    const { targetCPUUtilizationPercentage: cpu, targetMemoryUtilizationPercentage: memory } = autoscaling;
    assert.equal(spec.metrics, [...metric("cpu", cpu), ...metric("memory", memory)]);
    assert.equal(spec.behavior, autoscaling.behavior);
  },

  "a disruption leaves what was asked for": (rendered) => {
    const [budget] = rendered.objects.filter(({ kind }) => kind === "PodDisruptionBudget");
    if (!budget) return;
    const { minAvailable, maxUnavailable } = rendered.values.podDisruptionBudget;
    const { selector: _selector, ...rest } = budget.spec;
    assert.equal(rest, {
      unhealthyPodEvictionPolicy: "AlwaysAllow",
      ...(minAvailable === undefined ? { maxUnavailable } : { minAvailable }),
    });
  },

  "probes are those of the values": (rendered) => {
    const { probes = {}, ports = [] } = rendered.values;
    const number = (name: string): number => ports.find((port: Data) => port.name === name).targetPort;
    for (const name of ["startup", "liveness", "readiness"]) {
      const probe = structuredClone(probes[name]);
      if (probe?.grpc) probe.grpc.port = number(probe.grpc.port);
      if (probe?.httpGet) probe.httpGet.scheme ??= "HTTP";
      const got = structuredClone(container(rendered)[`${name}Probe`]);
      if (got?.exec) got.exec.command = got.exec.command.map(expanded);
      assert.equal(got, probe);
    }
  },

  "Services have ports that Istio understands": (rendered) => {
    const { services = [], ports = [], name } = rendered.values;
    const expected = ports
      .filter((port: Data) => port.port)
      .map((port: Data) => ({
        port: port.port,
        targetPort: port.name,
        protocol: transport(port),
        appProtocol: port.protocol,
      }));
    const found = rendered.objects.filter(({ kind }) => kind === "Service");
    for (const { spec } of found) {
      assert.is(spec.type, "ClusterIP");
      const given = (spec.ports ?? []).map(({ name: portName, ...port }: Data) => {
        assert.ok(portName === port.appProtocol || portName.startsWith(`${port.appProtocol}-`), portName);
        return port;
      });
      assert.equal(given, expected);
      const names = (spec.ports ?? []).map((port: Data) => port.name);
      assert.equal(new Set(names).size, names.length);
    }
    for (const { name: service, labels, annotations } of services) {
      const { metadata, spec } =
        found.find((object) => object.metadata.name === service) ?? assert.unreachable(`no Service ${service}`);
      contains(metadata.labels, labels ?? {});
      contains(metadata.annotations ?? {}, annotations ?? {});
      assert.not("clusterIP" in spec);
      assert.is(spec.internalTrafficPolicy, rendered.values.internalTrafficPolicy);
    }
    if (rendered.chart === "stateful") {
      const headless = found.find((object) => object.metadata.name === `${name}-headless`)!;
      assert.is(headless.spec.clusterIP, "None");
      assert.is(headless.spec.publishNotReadyAddresses, rendered.values.publishNotReadyAddresses);
    }
  },

  "all traffic is closed but the rules, DNS, istiod and the API server": (rendered) => {
    const { networkPolicy, mesh, serviceAccount } = rendered.values;
    if (!networkPolicy.ingress) return;
    const { spec } = only(rendered, "NetworkPolicy");
    const { podSelector: _podSelector, ...rest } = spec;
    const namespace = (name: string): Data => ({
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
    });
    const dns = { to: [namespace("kube-system")], ports: ["UDP", "TCP"].map((protocol) => ({ port: 53, protocol })) };
    const istiod = {
      to: [{ ...namespace("istio-system"), podSelector: { matchLabels: { app: "istiod" } } }],
      ports: [{ port: 15012, protocol: "TCP" }],
    };
    const apiServer = { ports: [{ port: 443, protocol: "TCP" }] };
    assert.equal(rest, {
      policyTypes: ["Ingress", "Egress"],
      ingress: networkPolicy.ingress,
      egress: [
        dns,
        ...(mesh.enabled ? [istiod] : []),
        ...(serviceAccount.automountServiceAccountToken ? [apiServer] : []),
        ...networkPolicy.egress,
      ],
    });
  },

  "a Deployment is replaced as told": (rendered) => {
    if (rendered.chart !== "service") return;
    const { strategy, minReadySeconds, progressDeadlineSeconds, revisionHistoryLimit } = rendered.values;
    const { spec } = workload(rendered);
    const { type, maxSurge, maxUnavailable } = strategy;
    assert.equal(spec.strategy, type === "Recreate" ? { type } : { type, rollingUpdate: { maxSurge, maxUnavailable } });
    contains(spec, { minReadySeconds, progressDeadlineSeconds, revisionHistoryLimit });
  },

  "state is kept": (rendered) => {
    if (rendered.chart !== "stateful") return;
    const { values } = rendered;
    const { metadata, spec } = workload(rendered);
    assert.is(metadata.annotations["argocd.argoproj.io/sync-options"], "Prune=confirm,Delete=confirm");
    const {
      podManagementPolicy,
      minReadySeconds,
      revisionHistoryLimit,
      persistentVolumeClaimRetentionPolicy: retention,
    } = values;
    contains(spec, {
      podManagementPolicy,
      minReadySeconds,
      revisionHistoryLimit,
      serviceName: `${values.name}-headless`,
    });
    assert.equal(spec.persistentVolumeClaimRetentionPolicy, retention);
    const { type, partition } = values.updateStrategy;
    assert.equal(spec.updateStrategy, type === "OnDelete" ? { type } : { type, rollingUpdate: { partition } });
    const claims = values.storage.map(({ name, size, storageClassName, accessModes }: Data) => ({
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { name, labels: selector(values) }, // the API server refuses any later change here
      spec: {
        accessModes,
        ...(storageClassName ? { storageClassName } : {}),
        volumeMode: "Filesystem",
        resources: { requests: { storage: size } },
      },
    }));
    assert.equal(spec.volumeClaimTemplates, claims);
    for (const { name, mountPath } of values.storage)
      contains(
        container(rendered).volumeMounts.find((mount: Data) => mount.name === name),
        { mountPath },
      );
  },

  "a daemon is replaced as told": (rendered) => {
    if (rendered.chart !== "daemon") return;
    const { updateStrategy, minReadySeconds, revisionHistoryLimit } = rendered.values;
    const { spec } = workload(rendered);
    const { type, maxSurge, maxUnavailable } = updateStrategy;
    assert.equal(
      spec.updateStrategy,
      type === "OnDelete" ? { type } : { type, rollingUpdate: { maxSurge, maxUnavailable } },
    );
    contains(spec, { minReadySeconds, revisionHistoryLimit });
  },

  "a job runs when and as often as told": (rendered) => {
    if (rendered.chart !== "job") return;
    const { values } = rendered;
    const { kind, metadata, spec } = workload(rendered);
    const run = kind === "CronJob" ? spec.jobTemplate.spec : spec;
    const { parallelism, completions, backoffLimit, activeDeadlineSeconds, ttlSecondsAfterFinished, suspend } = values;
    contains(run, { parallelism, completions, backoffLimit, activeDeadlineSeconds });
    assert.is(spec.suspend, suspend);
    if (kind === "Job") {
      assert.match(metadata.name, new RegExp(`^${values.name}-[0-9a-f]{10}$`));
      assert.not("ttlSecondsAfterFinished" in spec, "Argo CD would run it again");
      return;
    }
    assert.is(metadata.name, values.name);
    assert.is(run.ttlSecondsAfterFinished, ttlSecondsAfterFinished);
    const {
      schedule,
      timeZone,
      concurrencyPolicy,
      startingDeadlineSeconds,
      successfulJobsHistoryLimit,
      failedJobsHistoryLimit,
    } = values;
    contains(spec, {
      schedule,
      timeZone,
      concurrencyPolicy,
      startingDeadlineSeconds,
      successfulJobsHistoryLimit,
      failedJobsHistoryLimit,
    });
  },
} satisfies Record<string, (rendered: Rendered) => void>;

export function holdsAll(rendered: Rendered): void {
  for (const [name, rule] of Object.entries(rules)) {
    try {
      rule(rendered);
    } catch (error) {
      if (error instanceof Error) error.message = `${rendered.chart}: ${name}: ${error.message}`;
      throw error;
    }
  }
}

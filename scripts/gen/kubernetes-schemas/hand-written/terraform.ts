import { definition } from "../openapi.ts";
import type { Schema } from "../schema.ts";
import { ANYTHING, BOOLEAN, DURATION, INT32, INT64, list, map, object, oneOf, STRING, text } from "./field.ts";

const core = (name: string): Schema => definition(`core.v1.${name}`);
const NAME = text(1, 253);

/**
 * infra.contrib.fluxcd.io/v1alpha2 Terraform. Reference:
 * https://github.com/flux-iac/tofu-controller/blob/main/docs/References/terraform.md, and for enumerations and limits
 * the validation markers of api/v1alpha2/terraform_types.go.
 */
export const terraform: Schema = object({
  "spec!": object({
    "interval!": DURATION,
    "sourceRef!": object({
      apiVersion: STRING,
      "kind!": oneOf("GitRepository", "Bucket", "OCIRepository"),
      "name!": STRING,
      namespace: STRING,
    }),
    path: STRING,
    approvePlan: STRING,
    planOnly: BOOLEAN,
    plan: object({ lock: BOOLEAN }),
    storeReadablePlan: oneOf("none", "json", "human"),
    destroy: BOOLEAN,
    destroyResourcesOnDeletion: BOOLEAN,
    disableDriftDetection: BOOLEAN,
    refreshBeforeApply: BOOLEAN,
    upgradeOnInit: BOOLEAN,
    enableInventory: BOOLEAN,
    breakTheGlass: BOOLEAN,
    force: BOOLEAN,
    suspend: BOOLEAN,
    parallelism: INT32,
    targets: list(STRING),
    workspace: STRING,

    retryInterval: DURATION,
    maxRetryInterval: DURATION,
    retryStrategy: oneOf("StaticInterval", "ExponentialBackoff"),
    remediation: object({ retries: INT64 }),
    dependsOn: list(object({ "name!": STRING, namespace: STRING })),

    vars: list(object({ "name!": STRING, value: ANYTHING, valueFrom: core("EnvVarSource") })),
    varsFrom: list(
      object({ "kind!": oneOf("Secret", "ConfigMap"), "name!": NAME, optional: BOOLEAN, varsKeys: list(STRING) }),
    ),
    tfVarsFiles: list(STRING),
    values: ANYTHING,
    readInputsFromSecrets: list(object({ "as!": STRING, "name!": STRING })),
    writeOutputsToSecret: object({
      "name!": STRING,
      annotations: map(STRING),
      labels: map(STRING),
      outputs: list(STRING),
    }),
    fileMappings: list(
      object({
        "location!": oneOf("home", "workspace"),
        "path!": { type: "string", pattern: "^(.?[/_a-zA-Z0-9]{1,})*$" },
        "secretRef!": object({ key: STRING, "name!": STRING }),
      }),
    ),

    backendConfig: object({
      configPath: STRING,
      customConfiguration: STRING,
      disable: BOOLEAN,
      inClusterConfig: BOOLEAN,
      labels: map(STRING),
      secretSuffix: STRING,
    }),
    backendConfigsFrom: list(
      object({ "kind!": oneOf("Secret", "ConfigMap"), "name!": NAME, keys: list(STRING), optional: BOOLEAN }),
    ),
    cliConfigSecretRef: core("SecretReference"),
    cloud: object({
      "organization!": STRING,
      "workspaces!": object({ name: STRING, tags: list(STRING) }),
      hostname: STRING,
      token: STRING,
    }),
    enterprise: ANYTHING,
    tfstate: object({ forceUnlock: oneOf("yes", "no", "auto"), lockIdentifier: STRING, lockTimeout: DURATION }),

    healthChecks: list(
      object({ "name!": NAME, "type!": oneOf("tcp", "http"), address: STRING, url: STRING, timeout: DURATION }),
    ),
    webhooks: list(
      object({
        stage: oneOf("post-planning"),
        "testExpression!": STRING,
        "url!": STRING,
        enabled: BOOLEAN,
        errorMessageTemplate: STRING,
        payloadType: STRING,
      }),
    ),
    branchPlanner: object({ enablePathScope: BOOLEAN }),

    serviceAccountName: STRING,
    alwaysCleanupRunnerPod: BOOLEAN,
    runnerTerminationGracePeriodSeconds: INT64,
    runnerPodTemplate: object({
      metadata: object({ annotations: map(STRING), labels: map(STRING) }),
      spec: object({
        affinity: core("Affinity"),
        env: list(core("EnvVar")),
        envFrom: list(core("EnvFromSource")),
        hostAliases: list(core("HostAlias")),
        image: STRING,
        initContainers: list(core("Container")),
        nodeSelector: map(STRING),
        priorityClassName: STRING,
        resources: core("ResourceRequirements"),
        securityContext: core("SecurityContext"),
        tolerations: list(core("Toleration")),
        volumeMounts: list(core("VolumeMount")),
        volumes: list(core("Volume")),
      }),
    }),
  }),
});

import type { CloudKind } from "../../config/model/clouds.ts";
import type { Cloud } from "../../topology/clouds.ts";
import type { AwsIdentity, AzureIdentity, GcpIdentity, Identities } from "./options.ts";

const TOKEN = { folder: "/var/run/secrets/cloud", file: "token" } as const;
const TOKEN_FILE = `${TOKEN.folder}/${TOKEN.file}`;

/** What a provider is told, and whom the token is meant for. */
interface Exchange {
  audience: string;
  env: Readonly<Record<string, string>>;
}

/** How the cluster's token becomes an identity of the cloud. */
const exchanges: Record<CloudKind, (identity: never, cloud: Cloud) => Exchange> = {
  // https://cloud.google.com/iam/docs/workload-identity-federation-with-kubernetes
  gcp: (gcp: GcpIdentity) => ({
    audience: `https://iam.googleapis.com/${gcp.provider}`,
    env: {
      GOOGLE_CREDENTIALS: JSON.stringify({
        type: "external_account",
        audience: `//iam.googleapis.com/${gcp.provider}`,
        subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
        token_url: "https://sts.googleapis.com/v1/token",
        credential_source: { file: TOKEN_FILE, format: { type: "text" } },
        service_account_impersonation_url: `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${gcp.serviceAccount}:generateAccessToken`,
      }),
    },
  }),
  // https://docs.aws.amazon.com/sdkref/latest/guide/access-assume-role-web.html
  aws: (aws: AwsIdentity) => ({
    audience: "sts.amazonaws.com",
    env: {
      AWS_ROLE_ARN: aws.role,
      AWS_WEB_IDENTITY_TOKEN_FILE: TOKEN_FILE,
      AWS_ROLE_SESSION_NAME: "tofu-controller",
    },
  }),
  // https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/guides/service_principal_oidc
  azure: (azure: AzureIdentity, { tenant, account }) => ({
    audience: "api://AzureADTokenExchange",
    env: {
      ARM_USE_OIDC: "true",
      ARM_OIDC_TOKEN_FILE_PATH: TOKEN_FILE,
      ARM_CLIENT_ID: azure.clientId,
      ARM_TENANT_ID: tenant!,
      ARM_SUBSCRIPTION_ID: account,
    },
  }),
};

/**
 * The pod that runs Terraform for one cloud, as the identity that the config names for it. Its security context is the controller's: restricted, with a read-only
 * root.
 */
export function runnerPod(cloud: Cloud, identities: Identities): Record<string, unknown> {
  const identity = identities[cloud.name];
  const exchange = identity && exchanges[cloud.kind](identity as never, cloud);
  return {
    resources: {
      requests: { cpu: "200m", memory: "512Mi", "ephemeral-storage": "2Gi" },
      limits: { memory: "1Gi", "ephemeral-storage": "2Gi" },
    },
    ...(exchange === undefined ? {} : tokenExchange(exchange)),
  };
}

/**
 * https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#serviceaccount-token-volume-projection
 */
const tokenExchange = ({ audience, env }: Exchange) => ({
  env: Object.entries(env).map(([name, value]) => ({ name, value })),
  volumes: [
    {
      name: "cloud-token",
      projected: { sources: [{ serviceAccountToken: { audience, expirationSeconds: 3600, path: TOKEN.file } }] },
    },
  ],
  volumeMounts: [{ name: "cloud-token", mountPath: TOKEN.folder, readOnly: true }],
});

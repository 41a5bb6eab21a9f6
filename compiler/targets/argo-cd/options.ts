import type {
  AwsRole,
  AzureId,
  DnsSubdomain,
  GcpIdentityProvider,
  GcpServiceAccount,
  Line,
} from "../../config/texts.ts";
import type { Cron, Duration } from "../../config/units.ts";

/** Options of the `argo-cd` target. */
export interface ArgoCdOptions {
  /**
   * Secret on the management cluster, in the namespace flux-system, that the repository is read with.
   * Its keys: https://fluxcd.io/flux/components/source/gitrepositories/#secret-reference
   * @default none: the repository is public
   * @example "repository"
   */
  repositorySecret?: DnsSubdomain;
  /**
   * Times in which the last environment changes only by hand.
   * @default []
   */
  freezes?: readonly Freeze[];
  /** Who the management cluster's Terraform runner is in each cloud. */
  identities?: Identities;
}

/** A time in which nothing syncs by itself; a person still can. */
interface Freeze {
  /** When it begins. */
  schedule: Cron;
  /** @atLeast 1m */
  duration: Duration;
  /** Shown to whoever waits. */
  reason: Line;
}

/**
 * Identities that trust the management cluster's issuer of service account tokens, by the name of the cloud that they
 * are of; one for a cloud that is not called by its kind says the `kind`. Each of them is taken on with such a token,
 * which lives for an hour: no key is stored anywhere.
 */
export interface Identities {
  /** @default what the cluster itself gives to the service account flux-system/tf-runner */
  gcp?: GcpIdentity;
  /** @default what the cluster itself gives to the service account flux-system/tf-runner */
  aws?: AwsIdentity;
  /** @default what the cluster itself gives to the service account flux-system/tf-runner */
  azure?: AzureIdentity;
  [cloud: string]: Identity | undefined;
}

/** Who applies a cloud's roots. */
export type Identity = GcpIdentity | AwsIdentity | AzureIdentity;

/** Google Cloud: a workload identity provider, and the service account that its tokens may act as. */
export interface GcpIdentity {
  /** Left out where the cloud is called by it. */
  kind?: "gcp";
  /** @example "projects/123456789012/locations/global/workloadIdentityPools/platform/providers/management" */
  provider: GcpIdentityProvider;
  /** @example "terraform@acme-platform.iam.gserviceaccount.com" */
  serviceAccount: GcpServiceAccount;
}

/** Amazon Web Services: a role. */
export interface AwsIdentity {
  /** Left out where the cloud is called by it. */
  kind?: "aws";
  /** @example "arn:aws:iam::111122223333:role/terraform" */
  role: AwsRole;
}

/** Azure: a managed identity or an app registration. */
export interface AzureIdentity {
  /** Left out where the cloud is called by it. */
  kind?: "azure";
  /** @example "00000000-0000-0000-0000-000000000000" */
  clientId: AzureId;
}

import type { CloudKind } from "../config/model/clouds.ts";
import type { Cloud } from "../topology/clouds.ts";
import type { TerraformRoot } from "../topology/terraform.ts";

/** A `backend` block, or the `config` of a `terraform_remote_state` that reads the same state. */
export interface Backend {
  type: "gcs" | "s3" | "azurerm";
  arguments: Readonly<Record<string, string | boolean>>;
}

/**
 * Where a root keeps its state. The root, the roots that read it and the in-cluster object that plans it must agree to
 * the letter: two backends would be two states of the same cloud.
 * https://developer.hashicorp.com/terraform/language/backend
 */
export const backendArguments = (
  root: Pick<TerraformRoot, "stateKey">,
  cloud: Pick<Cloud, "kind" | "stateStore">,
): Backend => backends[cloud.kind](root, cloud);

const backends: Record<
  CloudKind,
  (root: Pick<TerraformRoot, "stateKey">, cloud: Pick<Cloud, "stateStore">) => Backend
> = {
  gcp: ({ stateKey }, { stateStore }) => ({ type: "gcs", arguments: { bucket: stateStore.bucket, prefix: stateKey } }),
  aws: ({ stateKey }, { stateStore: { bucket, region } }) => ({
    type: "s3",
    arguments: {
      bucket,
      key: `${stateKey}.tfstate`,
      region,
      encrypt: true,
      kms_key_id: `alias/${bucket}`, // without it S3 takes its own key, which the bucket refuses
      use_lockfile: true,
    },
  }),
  azure: ({ stateKey }, { stateStore: { bucket, resourceGroup, container } }) => ({
    type: "azurerm",
    arguments: {
      resource_group_name: resourceGroup!,
      storage_account_name: bucket,
      container_name: container!,
      key: `${stateKey}.tfstate`,
      use_azuread_auth: true, // the account has no keys
    },
  }),
};

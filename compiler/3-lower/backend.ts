import type { Cloud, TerraformRoot } from "./topology.ts";

/** Where a root keeps its state, as arguments of a Terraform backend. */
export interface Backend {
  type: "gcs" | "s3" | "azurerm";
  arguments: Record<string, string | boolean | readonly string[]>;
}

/**
 * The backend of a root. CI and the in-cluster controller must name the same one, else they would hold two states:
 * https://developer.hashicorp.com/terraform/language/backend
 */
export function backendArguments({ stateKey }: TerraformRoot, { name, account, tenant, stateStore }: Cloud): Backend {
  const { bucket, region, resourceGroup, container } = stateStore;
  switch (name) {
    case "gcp":
      return { type: "gcs", arguments: { bucket, prefix: stateKey } };
    case "aws":
      return { type: "s3", arguments: { bucket, key: `${stateKey}.tfstate`, region, encrypt: true, use_lockfile: true, allowed_account_ids: [account] } };
    case "azure":
      return {
        type: "azurerm",
        arguments: { subscription_id: account, tenant_id: tenant!, resource_group_name: resourceGroup!, storage_account_name: bucket, container_name: container!, key: `${stateKey}.tfstate`, use_azuread_auth: true },
      };
  }
}

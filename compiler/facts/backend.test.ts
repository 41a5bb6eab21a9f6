import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { CloudKind } from "../config/model/clouds.ts";
import { backendArguments } from "./backend.ts";
import type { StateStore } from "../topology/clouds.ts";

const test = suite("backend");

const STORE: StateStore = {
  bucket: "acme-tfstate",
  region: "eu-west-3",
  resourceGroup: "acme-rg",
  container: "states",
};

const CASES: [CloudKind, ReturnType<typeof backendArguments>][] = [
  ["gcp", { type: "gcs", arguments: { bucket: "acme-tfstate", prefix: "x/root" } }],
  [
    "aws",
    {
      type: "s3",
      arguments: {
        bucket: "acme-tfstate",
        key: "x/root.tfstate",
        region: "eu-west-3",
        encrypt: true,
        kms_key_id: "alias/acme-tfstate",
        use_lockfile: true,
      },
    },
  ],
  [
    "azure",
    {
      type: "azurerm",
      arguments: {
        resource_group_name: "acme-rg",
        storage_account_name: "acme-tfstate",
        container_name: "states",
        key: "x/root.tfstate",
        use_azuread_auth: true,
      },
    },
  ],
];

for (const [kind, expected] of CASES) {
  test(`${kind}: where the state is`, () =>
    assert.equal(backendArguments({ stateKey: "x/root" }, { kind, stateStore: STORE }), expected));
}

test.run();

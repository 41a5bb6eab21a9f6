import { relative } from "node:path/posix";
import type { Artifact } from "../../5-emit/artifact.ts";
import { block, type HclPart } from "../../5-emit/serialise/hcl-file.ts";
import { ref, type HclCode } from "../../5-emit/serialise/hcl.ts";
import { backendArguments } from "../../facts/backend.ts";
import type { CloudKind } from "../../config/model/clouds.ts";
import type { Cloud } from "../../topology/clouds.ts";
import type { TerraformRoot } from "../../topology/terraform.ts";
import type { Topology } from "../../topology/index.ts";

/** What the files of one root are made from. */
export interface Root {
  topology: Topology;
  root: TerraformRoot;
  cloud: Cloud;
  /** The source of one of the cloud's modules, relative to the root. */
  module: (name: string) => string;
  /** Labels (gcp) or tags (aws, azure) of every resource. */
  labels: Record<string, string>;
}

/** What differs between roots. */
export interface RootParts {
  main: readonly HclPart[];
  outputs: readonly Output[];
  /** Regions that the provider works in; the first is its default. */
  regions: readonly string[];
}

export interface Output {
  name: string;
  description: string;
  value: unknown;
  sensitive?: boolean;
}

const PROVIDERS: Record<CloudKind, { name: string; source: string }> = {
  gcp: { name: "google", source: "hashicorp/google" },
  aws: { name: "aws", source: "hashicorp/aws" },
  azure: { name: "azurerm", source: "hashicorp/azurerm" },
};

/** `versions.tf`, `main.tf` and `outputs.tf` of a root; `extra.tf` where it calls modules of somebody's own. */
export function rootFiles(context: Root, { main, outputs, regions }: RootParts): Artifact[] {
  const { root, topology } = context;
  const extra = topology.extra.filter((each) => each.root === root.name);
  const file = (name: string, parts: readonly HclPart[]): Artifact => ({
    path: `${root.path}/${name}.tf`,
    body: { kind: "hcl", parts },
    source: root.source,
  });
  return [
    file("versions", [terraformBlock(context), ...providerBlocks(context, regions)]),
    file("main", main),
    ...(extra.length === 0
      ? []
      : [
          {
            ...file(
              "extra",
              extra.map(({ name, folder }) => block("module", [name], { source: relative(root.path, folder) })),
            ),
            source: extra[0]!.source,
          },
        ]),
    ...(outputs.length === 0
      ? []
      : [
          file(
            "outputs",
            outputs.map(({ name, ...output }) => block("output", [name], { ...output })),
          ),
        ]),
  ];
}

function terraformBlock({ root, cloud }: Root): HclPart {
  const { name, source } = PROVIDERS[cloud.kind];
  return block(
    "terraform",
    [],
    { required_version: ">= 1.10" },
    block("required_providers", [], { [name]: { source, version: cloud.provider } }),
    ...(root.kind === "state-store" ? [] : [backendBlock(root, cloud)]),
  );
}

function backendBlock(root: TerraformRoot, cloud: Cloud): HclPart {
  const { type, arguments: given } = backendArguments(root, cloud);
  return block("backend", [type], given);
}

/** Each provider refuses to work in another account than the config's. */
function providerBlocks({ cloud, labels }: Root, regions: readonly string[]): HclPart[] {
  switch (cloud.kind) {
    case "gcp":
      return [block("provider", ["google"], { project: cloud.account, default_labels: labels })];
    case "aws":
      return regions.map((region, index) =>
        block(
          "provider",
          ["aws"],
          { ...(index === 0 ? {} : { alias: region }), region, allowed_account_ids: [cloud.account] },
          block("default_tags", [], { tags: labels }),
        ),
      );
    case "azure":
      return [
        block(
          "provider",
          ["azurerm"],
          { subscription_id: cloud.account, tenant_id: cloud.tenant, storage_use_azuread: true },
          block("features", [], block("storage", [], { data_plane_available: false })),
        ),
      ];
  }
}

/** A module that works in another region than the provider's default one. */
export const providerOf = ({ cloud }: Root, regions: readonly string[], region: string): Record<string, unknown> =>
  cloud.kind === "aws" && region !== regions[0] ? { providers: { aws: ref(`aws.${region}`) } } : {};

/** An identifier from a name: HCL's may hold dashes, but may not begin with a digit. */
export const identifier = (prefix: string, name: string): string => `${prefix}_${name.replace(/[^A-Za-z0-9-]/g, "_")}`;

/** The foundation's state, and what it says of one region's network. */
export function foundationState({ topology, cloud }: Root): {
  data: HclPart;
  network: (region: string, field: string) => HclCode;
} {
  const foundation = topology.terraformRoots.find((root) => root.kind === "foundation" && root.cloud === cloud.name)!;
  const { type, arguments: config } = backendArguments(foundation, cloud);
  return {
    data: block("data", ["terraform_remote_state", "foundation"], { backend: type, config }),
    network: (region, field) => ref(`data.terraform_remote_state.foundation.outputs.networks["${region}"].${field}`),
  };
}

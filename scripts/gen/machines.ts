/**
 * Derives `data/machines/`: sizes and on-demand prices of machine types, from pinned packages of public registries.
 * Needs Go, Python with pip, and the registries; the result is committed.
 */
import { awsMachines, karpenterPrices, type Ec2Prices, type Ec2Types } from "./machines/aws.ts";
import { azureMachines } from "./machines/azure.ts";
import { gcpMachines, type GcePrices } from "./machines/gcp.ts";
import { goModule, pythonLiteral, wheel, type GoModule, type Wheel } from "./machines/packages.ts";
import { machineTable } from "./machines/table.ts";

const KARPENTER_AWS: GoModule = {
  module: "github.com/aws/karpenter-provider-aws",
  version: "v1.15.1",
  sum: "h1:6eH///KgWKDwD2R6wHRnKGN8Vu8OHueaXjNdx64TnuY=",
};
const KARPENTER_AZURE: GoModule = {
  module: "github.com/Azure/karpenter-provider-azure",
  version: "v0.7.0",
  sum: "h1:cqtiy5cKxfqtqxm7ch6mzPBGeBuon0F1k2QgbnnuxDg=",
};
const LIBCLOUD: Wheel = {
  name: "apache-libcloud",
  version: "3.9.1",
  sha256: "362806efe3602a781afa0b0c8ad2e8963a708c8d5957fb999735c1cc1e0762d2",
};

export function generate(): Map<string, string> {
  const aws = goModule(KARPENTER_AWS);
  const azure = goModule(KARPENTER_AZURE);
  const libcloud = wheel(LIBCLOUD, ({ read }) => ({
    prices: JSON.parse(read("libcloud/data/pricing.json")) as {
      compute: { gce_instances: GcePrices; ec2_linux: Ec2Prices };
    },
    types: pythonLiteral(read("libcloud/compute/constants/ec2_instance_types.py"), "INSTANCE_TYPES") as Ec2Types,
    notice: read(`apache_libcloud-${LIBCLOUD.version}.dist-info/licenses/NOTICE`),
  }));
  const home = {
    region: "us-east-1",
    prices: karpenterPrices(aws.read("pkg/providers/pricing/zz_generated.pricing_aws.go")),
  };
  return new Map([
    ["data/machines/aws.json", machineTable(awsMachines(libcloud.types, home, libcloud.prices.compute.ec2_linux))],
    [
      "data/machines/azure.json",
      machineTable(azureMachines(azure.read("pkg/providers/pricing/zz_generated.pricing.go"))),
    ],
    ["data/machines/gcp.json", machineTable(gcpMachines(libcloud.prices.compute.gce_instances))],
    [
      "data/machines/NOTICE",
      [notice, libcloud.notice, aws.read("NOTICE"), azure.read("NOTICE.txt").split("\n\n")[0]!]
        .map((part) => `${part.trim()}\n`)
        .join("\n----\n\n"),
    ],
  ]);
}

const notice = `Sizes and prices of machine types

The numbers in this folder are facts taken from these works, all under the Apache License 2.0 (https://www.apache.org/licenses/LICENSE-2.0);
their own notices follow. They were selected and rearranged by scripts/gen/machines.ts.

- ${LIBCLOUD.name} ${LIBCLOUD.version} (PyPI): EC2 prices outside us-east-1 and EC2 sizes, Compute Engine prices per vCPU and GiB; of 2025-03-02
- ${KARPENTER_AWS.module} ${KARPENTER_AWS.version} (Go): EC2 prices in us-east-1; of 2026-07-20
- ${KARPENTER_AZURE.module} ${KARPENTER_AZURE.version} (Go): Azure prices; of 2024-04-23

Sizes of Compute Engine and Azure types, and of EC2 types younger than libcloud's list, follow from the vendors' naming rules, which the
generator cites. Prices are list prices for Linux on demand: no discounts, no spot, no taxes. A price that is missing is unknown.
`;

import type { CloudKind } from "../../config/model/clouds.ts";
import type { Region } from "../../topology/clouds.ts";
import type { Topology } from "../../topology/index.ts";
import { defineCheck } from "../check.ts";
import { machineGroups } from "../../facts/machine-groups.ts";
import { size } from "../networks.ts";

export default defineCheck({
  id: "networks/too-few-addresses",
  severity: "error",
  summary: "A region's ranges have room for all of its nodes and their pods",
  why: "The autoscaler stops at the last free address, long before the pool's maximum, and ranges cannot grow later without a rebuild.",
  atBounds: true,

  *run(topology) {
    for (const { name: cloud, regions } of topology.clouds) {
      for (const region of regions) {
        const { name, subnet } = region;
        const nodes = nodesIn(topology, cloud, name);
        const addresses = addressesIn(region);
        if (nodes.all > addresses) {
          yield {
            at: `${subnet.source}.cidr`,
            message: `${subnet.cidr} has ${addresses} addresses${inZones(region)} for up to ${nodes.all} nodes and runners in ${name}`,
            hint: "widen it, or lower the pools' `max`",
          };
        }
        const slices = subnet.pods === undefined ? Infinity : Math.floor(size(subnet.pods) / PODS_PER_NODE);
        if (nodes.clusters > slices) {
          yield {
            at: `${subnet.source}.pods`,
            message: `${subnet.pods} has room for the pods of ${slices} nodes, and ${name} may have ${nodes.clusters}`,
            hint: "each node takes a /24 of it: widen it, or lower the pools' `max`",
          };
        }
      }
    }
  },
});

/**
 * Addresses that the cloud keeps of every subnet. GCP: 4 (https://cloud.google.com/vpc/docs/subnets), Azure: 5
 * (https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq), AWS: 5
 * (https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html).
 */
const RESERVED: Record<CloudKind, number> = { gcp: 4, aws: 5, azure: 5 };

/** Addresses for nodes: on AWS those of the zones' private subnets. */
const addressesIn = ({ cloudKind, zones, subnet: { cidr, parts } }: Region): number => {
  const subnets = cloudKind === "aws" ? zones.length : 1;
  return subnets * (size(cidr) / (parts?.count ?? subnets) - RESERVED[cloudKind]);
};

const inZones = ({ zones, subnet: { parts } }: Region): string =>
  parts === undefined ? "" : ` in the private subnets of its ${zones.length} zones, each 1/${parts.count} of it,`;

/**
 * With 110 pods per node, GKE and Azure's overlay give each node a /24:
 * https://cloud.google.com/kubernetes-engine/docs/how-to/flexible-pod-cidr,
 * https://learn.microsoft.com/azure/aks/azure-cni-overlay
 */
const PODS_PER_NODE = 256;

/** Machines that a region may have at once. */
function nodesIn(topology: Topology, cloud: string, region: string): { clusters: number; all: number } {
  const here = machineGroups(topology).filter((group) => group.cloud === cloud && group.region === region);
  const sum = (groups: readonly { max: number }[]) => groups.reduce((total, { max }) => total + max, 0);
  return { clusters: sum(here.filter(({ environment }) => environment !== undefined)), all: sum(here) };
}

import { defineEcosystem } from "eco-compile";
import { base } from "../base.ts";

/** Networks and clusters that are already there, in each cloud: data sources, nothing created. */
export default defineEcosystem({
  ...base,
  clouds: {
    gcp: { ...base.clouds.gcp, network: { ...base.clouds.gcp.network, existing: true } },
    aws: { account: "444455556666", network: { name: "old-vpc", cidr: "10.20.0.0/16", existing: true }, regions: { "eu-north-1": { subnet: { cidr: "10.20.0.0/18" } } } },
    azure: {
      subscription: "00000000-0000-0000-0000-00000000000a",
      tenant: "00000000-0000-0000-0000-00000000000b",
      network: { name: "old-vnet", cidr: "10.30.0.0/16", existing: true },
      regions: { northeurope: { subnet: { name: "nodes", cidr: "10.30.0.0/20" } } },
    },
  },
  clusters: {
    one: { ...base.clusters.one, existing: true },
    two: { cloud: "aws", region: "eu-north-1", environment: "live", existing: true, nodePools: { main: { machineType: "m6i.2xlarge", min: 3, max: 5 } } },
    three: { cloud: "azure", region: "northeurope", environment: "live", existing: true, nodePools: { main: { machineType: "Standard_D8s_v5", min: 3, max: 5 } } },
  },
  services: {},
});

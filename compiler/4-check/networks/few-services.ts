import { prefixOf } from "../../3-lower/ranges.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "networks/few-services",
  severity: "error",
  summary: "The range of Services on Azure has an address for DNS",
  why: "AKS gives the eleventh address of the range to DNS, as the Terraform module tells it to: a range of eight has none. It cannot be changed while the cluster lives.",

  *run({ clouds }) {
    for (const { kind, regions } of clouds) {
      if (kind !== "azure") continue;
      for (const { name, subnet } of regions) {
        if (prefixOf(subnet.services) <= NARROWEST) continue;
        yield {
          at: `${subnet.source}.services`,
          message: `${subnet.services} has no eleventh address, which is that of DNS in ${name}`,
          hint: `choose a range of /${NARROWEST} or wider, as /20`,
        };
      }
    }
  },
});

/** `service_cidr` of terraform-modules/azure/aks/variables.tf. */
const NARROWEST = 28;

import type { CloudKind } from "../../config/model/clouds.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "clusters/zones-unknown",
  severity: "error",
  summary: "The zones of every region are known or named",
  why: "Subnets and nodes are made in zones by name. A region that the table of zones does not have may be misspelt, younger than the table, or one whose zones are called differently in each account; a name that was guessed fails in the middle of an apply.",

  *run({ clouds }, { zones }) {
    for (const { kind, network, regions } of clouds) {
      if (kind === "aws" && network.existing) continue; // its subnets are there, and know their zones
      for (const { name, source, zonesFrom } of regions) {
        if (zonesFrom !== "nowhere") continue;
        yield {
          at: source,
          message: `the zones of ${name} are not known`,
          hint: `check the spelling, or name its \`zones\`; \`${question[kind](name)}\` shows them (the table is of ${zones().date})`,
        };
      }
    }
  },
});

/** What the cloud answers with the zones of a region that an account can use. */
const question: Record<CloudKind, (region: string) => string> = {
  gcp: (region) => `gcloud compute zones list --filter=region:${region}`,
  aws: (region) => `aws ec2 describe-availability-zones --region ${region}`,
  azure: () => "az account list-locations",
};

import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "clusters/no-admins",
  severity: "error",
  risk: true,
  summary: "A cluster that is made on AWS or Azure has somebody who administers it",
  why: "EKS gives whoever made the cluster no rights, and AKS has no local accounts: with nobody named, nobody logs in, and Argo CD cannot be brought there. Where something else gives the rights, as a role assignment on the subscription, set the level of this check to `off`.",

  *run({ clusters }) {
    for (const { name, source, cloudKind, existing, admins } of clusters) {
      if (cloudKind === "gcp" || existing || admins.length > 0) continue;
      yield {
        at: source,
        key: true,
        message: `nobody administers ${name}`,
        idea: "nobody administers a cluster",
        hint: `add \`admins\`: ${WHO[cloudKind]}`,
      };
    }
  },
});

const WHO = {
  aws: 'the ARNs of roles, as ["arn:aws:iam::111122223333:role/platform"]',
  azure: 'the object ids of Entra groups, as ["00000000-0000-0000-0000-000000000003"]',
};

import { NOTICE_DAYS, SERVICES, supported, supportOf } from "../../facts/tables/kubernetes.ts";
import { list } from "../../facts/placement.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "clusters/version-ends-soon",
  severity: "warning",
  summary: "A cluster's version of Kubernetes is supported for a while",
  why: `A version whose standard support ends within ${NOTICE_DAYS} days of the table's date wants an upgrade that is planned now: after that day the cloud upgrades by itself, or stops to mend.`,

  *run({ clusters }, { kubernetes }) {
    for (const { name, source, cloudKind, version, existing } of clusters) {
      if (existing) continue; // its owner upgrades it
      const support = supportOf(kubernetes(), cloudKind, version);
      if (support.is !== "ending") continue;
      const later = supported(kubernetes(), cloudKind).filter(
        (minor) => supportOf(kubernetes(), cloudKind, minor).is === "supported",
      );
      const idea = `the standard support of Kubernetes ${version} on ${SERVICES[cloudKind]} ends on ${support.release.standard}`;
      yield {
        at: `${source}.version`,
        message: `${name}: ${idea}`,
        idea,
        hint: `plan the upgrade; supported for longer: ${list(later)}`,
      };
    }
  },
});

import { privateName } from "../../facts/destinations.ts";
import { outsideOf } from "../destinations.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "dependencies/private-host",
  severity: "error",
  risk: true,
  summary: "A host with a private address is declared by its address",
  why: "Network rules know addresses, not names: a name opens what is public, and private addresses stay closed. Every connection to the host would be refused, and look like an outage of it.",

  *run(topology) {
    for (const { at, by, host, how } of outsideOf(topology)) {
      const reason = privateName(host);
      if (reason === undefined) continue;
      yield {
        at,
        message: `${by} names ${host}, whose address stays closed: ${reason}`,
        idea: `${host} is named, and its address stays closed: ${reason}`,
        hint: /(^|\.)(svc|cluster\.local)$/.test(host) ? "add the service to `dependsOn`" : how,
      };
    }
  },
});

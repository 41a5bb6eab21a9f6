import { likelyPrivateName } from "../../facts/destinations.ts";
import { outsideOf } from "../destinations.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "dependencies/likely-private-host",
  severity: "warning",
  summary: "A host that has private addresses inside of its own network is declared by them",
  why: "Such a name is public, and what it leads to is not: asked for from the network that the thing is in, it is a private address, and these stay closed to names. From elsewhere, and if it is open to the internet, it works.",

  *run(topology) {
    for (const { at, by, host, how } of outsideOf(topology)) {
      const what = likelyPrivateName(host);
      if (what === undefined) continue;
      yield {
        at,
        message: `${by} names ${host}, ${what}, whose address inside of its own network is private and stays closed`,
        idea: `${host} is ${what}, whose address inside of its own network is private and stays closed`,
        hint: `${how}; accept this finding where it is called over the internet`,
      };
    }
  },
});

import { isAddress, neverOpen } from "../../facts/destinations.ts";
import { outsideOf } from "../destinations.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "dependencies/closed-address",
  severity: "error",
  summary: "No service is let to the node's metadata server, nor to addresses that are no host",
  why: "Whoever reaches the metadata server of a node has the node's rights in the cloud: it is the first thing that a break-in asks. A network that holds such an address opens it as well.",

  *run(topology) {
    for (const { at, by, host } of outsideOf(topology)) {
      const closed = isAddress(host) ? neverOpen(host) : undefined;
      if (closed === undefined) continue;
      yield {
        at,
        message: `${by} would open ${host}, and ${closed.range} is ${closed.title}`,
        idea: `${host} would be open, and ${closed.range} is ${closed.title}`,
        hint: host.includes("/")
          ? "name the networks that are called, without this one"
          : "take it out; rights in the cloud come from the service's own account",
      };
    }
  },
});

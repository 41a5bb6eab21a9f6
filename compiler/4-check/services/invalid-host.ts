import { childPath } from "../../diagnostics/config-path.ts";
import { defineCheck } from "../check.ts";
import { onePerService } from "../placement.ts";

export default defineCheck({
  id: "services/invalid-host",
  severity: "error",
  summary: "Hosts are DNS names",
  why: "A host with a scheme, a port or a path in it is no name that a resolver could answer, and gateways refuse it.",

  *run(topology) {
    for (const { name, exposure, egress } of onePerService(topology)) {
      const hosts = [
        ...(exposure === undefined
          ? []
          : exposure.hosts.map((host, index) => ({ at: childPath(`${exposure.source}.hosts`, index), host }))),
        ...egress.map(({ source, host }) => ({ at: `${source}.host`, host })),
      ];
      for (const { at, host } of hosts) {
        if (DNS_NAME.test(host) && host.length <= 253) continue;
        yield {
          at,
          message: `${name}: ${JSON.stringify(host)} is not a DNS name`,
          hint: 'write the name alone, as "shop.acme.example"',
        };
      }
    }
  },
});

/** RFC 1123, with a leading wildcard label as gateways take it: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names */
const DNS_NAME = /^(\*\.)?[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/;

import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "clusters/open-endpoint",
  severity: "error",
  summary: "A public API server is open to named networks alone",
  why: "An API server that the whole internet reaches is scanned within minutes; then only its authentication stands between an attacker and the cluster. The Terraform modules refuse the whole internet, and where no network is named nobody gets in.",

  *run({ clusters }) {
    for (const { name, endpoint, existing } of clusters) {
      if (!endpoint.public || existing) continue;
      if (endpoint.authorizedNetworks.length === 0) {
        yield {
          at: `${endpoint.source}.public`,
          message: `the API server of ${name} is public, and no network is named that may reach it`,
          idea: "a public API server, and no network is named that may reach it",
          hint: "name networks in `authorizedNetworks`, or take `public` out",
        };
      } else if (endpoint.authorizedNetworks.some((cidr) => cidr.endsWith("/0"))) {
        yield {
          at: `${endpoint.source}.authorizedNetworks`,
          message: `the API server of ${name} is open to the whole internet`,
          idea: "an API server is open to the whole internet",
          hint: "name the networks of your offices, VPN and runners",
        };
      }
    }
  },
});

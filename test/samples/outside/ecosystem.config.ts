import { address, defineEcosystem, text, url } from "eco-compile";
import { base, web } from "../base.ts";

/** A database with a private address that another cluster has elsewhere, an API of the internet, and a host that one service alone calls. */
export default defineEcosystem({
  ...base,
  environments: { trial: {}, live: { after: "trial" } },
  clusters: {
    ...base.clusters,
    two: { cloud: "gcp", region: "europe-north1", environment: "trial", version: "1.35", nodePools: { main: { machineType: "e2-standard-8", min: 4, max: 7 } } },
  },
  externals: {
    orders: {
      host: "orders.abc123.eu-north-1.rds.amazonaws.com",
      addresses: ["10.20.0.0/24"],
      port: 5432,
      availability: "99.95%",
      in: { trial: { host: "orders.trial.example", addresses: ["10.30.0.7", "10.30.0.8"] } },
    },
    mail: { host: "api.mail.example", port: 443, protocol: "https" },
  },
  services: {
    shop: {
      ...web,
      image: "registry.example/crew/shop",
      slos: ["up"],
      dependsOn: [{ external: "mail", critical: false }],
      egress: [{ host: "192.168.7.9", port: 6514 }, { host: "stats.example" }],
      config: { env: { ORDERS: text`postgres://${address({ external: "orders" })}/orders`, MAIL: url({ external: "mail", path: "/v3" }) } },
    },
    report: { team: "crew", kind: "job", image: "registry.example/crew/report", placement: "all", schedule: "7 3 * * *", dependsOn: [{ external: "orders" }] },
  },
});

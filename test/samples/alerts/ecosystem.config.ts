import { defineEcosystem } from "eco-compile";
import { base, web } from "../base.ts";

/** Alerts of services: on a service, where an environment says them otherwise, and on a job. */
export default defineEcosystem({
  ...base,
  services: {
    orders: {
      ...web,
      image: "registry.example/crew/orders",
      alerts: {
        OrdersWaiting: {
          when: 'max(orders_waiting{namespace="crew-apps"}) > 1000',
          for: "10m",
          severity: "critical",
          summary: "Orders wait: {{ not a template }}",
          runbook: "https://runbooks.sample.example/orders-waiting",
        },
        OrdersLate: { when: "order_age_seconds > 60", severity: "info", summary: "Orders are late" },
      },
      in: { live: { alerts: { OrdersLate: { for: "0s", severity: "warning" } } } },
    },
    report: {
      team: "crew",
      kind: "job",
      image: "registry.example/crew/report",
      placement: "all",
      schedule: "0 4 * * *",
      alerts: { ReportOld: { when: "time() - report_time_seconds > 90000", severity: "warning", summary: "No report today" } },
    },
  },
});

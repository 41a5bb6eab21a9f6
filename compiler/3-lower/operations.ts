import type { Ecosystem } from "../config/model/ecosystem.ts";
import { amount, currencyOf, fraction } from "../config/units.ts";
import { canonical, compareNames, entries } from "./resolve.ts";
import type {
  Aiops,
  Budget,
  Cloud,
  Continuity,
  Delivery,
  Observability,
  Optimization,
  Patch,
  Secret,
  Security,
  Team,
} from "./topology.ts";

export const lowerTeams = ({ teams }: Ecosystem): Team[] =>
  entries(teams, "teams").map(({ name, value, source }) => ({
    name,
    source,
    contact: value.contact,
    namespace: value.namespace ?? name,
  }));

export const lowerSecrets = ({ secrets }: Ecosystem): Secret[] =>
  entries(secrets, "secrets").map(({ name, value, source }) => ({
    name,
    source,
    store: value.store,
    path: value.path,
    keys: value.keys ?? ["value"],
    ...(value.rotate === undefined ? {} : { rotate: value.rotate }),
  }));

export function lowerSecurity({ security }: Ecosystem, clouds: readonly Cloud[]): Security {
  return {
    source: "security",
    mesh: { source: "security.mesh", enabled: security.mesh?.enabled ?? true, mtls: security.mesh?.mtls ?? "strict" },
    policies: {
      source: "security.policies",
      enforcement: security.policies?.enforcement ?? "dryrun",
      exemptNamespaces: [...(security.policies?.exemptNamespaces ?? [])].sort(compareNames),
    },
    allowedRegistries: [...security.allowedRegistries].sort(compareNames),
    ...(security.allowedMachineTypes === undefined
      ? {}
      : { allowedMachineTypes: [...security.allowedMachineTypes].sort(compareNames) }),
    allowedRegions: Object.fromEntries(clouds.map(({ name, regions }) => [name, regions.map((region) => region.name)])),
  };
}

export function lowerObservability({ observability }: Ecosystem): Observability {
  const { metrics, traces, logs, alertRoutes } = observability ?? {};
  return {
    source: "observability",
    metrics: {
      source: "observability.metrics",
      interval: metrics?.interval ?? "30s",
      retention: metrics?.retention ?? "15d",
    },
    traces: {
      source: "observability.traces",
      sampling: fraction(traces?.sampling ?? "1%"),
      retention: traces?.retention ?? "7d",
    },
    logs: { source: "observability.logs", retention: logs?.retention ?? "30d" },
    alertRoutes: entries(alertRoutes, "observability.alertRoutes").map(({ name, value, source }) => ({
      name,
      source,
      kind: value.kind,
      to: value.to,
    })),
  };
}

export const lowerBudgets = ({ budgets }: Ecosystem): Budget[] =>
  entries(budgets, "budgets").map(({ name, value, source }) => ({
    name,
    source,
    scope: canonical({ ...value.scope }),
    monthly: { amount: amount(value.monthly), currency: currencyOf(value.monthly) },
    alerts: (value.alerts ?? ["50%", "80%", "100%"]).map(fraction).sort((a, b) => a - b),
    ...(value.route === undefined ? {} : { route: value.route }),
  }));

export const lowerOptimization = ({ optimization }: Ecosystem): Optimization | undefined =>
  optimization && {
    source: "optimization",
    engine: optimization.engine ?? "hybrid",
    cadence: optimization.cadence,
    objective: canonical(optimization.objective),
    apply: optimization.apply ?? "pull-request",
    proposalExpiry: optimization.proposalExpiry ?? "7d",
  };

export const lowerContinuity = ({ continuity }: Ecosystem): Continuity | undefined =>
  continuity && { source: "continuity", ...canonical(continuity) };

export const lowerAiops = ({ aiops }: Ecosystem): Aiops | undefined =>
  aiops && {
    source: "aiops",
    ...(aiops.forecast === undefined ? {} : { forecast: aiops.forecast }),
    ...(aiops.anomalies === undefined
      ? {}
      : {
          anomalies: {
            falseAlarms: fraction(aiops.anomalies.falseAlarms ?? "0.1%"),
            ...(aiops.anomalies.route === undefined ? {} : { route: aiops.anomalies.route }),
          },
        }),
  };

export const lowerDelivery = ({ delivery }: Ecosystem): Delivery | undefined =>
  delivery && {
    source: "delivery",
    registries: delivery.registries,
    stages: delivery.stages ?? ["test", "build", "scan", "promote"],
    promotion: delivery.promotion ?? "pull-request",
  };

export const lowerPatches = ({ patches }: Ecosystem): Patch[] =>
  (patches ?? []).map((patch, index) => ({ ...canonical(patch), source: `patches[${index}]` }));

import { seconds } from "../config/units.ts";
import type {
  CallOptions as ConfigCallOptions,
  ConnectionOptions as ConfigConnectionOptions,
  Outliers as ConfigOutliers,
  Retries,
} from "../config/model/calls.ts";
import type { ServiceFields } from "../config/model/services.ts";
import type { CallOptions, ConnectionOptions, Outliers } from "../topology/calls.ts";
import type { Dependency } from "../topology/workloads.ts";
import { percent } from "./strategies.ts";

/** What a service says that it calls of the others. */
export const servicesCalled = (
  { dependsOn = [] }: Pick<ServiceFields, "dependsOn">,
  at: (index: number) => string,
): Called[] =>
  dependsOn.flatMap((entry, index) =>
    "external" in entry
      ? []
      : {
          source: at(index),
          service: entry.service,
          port: entry.port,
          critical: entry.critical ?? true,
          ...lowerCall(entry, at(index)),
        },
  );

/** A dependency, wherever the other service is. */
export type Called = Omit<Dependency, "peer">;

/** What an entry of `dependsOn` says of the call; nothing where it says nothing. */
const lowerCall = (options: ConfigCallOptions, source: string): Pick<Called, "call"> => {
  const { timeout, retries } = options;
  const { call } = lowerConnection(options, source);
  return call === undefined && timeout === undefined && retries === undefined
    ? {}
    : {
        call: {
          source,
          ...call,
          ...(timeout === undefined ? {} : { timeout }),
          ...(retries === undefined ? {} : { retries: lowerRetries(retries) }),
        },
      };
};

/** What it says of the connection alone. */
export const lowerConnection = (
  { connectTimeout, outliers }: ConfigConnectionOptions,
  source: string,
): { call?: ConnectionOptions } =>
  connectTimeout === undefined && outliers === undefined
    ? {}
    : {
        call: {
          source,
          ...(connectTimeout === undefined ? {} : { connectTimeout }),
          ...(outliers === undefined ? {} : { outliers: lowerOutliers(outliers) }),
        },
      };

/**
 * Envoy's own values, but for the share: by its 10 % no pod of fewer than ten would ever be ejected
 * (https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/outlier_detection.proto).
 */
const lowerOutliers = ({ errors, on, ejectionTime = "30s", maxEjected, minHealthy }: ConfigOutliers): Outliers => ({
  errors: errors ?? 5,
  on: on ?? "5xx",
  // Errors in a row are seen at once: this decides no more than when an ejected pod comes back.
  interval: seconds(ejectionTime) < 10 ? ejectionTime : "10s",
  ejectionTime,
  maxEjected: percent(maxEjected ?? "50%"),
  minHealthy: percent(minHealthy ?? "0%"),
});

const lowerRetries = ({ attempts, perTry, on }: Retries): NonNullable<CallOptions["retries"]> => ({
  attempts,
  ...(perTry === undefined ? {} : { perTry }),
  ...(on === undefined ? {} : { on }),
});

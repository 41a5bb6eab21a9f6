import type { CallOptions as ConfigCallOptions, Retries } from "../config/model/calls.ts";
import type { ServiceFields } from "../config/model/services.ts";
import type { CallOptions } from "../topology/calls.ts";
import type { Dependency } from "../topology/workloads.ts";

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
const lowerCall = ({ timeout, retries }: ConfigCallOptions, source: string): Pick<Called, "call"> =>
  timeout === undefined && retries === undefined
    ? {}
    : {
        call: {
          source,
          ...(timeout === undefined ? {} : { timeout }),
          ...(retries === undefined ? {} : { retries: lowerRetries(retries) }),
        },
      };

const lowerRetries = ({ attempts, perTry, on }: Retries): NonNullable<CallOptions["retries"]> => ({
  attempts,
  ...(perTry === undefined ? {} : { perTry }),
  ...(on === undefined ? {} : { on }),
});

import type { CallOptions as ConfigCallOptions, Retries } from "../config/model/calls.ts";
import type { CallOptions } from "../topology/calls.ts";

/** What an entry of `dependsOn` says of the call; undefined where it says nothing. */
export const lowerCall = ({ timeout, retries }: ConfigCallOptions, source: string): CallOptions | undefined =>
  timeout === undefined && retries === undefined
    ? undefined
    : {
        source,
        ...(timeout === undefined ? {} : { timeout }),
        ...(retries === undefined ? {} : { retries: lowerRetries(retries) }),
      };

const lowerRetries = ({ attempts, perTry, on }: Retries): NonNullable<CallOptions["retries"]> => ({
  attempts,
  ...(perTry === undefined ? {} : { perTry }),
  ...(on === undefined ? {} : { on }),
});

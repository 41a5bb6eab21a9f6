import { didYouMean } from "../diagnostics/suggest.ts";
import type { Finding } from "../diagnostics/diagnostic.ts";
import type { SecretKey } from "../topology/secrets.ts";

/** What is wrong with a key that somebody reads: the secret has no such one, or several and none is named. */
export function missingKey(reader: string, { source, secret: { name, keys }, key }: SecretKey): Finding[] {
  if (key !== undefined && keys.includes(key)) return [];
  return [
    {
      at: key === undefined ? source : `${source}.key`,
      message:
        key === undefined
          ? `${reader} does not say which key of the secret ${name} it is`
          : `the secret ${name} has no key ${key}`,
      hint: (key === undefined ? undefined : didYouMean(key, keys)) ?? `its keys are ${keys.join(", ")}`,
    },
  ];
}

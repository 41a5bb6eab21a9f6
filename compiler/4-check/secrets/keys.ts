import { childPath } from "../../diagnostics/config-path.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "secrets/keys",
  severity: "error",
  summary: "Keys of a secret that becomes environment variables are names of variables",
  why: "A key may have dots and dashes as a file; as a variable, shells and most software could not read it.",

  *run({ workloads }) {
    for (const { source, secret, env, keys, names } of workloads.flatMap((workload) => workload.secrets)) {
      const odd = env ? keys.find(({ name }) => !VARIABLE.test(name)) : undefined;
      if (odd === undefined) continue;
      const isNamed = Object.hasOwn(names, odd.key);
      yield {
        at: isNamed ? childPath(`${source}.keys`, odd.key) : `${source}.env`,
        message: isNamed
          ? `${odd.name} cannot be an environment variable`
          : `the key ${odd.key} of ${secret.name} cannot be an environment variable`,
        hint: isNamed
          ? "take letters, digits and _"
          : `read it as a file, or give it another name here: keys: { ${JSON.stringify(odd.key)}: "${variable(odd.key)}" }`,
      };
    }
  },
});

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A key as variables are called. */
const variable = (key: string): string =>
  key
    .replace(/[^A-Za-z0-9]/g, "_")
    .replace(/^(?=\d)/, "_")
    .toUpperCase();

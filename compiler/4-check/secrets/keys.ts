import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "secrets/keys",
  severity: "error",
  summary: "Keys of a secret that becomes environment variables are names of variables",
  why: "A key may have dots and dashes as a file; as a variable, shells and most software could not read it.",

  *run({ workloads }) {
    for (const { source, secret, env } of workloads.flatMap((workload) => workload.secrets)) {
      const odd = env ? secret.keys.find((key) => !VARIABLE.test(key)) : undefined;
      if (odd !== undefined)
        yield {
          at: `${source}.env`,
          message: `the key ${odd} of ${secret.name} cannot be an environment variable`,
          hint: "read it as a file, or rename the key to letters, digits and _",
        };
    }
  },
});

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

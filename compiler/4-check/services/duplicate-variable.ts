import { defineCheck } from "../check.ts";
import { onePerForm } from "../../facts/placement.ts";

export default defineCheck({
  id: "services/duplicate-variable",
  severity: "error",
  summary: "Each environment variable has one value",
  why: "A key of a secret that becomes a variable, and a variable of the config or of another secret, would have one name. Kubernetes takes the last without a word; the charts refuse it.",

  *run(topology) {
    for (const { name: service, config, secrets } of onePerForm(topology)) {
      const given = new Map(Object.keys({ ...config.env, ...config.fields }).map((key) => [key, "the config"]));
      for (const { source, secret } of secrets.filter(({ env }) => env)) {
        const twice = secret.keys.find((key) => given.has(key));
        if (twice !== undefined)
          yield {
            at: `${source}.env`,
            message: `${service}: the variable ${twice} comes from secret ${secret.name} and from ${given.get(twice)}`,
            hint: `rename one of the two, or read the secret as a file`,
          };
        for (const key of secret.keys) given.set(key, `secret ${secret.name}`);
      }
    }
  },
});

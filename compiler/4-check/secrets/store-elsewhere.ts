import { secretReaders } from "../../facts/secret-readers.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "secrets/store-elsewhere",
  severity: "error",
  summary: "A secret is kept in the cloud of whoever reads it",
  why: "Clouds share nothing: the identity that reads secrets is one of the cluster's own account, and the secret manager of another refuses it. The secret would never arrive, and pods that mount it never start.",

  *run(topology) {
    for (const { secret, source, title, cloud } of secretReaders(topology)) {
      if (secret.store === undefined || secret.store === "vault" || secret.store === cloud) continue;
      yield {
        at: source,
        message: `${title} is in ${cloud}, and the secret ${secret.name} is kept in ${secret.store}`,
        idea: `the secret ${secret.name} is kept in ${secret.store}, and is read in other clouds`,
        hint: `keep it in each cloud: leave out its \`store\`, and add it to the secret manager of ${cloud}; or keep it in Vault`,
        related: [{ at: secret.written.store, message: secret.store }],
      };
    }
  },
});

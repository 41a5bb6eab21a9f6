import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "secrets/store-cloud-missing",
  severity: "error",
  summary: "A secret lives in a cloud that the ecosystem uses",
  why: "Without the cloud there is no account to look in, and no identity that could ask: the secret would never arrive, and pods that mount it never start.",

  *run({ secrets, clouds }) {
    for (const { name, written, store } of secrets) {
      if (store === "vault" || clouds.some((cloud) => cloud.name === store)) continue;
      yield {
        at: written.store,
        message: `${name} is kept in ${store}, which is not among the clouds`,
        idea: `${store} is not among the clouds`,
        hint: `declare clouds.${store}, or move the secret`,
      };
    }
  },
});

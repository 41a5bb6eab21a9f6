import { onePerForm } from "../../facts/placement.ts";
import { PULL_KEY } from "../../facts/secret-readers.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "secrets/pull-key",
  severity: "error",
  summary: "A secret that images are pulled with is one that nodes can read",
  why: "The kubelet logs in to a registry with what stands under one key, in the form of Docker's configuration file. Without it the image is never pulled.",

  *run(topology) {
    for (const { name, pods } of onePerForm(topology))
      for (const { source, secret } of pods.pullSecrets)
        if (!secret.keys.includes(PULL_KEY))
          yield {
            at: source,
            message: `${name}: the secret ${secret.name} has no key ${PULL_KEY}`,
            hint: `let its content have the form of ~/.docker/config.json, and say so: keys: ["${PULL_KEY}"]`,
          };
  },
});

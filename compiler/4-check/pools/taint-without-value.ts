import { childPath } from "../../diagnostics/config-path.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "pools/taint-without-value",
  severity: "error",
  summary: "Taints on AKS have a value",
  why: "AKS takes taints as `key=value:effect` and in no other form: https://learn.microsoft.com/azure/aks/use-node-taints. Kubernetes and the other clouds take a key alone as well.",

  *run({ clusters }) {
    for (const { cloudKind, existing, nodePools } of clusters) {
      if (cloudKind !== "azure" || existing) continue;
      for (const { name, source, taints } of nodePools) {
        for (const [index, { key, value }] of taints.entries()) {
          if (value !== "") continue;
          yield {
            at: `${childPath(`${source}.taints`, index)}.value`,
            message: `${name}: the taint ${key} has no value`,
            hint: 'write one, as "true"',
          };
        }
      }
    }
  },
});

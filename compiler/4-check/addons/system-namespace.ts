import { isSystemNamespace } from "../../facts/names.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "addons/system-namespace",
  severity: "error",
  risk: true,
  summary: "An add-on does not run in a namespace of Kubernetes' own",
  why: "Policies, Pod Security and network rules leave these namespaces alone, since the cloud runs the cluster's own components there. Agents of nodes that must not be evicted may have no other place.",

  *run({ declaredAddons }) {
    for (const { name, source, namespace } of declaredAddons) {
      if (!isSystemNamespace(namespace)) continue;
      yield {
        at: `${source}.namespace`,
        message: `${name} would run in ${namespace}, where nothing holds it back`,
        hint: `give it a namespace of its own: namespace: "${name}"`,
      };
    }
  },
});

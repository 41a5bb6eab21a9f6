import { defineCheck } from "../check.ts";
import { NAMESPACES, PLATFORM_PROJECT } from "../../3-lower/names.ts";
import { RESERVED_ROOTS } from "../../3-lower/terraform.ts";

export default defineCheck({
  id: "names/reserved",
  severity: "error",
  summary: "Names that the platform uses itself are not taken",
  why: "A team in `kube-system` could replace what holds the cluster together; a cluster called `foundation` would share its Terraform state with its cloud's network.",

  *run({ teams, clusters }) {
    for (const { name, source, namespace } of teams) {
      if (RESERVED_NAMESPACES.has(namespace)) {
        yield { at: namespace === name ? source : `${source}.namespace`, ...(namespace === name ? { key: true } : {}), message: `the namespace ${namespace} belongs to the platform`, hint: "give the team a namespace of its own" };
      } else if (name === PLATFORM_PROJECT) yield { at: source, key: true, message: `${name} is the Argo CD project of the platform's add-ons`, hint: "give the team another name" };
    }
    for (const { name, source } of clusters) {
      if (RESERVED_ROOTS.includes(name)) yield { at: source, key: true, message: `${name} is the name of a Terraform root of every cloud`, hint: "give the cluster another name" };
    }
  },
});

/** Kubernetes' own (https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces) and the add-ons'. */
const RESERVED_NAMESPACES: ReadonlySet<string> = new Set(["default", "kube-system", "kube-public", "kube-node-lease", ...Object.values(NAMESPACES)]);

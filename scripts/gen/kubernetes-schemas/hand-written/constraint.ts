import type { Schema } from "../schema.ts";
import { REF } from "../schema.ts";
import { list, object, STRING } from "./field.ts";

/** Globs at either end, as Gatekeeper's pkg/wildcard takes them. */
const GLOB: Schema = { type: "string", pattern: "^\\*?[-:a-z0-9]*\\*?$" };
const LABEL_SELECTOR: Schema = { $ref: `${REF}io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector` };

/**
 * What every constraint has: Gatekeeper makes its CRD from the template when it runs, out of CreateSchema in the
 * constraint framework (pkg/client/crds/schema.go) and its own match
 * (config/crd/bases/match.gatekeeper.sh_matchcrd.yaml). The parameters are the template's own; they stay open here, and
 * the compiler's verify phase closes them with the template at hand. Enforcement actions:
 * https://open-policy-agent.github.io/gatekeeper/website/docs/violations
 */
export const constraint: Schema = object({
  spec: object({
    match: object({
      excludedNamespaces: list(GLOB),
      kinds: list(object({ apiGroups: list(STRING), kinds: list(STRING) })),
      labelSelector: LABEL_SELECTOR,
      name: GLOB,
      namespaceSelector: LABEL_SELECTOR,
      namespaces: list(GLOB),
      scope: { enum: ["*", "Cluster", "Namespaced"], type: "string" },
      source: { enum: ["All", "Generated", "Original"], type: "string" },
    }),
    enforcementAction: { enum: ["deny", "dryrun", "scoped", "warn"], type: "string" },
    scopedEnforcementActions: list(
      object({
        action: { enum: ["deny", "dryrun", "warn"], type: "string" },
        enforcementPoints: list(object({ name: STRING })),
      }),
    ),
    parameters: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
  }),
});

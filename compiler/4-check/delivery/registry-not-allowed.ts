import { childPath } from "../../diagnostics/config-path.ts";
import { defineCheck } from "../check.ts";
import { isWithin } from "../../facts/image-names.ts";
import { list } from "../../facts/placement.ts";

export default defineCheck({
  id: "delivery/registry-not-allowed",
  severity: "warning",
  summary: "The pipeline pushes to registries that clusters may pull from",
  why: "An image that is built and pushed elsewhere can be promoted, and then no cluster admits it.",

  *run({ delivery, security }) {
    for (const [index, registry] of (delivery?.registries ?? []).entries()) {
      // Either may be the narrower one: a registry as a whole, or a part of it that is allowed.
      if (
        isWithin(registry, security.allowedRegistries) ||
        security.allowedRegistries.some((allowed) => isWithin(allowed, [registry]))
      )
        continue;
      yield {
        at: childPath(`${delivery!.source}.registries`, index),
        message: `nothing from ${registry} is allowed`,
        hint: `allowed: ${list(security.allowedRegistries)}`,
        related: [{ at: "security.allowedRegistries", message: "what is allowed" }],
      };
    }
  },
});

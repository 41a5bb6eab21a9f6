import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "management/self",
  severity: "warning",
  summary: "The management cluster does not apply the ground that it stands on",
  why: "It runs in its cloud's foundation: network, identities, keys. A bad change to them, applied from inside and without an approval, can cut the cluster off from what would undo it. Its own root is gated in any case.",

  *run({ terraformRoots, management }) {
    for (const { kind, cloud, apply, environment } of terraformRoots) {
      if (kind !== "foundation" || cloud !== management.cloud || apply !== "continuous") continue;
      yield {
        at: `${environment.source}.apply`,
        message: `${management.name} would continuously apply the foundation of ${cloud}, which it runs on`,
        hint: 'set apply: "gated" for this environment, or move `management` to a cluster in another cloud',
        related: [{ at: "management.cluster", message: management.name }],
      };
    }
  },
});

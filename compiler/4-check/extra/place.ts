import type { Extra } from "../../topology/extra.ts";
import type { Topology } from "../../topology/index.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "extra/place",
  severity: "error",
  summary: "A folder of `extra` goes to one cluster or one Terraform root",
  why: "Who applies it decides how it is read and by which rules it is judged; without an applier it would lie there unread.",

  *run(topology) {
    for (const extra of topology.extra) {
      const { source, folder, cluster, root } = extra;
      if ((cluster === undefined) === (root === undefined)) {
        const message = cluster === undefined ? `${folder} goes nowhere` : `${folder} goes to a cluster and to a root`;
        yield {
          at: source,
          message,
          hint: "say `cluster` for manifests, or `root` for a Terraform module; a second entry for a second place",
        };
      } else if (root !== undefined) yield* rootFindings(topology, extra, root);
    }
  },
});

function* rootFindings({ terraformRoots }: Topology, { source, folder }: Extra, root: string) {
  const at = `${source}.root`;
  const found = terraformRoots.find(({ name }) => name === root);
  const callable = terraformRoots.filter(({ kind }) => kind !== "state-store").map(({ name }) => name);
  if (found === undefined)
    yield {
      at,
      message: `there is no Terraform root "${root}"`,
      hint: didYouMean(root, callable) ?? `there are ${callable.join(", ")}`,
    };
  else if (found.kind === "state-store")
    yield {
      at,
      message: `${root} is applied once by hand, before anything else: ${folder} would hardly ever be`,
      hint: `choose another root: ${callable.join(", ")}`,
    };
}

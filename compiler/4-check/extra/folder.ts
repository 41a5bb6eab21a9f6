import { extraName, workloadApplication } from "../../facts/names.ts";
import type { Extra } from "../../topology/extra.ts";
import type { Topology } from "../../topology/index.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "extra/folder",
  severity: "error",
  summary: "A folder of `extra` is nobody else's",
  why: "What lies below `generated/` belongs to the compiler, and a folder that two Applications read has two owners for each of its objects.",

  *run(topology) {
    for (const [index, extra] of topology.extra.entries()) {
      const at = `${extra.source}.folder`;
      const owned = OWNED.find((folder) => isWithin(extra.folder, folder) || isWithin(folder, extra.folder));
      if (owned !== undefined)
        yield {
          at,
          message: `${extra.folder} overlaps ${owned}/, which is not yours alone`,
          hint: "name a folder beside it, as manifests/mine",
        };
      const earlier = topology.extra.slice(0, index).find((other) => shares(other, extra));
      if (earlier !== undefined)
        yield {
          at,
          message: clash(earlier, extra),
          hint: "give each place a folder of its own, with names of their own",
          related: [{ at: earlier.source, message: earlier.folder }],
        };
      yield* takenName(topology, extra);
    }
  },
});

/** Where the compiler, git and npm write. */
const OWNED = ["generated", ".git", ".github", ".eco-compile", "node_modules"];

/** macOS and Windows do not tell upper from lower case. */
const isWithin = (path: string, folder: string): boolean =>
  `${path.toLowerCase()}/`.startsWith(`${folder.toLowerCase()}/`);

const sameName = (one: Extra, other: Extra): boolean => extraName(one.folder) === extraName(other.folder);

/** On one cluster or root, two entries with one folder in the other, or with one name. */
const shares = (one: Extra, other: Extra): boolean =>
  one.cluster === other.cluster &&
  one.root === other.root &&
  (isWithin(one.folder, other.folder) || isWithin(other.folder, one.folder) || sameName(one, other));

const clash = (earlier: Extra, extra: Extra): string =>
  isWithin(extra.folder, earlier.folder) || isWithin(earlier.folder, extra.folder)
    ? `${extra.folder} and ${earlier.folder} are applied to the same place twice`
    : `${extra.folder} and ${earlier.folder} would both be called ${extra.name}`;

function* takenName({ workloads }: Topology, { source, folder, name, cluster }: Extra) {
  const taken = workloads.find(
    (workload) => workload.cluster.name === cluster && workloadApplication(workload.name) === name,
  );
  if (taken !== undefined)
    yield {
      at: `${source}.folder`,
      message: `the Application of ${folder} would be called ${name}, as that of a service is`,
      hint: "rename the folder",
      related: [{ at: taken.source, message: taken.name }],
    };
}

import { relative } from "node:path/posix";
import type { Artifact } from "../../5-emit/artifact.ts";
import { vendor } from "../../5-emit/vendor.ts";
import type { Library } from "../../1-load/package-library.ts";
import { VENDORED_LIBRARY } from "../../facts/names.ts";
import type { CloudKind } from "../../config/model/clouds.ts";
import type { TerraformRoot } from "../../topology/terraform.ts";
import type { Topology } from "../../topology/index.ts";
import type { Target } from "../../5-emit/target.ts";
import { contribution } from "./contribution.ts";
import { rootFiles, type Root, type RootParts } from "./root.ts";
import { clusterRoot } from "./roots/cluster.ts";
import { foundationRoot } from "./roots/foundation.ts";
import { runnersRoot } from "./roots/runners.ts";
import { stateStoreRoot } from "./roots/state-store.ts";
import { identitiesOn, WORKLOAD_IDENTITY } from "./roots/workload-identities.ts";

/**
 * One Terraform root per state: it calls the hand-written modules with literal values and holds no resource of its own.
 */
export default {
  name: "terraform",
  summary: "Terraform roots that call terraform-modules/: state stores, foundations, clusters, runners",
  contribute: contribution,
  emit: (topology, _options, library) => [
    ...topology.terraformRoots.flatMap((root) => emitRoot(topology, root)),
    ...vendoredModules(topology, library),
  ],
} satisfies Target;

const parts: Record<TerraformRoot["kind"], (root: Root) => RootParts> = {
  "state-store": stateStoreRoot,
  foundation: foundationRoot,
  cluster: clusterRoot,
  runners: runnersRoot,
};

const moduleFolder = (kind: CloudKind): string => `terraform-modules/${kind}`;

/** All modules of the clouds; that for add-ons' identities where a root calls it. */
function vendoredModules(topology: Topology, library: Library): Artifact[] {
  const withIdentities = new Set(
    topology.clusters.filter((cluster) => identitiesOn(topology, cluster).length > 0).map(({ cloudKind }) => cloudKind),
  );
  const kinds = [...new Set(topology.clouds.map(({ kind }) => kind))];
  const uncalled = kinds
    .filter((kind) => !withIdentities.has(kind))
    .map((kind) => `${VENDORED_LIBRARY}/${moduleFolder(kind)}/${WORKLOAD_IDENTITY}/`);
  const folders = kinds.map(moduleFolder);
  return vendor(topology, library, folders).filter(({ path }) => !uncalled.some((folder) => path.startsWith(folder)));
}

function emitRoot(topology: Topology, root: TerraformRoot): Artifact[] {
  const cloud = topology.clouds.find(({ name }) => name === root.cloud)!;
  const context: Root = {
    topology,
    root,
    cloud,
    module: (name) => relative(root.path, `${topology.library.modules}/${cloud.kind}/${name}`),
    labels: {
      "managed-by": "eco-compile",
      ecosystem: topology.name,
      ...(root.kind === "cluster" ? { environment: root.environment.name, cluster: root.cluster! } : {}),
    },
  };
  return rootFiles(context, parts[root.kind](context));
}

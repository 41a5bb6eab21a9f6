import { relative } from "node:path/posix";
import type { Artifact } from "../../5-emit/artifact.ts";
import { vendor } from "../../5-emit/vendor.ts";
import type { Library } from "../../1-load/package-library.ts";
import type { CloudName } from "../../topology/clouds.ts";
import type { TerraformRoot } from "../../topology/terraform.ts";
import type { Topology } from "../../topology/index.ts";
import type { Target } from "../../5-emit/target.ts";
import { contribution } from "./contribution.ts";
import { rootFiles, type Root, type RootParts } from "./root.ts";
import { clusterRoot } from "./roots/cluster.ts";
import { foundationRoot } from "./roots/foundation.ts";
import { runnersRoot } from "./roots/runners.ts";
import { stateStoreRoot } from "./roots/state-store.ts";

/**
 * One Terraform root per state: it calls the hand-written modules with literal values and holds no resource of its own.
 */
export default {
  name: "terraform",
  summary: "Terraform roots that call terraform-modules/: state stores, foundations, clusters, runners",
  consumes: ["name", "library", "repository.url", "clouds", "clusters", "runners", "secrets.*.path", "extra"],
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

const moduleFolder = (cloud: CloudName): string => `terraform-modules/${cloud}`;

/** All modules of the clouds but that for identities, which no root calls. */
function vendoredModules(topology: Topology, library: Library): Artifact[] {
  const folders = [...new Set(topology.clouds.map(({ name }) => moduleFolder(name)))];
  return vendor(topology, library, folders).filter(({ path }) => !path.includes("/workload-identity/"));
}

function emitRoot(topology: Topology, root: TerraformRoot): Artifact[] {
  const cloud = topology.clouds.find(({ name }) => name === root.cloud)!;
  const context: Root = {
    topology,
    root,
    cloud,
    module: (name) => relative(root.path, `${topology.library.modules}/${cloud.name}/${name}`),
    labels: {
      "managed-by": "eco-compile",
      ecosystem: topology.name,
      ...(root.kind === "cluster" ? { environment: root.environment.name, cluster: root.cluster! } : {}),
    },
  };
  return rootFiles(context, parts[root.kind](context));
}

import { relative } from "node:path/posix";
import type { Cluster } from "../../topology/clusters.ts";
import type { Environment } from "../../topology/environments.ts";
import type { TerraformRoot } from "../../topology/terraform.ts";
import type { Topology } from "../../topology/index.ts";
import { NAMESPACES, terraformObjectsPath, VENDORED_LIBRARY } from "../../facts/names.ts";
import { CLOUD_COMMANDS } from "./access.ts";

/** The folder of the page; links are relative to it, commands to the project. */
export const GENERATED = "generated";
const link = (path: string): string => relative(GENERATED, path);

/** The words of two commands. */
interface Apply {
  init: readonly string[];
  apply: readonly string[];
}

/** What `templates/overview.hbs` shows: plain data, complete, in the order of the page. */
export function overview(topology: Topology) {
  const {
    name,
    repository,
    library,
    clouds,
    clusters,
    environments,
    management,
    runners,
    terraformRoots: roots,
  } = topology;
  const [first, ...later] = environments;
  const byHand = appliedByHand(roots);
  const follow = roots.filter((root) => root.apply === "continuous" && !byHand.includes(root));
  return {
    name,
    url: repository.url,
    folder: repository.path === "." ? null : repository.path,
    management: { name: management.name, page: page(management), objects: link(terraformObjectsPath(management.name)) },
    vendored: library.vendored ? link(VENDORED_LIBRARY) : null,
    argoCd: library.vendored ? null : link("argocd/README.md"),
    environments: environments.map((environment) => ({
      name: environment.name,
      revision: environment.revision,
      clusters: inEnvironment(clusters, environment),
    })),
    first: { name: first!.name, revision: first!.revision },
    promotions: later.map((environment, index) => ({
      name: environment.name,
      after: environment.after!,
      approval: environment.approval,
      push: ["git", "push", "origin", refspec(environments[index]!.revision, environment.revision)],
    })),
    pointers: later.map(({ revision }) => ["git", "push", "origin", refspec(first!.revision, revision)]),
    commands: unique(clouds.flatMap(({ kind }) => CLOUD_COMMANDS[kind])),
    roots: roots.map((root) => ({
      name: root.name,
      page: link(root.path),
      apply: root.apply,
      environment: root.apply === "manual" ? null : root.environment.name,
    })),
    gated: roots.some(({ apply }) => apply === "gated"),
    continuous: roots.some(({ apply }) => apply === "continuous"),
    stateStores: roots
      .filter(({ apply }) => apply === "manual")
      .map((root) => ({
        ...applied(root),
        cloud: root.cloud,
        guide: link(`${library.modules}/${root.cloudKind}/state-store/README.md`),
      })),
    byHand: byHand.map(applied),
    // What a runners' machine registers itself with; Terraform refers to it and never holds it.
    tokens: unique(
      runners.flatMap((runner) =>
        runner.kind === "vm" ? [`${runner.token.store ?? runner.cloud}: ${runner.token.path}`] : [],
      ),
    ),
    follow:
      follow.length === 0
        ? null
        : {
            roots: follow.map((root) => root.name),
            clouds: unique(follow.map(({ cloud }) => cloud)),
            account: `${NAMESPACES.terraform}/tf-runner`,
          },
    // The management cluster first: it makes the others.
    clusters: environments
      .flatMap((environment) => inEnvironment(clusters, environment))
      .sort((a, b) => Number(b.name === management.name) - Number(a.name === management.name)),
  };
}

/** Moves the pointer forward, and never back: git refuses a push that is no fast-forward. */
const refspec = (from: string, to: string): string => `origin/${from}:refs/heads/${to}`;

/** The gated roots and all that they need, in an order that works: a root comes after those that it depends on. */
function appliedByHand(roots: readonly TerraformRoot[]): TerraformRoot[] {
  const needed = new Set(roots.filter(({ apply }) => apply === "gated"));
  for (const root of needed) for (const other of roots) if (root.dependsOn.includes(other.name)) needed.add(other);
  return roots.filter((root) => needed.has(root));
}

const applied = ({ path }: TerraformRoot): Apply => ({
  init: ["terraform", `-chdir=${path}`, "init"],
  apply: ["terraform", `-chdir=${path}`, "apply"],
});

const page = ({ path }: Cluster): string => link(`${path}/README.md`);

const inEnvironment = (clusters: readonly Cluster[], { name }: Environment) =>
  clusters
    .filter(({ environment }) => environment.name === name)
    .map((cluster) => ({ name: cluster.name, page: page(cluster) }));

const unique = <T extends string>(names: readonly T[]): T[] => [...new Set(names)];

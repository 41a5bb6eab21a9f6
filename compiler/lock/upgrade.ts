import { parsePath } from "../diagnostics/config-path.ts";
import type { Lock } from "./choices.ts";

/** What an upgrade is about. */
export interface Scope {
  /** `compiler`, `kubernetes`, `charts`, `components`, `providers`, or the name of an add-on. Default: all of them */
  what?: string;
  /** Default: everywhere */
  environment?: string;
}

/** A version in the lock, and whose it is. */
interface Version {
  path: string;
  kinds: readonly string[];
  /** The environments that would see it change; empty for what belongs to none. */
  environments: readonly string[];
}

/** The part of a config that tells who is where. */
export interface Placed {
  clusters?: Readonly<Record<string, { cloud?: unknown; environment?: unknown }>>;
}

/** Paths of the versions that a scope takes newer ones of. */
export function versionsIn(lock: Lock, config: Placed, { what, environment }: Scope): string[] {
  return Object.keys(lock)
    .flatMap((path) => versionAt(path, config) ?? [])
    .filter(({ kinds }) => what === undefined || kinds.includes(what))
    .filter(
      ({ environments }) => environment === undefined || (environments.length === 1 && environments[0] === environment),
    )
    .map(({ path }) => path);
}

/** Words that a scope may have for this lock. */
export const upgradable = (lock: Lock, config: Placed): string[] => [
  ...new Set(Object.keys(lock).flatMap((path) => versionAt(path, config)?.kinds ?? [])),
];

function versionAt(path: string, { clusters = {} }: Placed): Version | undefined {
  const [section, name, field, addon] = parsePath(path).map(String);
  const environmentsOf = (isMeant: (cluster: string) => boolean): string[] => [
    ...new Set(
      Object.entries(clusters).flatMap(([key, { environment }]) => (isMeant(key) ? [String(environment)] : [])),
    ),
  ];
  if (path === "compiler") return { path, kinds: ["compiler"], environments: [] };
  if (section === "clusters" && field === "version")
    return { path, kinds: ["kubernetes"], environments: environmentsOf((cluster) => cluster === name) };
  if (section === "environments" && (field === "charts" || field === "apps"))
    return { path, kinds: ["charts", addon!], environments: [name!] };
  if (section === "environments" && field === "components")
    return { path, kinds: ["components"], environments: [name!] };
  if (section === "clouds" && field === "provider")
    return { path, kinds: ["providers"], environments: environmentsOf((cluster) => clusters[cluster]!.cloud === name) };
  return undefined;
}

/** What choosing anew does to what runs, for choices that are no versions. */
const DANGERS: readonly (readonly [RegExp, string])[] = [
  [/\.subnet\.(?:pods|services)$/, "clusters in the region are replaced: their ranges cannot change during their life"],
  [/\.subnet\.(?:parts|partOf\..*)$/, "the region's subnets are replaced, with the nodes and load balancers in them"],
  [
    /^clusters\..*\.cloud$/,
    "Terraform looks for the cluster in another account, where it is not: its state and all that it made stay behind",
  ],
  [/\.zones$/, "subnets and node pools of zones that are left are deleted"],
  [/\.stateStore\.region$/, "Terraform looks for its states elsewhere: they have to be moved there first, by hand"],
  [/\.(?:production|pointer|approval)$|\.foundation\.environment$/, "who approves and applies changes becomes another"],
];

export const dangerOf = (path: string): string | undefined => DANGERS.find(([pattern]) => pattern.test(path))?.[1];

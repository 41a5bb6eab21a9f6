import { block, type HclPart } from "../../../5-emit/serialise/hcl-file.ts";
import { ref } from "../../../5-emit/serialise/hcl.ts";
import { addonsOn } from "../../../facts/addons.ts";
import { cloudIdentity } from "../../../facts/names.ts";
import type { Addon, CloudPermission } from "../../../topology/addons.ts";
import type { CloudKind } from "../../../config/model/clouds.ts";
import type { Cluster } from "../../../topology/clusters.ts";
import type { Topology } from "../../../topology/index.ts";
import { foundationState, identifier, type Output, type Root } from "../root.ts";

/** The module that is called once for each. */
export const WORKLOAD_IDENTITY = "workload-identity";

/** A service account of an add-on that has rights at the cloud of its cluster. */
interface WorkloadIdentity {
  namespace: string;
  serviceAccount: string;
  /** Not empty; in the words of the cloud's module. */
  rights: Record<string, readonly unknown[]>;
}

/**
 * What the add-ons of a cluster ask of its cloud, in the order of the add-ons. What a service account is asked for twice
 * is joined: it has one identity. What is asked for on other clouds alone is nothing here. Throws where a permission
 * names no right: that is a mistake of the target which contributed the add-on, and no config can mend it.
 */
export function identitiesOn(topology: Pick<Topology, "platform">, cluster: Cluster): WorkloadIdentity[] {
  const asked = new Map<string, { namespace: string; serviceAccount: string; permissions: CloudPermission[] }>();
  for (const addon of addonsOn(topology, cluster)) {
    for (const permission of addon.permissions ?? []) {
      refuseEmpty(addon, permission);
      if (permission[cluster.cloudKind] === undefined) continue;
      const { namespace } = addon;
      const { serviceAccount } = permission;
      const key = `${namespace}/${serviceAccount}`;
      const known = asked.get(key);
      if (known === undefined) asked.set(key, { namespace, serviceAccount, permissions: [permission] });
      else known.permissions.push(permission);
    }
  }
  return [...asked.values()].map(({ permissions, ...account }) => ({
    ...account,
    rights: RIGHTS[cluster.cloudKind](permissions),
  }));
}

/** Calls of the module, and an output of what the service accounts are in the cloud; nothing where none is asked for. */
export function workloadIdentities(context: Root, cluster: Cluster): { main: HclPart[]; outputs: Output[] } {
  const identities = identitiesOn(context.topology, cluster);
  const main = identities.map((identity) =>
    block(
      "module",
      [moduleName(identity)],
      { source: context.module(WORKLOAD_IDENTITY) },
      {
        name: cloudIdentity(cluster, identity.namespace, identity.serviceAccount),
        ...PLACE[cluster.cloudKind](context, cluster),
        namespace: identity.namespace,
        service_account: identity.serviceAccount,
        ...identity.rights,
        ...(cluster.cloudKind === "gcp" ? {} : { tags: context.labels }), // service accounts of gcp have no labels
      },
    ),
  );
  if (identities.length === 0) return { main, outputs: [] };
  const value = Object.fromEntries(
    identities.map((identity) => [
      `${identity.namespace}/${identity.serviceAccount}`,
      ref(`module.${moduleName(identity)}.identity`),
    ]),
  );
  return { main, outputs: [{ name: "workload_identities", description: DESCRIPTION[cluster.cloudKind], value }] };
}

/** Distinct for each: a namespace has neither dots nor underscores, a service account no underscores. */
const moduleName = ({ namespace, serviceAccount }: WorkloadIdentity): string =>
  identifier("identity", `${namespace}_${serviceAccount}`);

const unique = (names: readonly string[]): string[] => [...new Set(names)].sort();

const RIGHTS: Record<CloudKind, (permissions: readonly CloudPermission[]) => WorkloadIdentity["rights"]> = {
  gcp: (permissions) => ({ roles: unique(permissions.flatMap(({ gcp = [] }) => gcp)) }),
  aws: (permissions) => ({ statements: permissions.flatMap(({ aws = [] }) => aws) }),
  azure: (permissions) => ({ roles: unique(permissions.flatMap(({ azure = [] }) => azure)) }),
};

/** Where the identity is made, and whose tokens stand for it. What a cluster's module puts out is there for both kinds. */
const PLACE: Record<CloudKind, (context: Root, cluster: Cluster) => Record<string, unknown>> = {
  gcp: (_context, { account }) => ({
    project: account,
    workload_identity_pool: ref("module.cluster.workload_identity_pool"),
  }),
  aws: () => ({ cluster_name: ref("module.cluster.cluster_name"), cluster_id: ref("module.cluster.cluster_id") }),
  azure: (context, { account, region }) => ({
    subscription_id: account,
    resource_group_name: foundationState(context).network(region.name, "resource_group_name"),
    region: region.name,
    oidc_issuer: ref("module.cluster.oidc_issuer"),
  }),
};

const DESCRIPTION: Record<CloudKind, string> = {
  gcp: "E-mail addresses of the service accounts that pods act as, by namespace and name of theirs.",
  aws: "ARNs of the roles that pods take, by namespace and name of their service account.",
  azure: "Client ids of the identities that pods act as, by namespace and name of their service account.",
};

function refuseEmpty({ name, target }: Addon, { serviceAccount, gcp, aws, azure }: CloudPermission): void {
  const clouds = [gcp, aws, azure].filter((rights) => rights !== undefined);
  const statements = aws ?? [];
  if (
    clouds.length > 0 &&
    clouds.every((rights) => rights.length > 0) &&
    statements.every(({ actions, resources }) => actions.length > 0 && resources.length > 0)
  )
    return;
  throw new Error(`${target}: the add-on ${name} asks for rights of ${serviceAccount} and names none`);
}

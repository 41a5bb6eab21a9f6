import { didYouMean } from "../../diagnostics/suggest.ts";
import { childPath } from "../../diagnostics/config-path.ts";
import { isSystemNamespace } from "../../facts/names.ts";
import { PROMETHEUS } from "../../facts/network.ts";
import { list } from "../../facts/placement.ts";
import type { DeclaredAddon } from "../../topology/declared-addons.ts";
import type { Topology } from "../../topology/index.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "addons/peer-namespace",
  severity: "error",
  summary: "An add-on's connections lead to namespaces that there are",
  why: "A misspelt namespace opens nothing: the pods would wait for each other, and nothing would say why.",

  *run(topology) {
    for (const addon of topology.declaredAddons) {
      const known = namespacesWith(topology, addon);
      for (const { at, namespace } of peersOf(addon)) {
        if (known.includes(namespace) || isSystemNamespace(namespace) || namespace === PROMETHEUS.namespace) continue;
        yield {
          at,
          message: `${addon.name}: there is no namespace ${namespace} where it runs`,
          hint: didYouMean(namespace, known) ?? `there are ${list(known)}`,
        };
      }
    }
  },
});

/** Namespaces of teams, of add-ons and of what folders of `extra` hold, on the clusters of an add-on. */
function namespacesWith({ teams, platform, extra }: Topology, { clusters }: DeclaredAddon): string[] {
  const here = (cluster: string | undefined): boolean => cluster !== undefined && clusters.includes(cluster);
  return [
    ...new Set([
      ...platform.addons.filter(({ cluster }) => here(cluster)).map(({ namespace }) => namespace),
      ...teams.map(({ namespace }) => namespace),
      ...extra.filter(({ cluster }) => here(cluster)).flatMap(({ namespaces }) => namespaces),
    ]),
  ].sort();
}

/** Where connections lead, with the config path of each namespace. */
const peersOf = ({ source, network = {} }: DeclaredAddon): { at: string; namespace: string }[] =>
  Object.entries(network).flatMap(([kind, { accepts = [], reaches = [] }]) => {
    const at = childPath(`${source}.network`, kind);
    return [
      ...accepts.map(({ from }, index) => ({ peer: from, at: `${at}.accepts[${index}].from.namespace` })),
      ...reaches.map(({ to }, index) => ({ peer: to, at: `${at}.reaches[${index}].to.namespace` })),
    ].flatMap(({ peer, at }) => (typeof peer === "string" ? [] : [{ at, namespace: peer.namespace }]));
  });

import { isDeclared } from "../../facts/addons.ts";
import { isSystemNamespace } from "../../facts/names.ts";
import type { DeclaredAddon } from "../../topology/declared-addons.ts";
import type { Topology } from "../../topology/index.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "addons/namespace",
  severity: "error",
  summary: "An add-on's namespace is its own",
  why: "The policies leave the rules for services out where an upstream chart runs, and Pod Security and network are what the add-on needs. A team, or another add-on, would get all of it as well.",

  *run(topology) {
    for (const addon of topology.declaredAddons) {
      if (isSystemNamespace(addon.namespace)) continue; // addons/system-namespace
      const owner = ownerOf(topology, addon);
      if (owner === undefined) continue;
      yield {
        at: addon.source,
        message: `${addon.name} would run in ${addon.namespace}, which belongs to ${owner.title}`,
        hint: `give it a namespace of its own: namespace: "${addon.name}${addon.name === addon.namespace ? "-system" : ""}"`,
        ...(owner.at === undefined ? {} : { related: [{ at: owner.at, message: owner.title }] }),
      };
    }
  },
});

function ownerOf(
  { teams, platform, declaredAddons }: Topology,
  { name, namespace }: DeclaredAddon,
): { title: string; at?: string } | undefined {
  const team = teams.find((each) => each.namespace === namespace);
  if (team !== undefined) return { title: `team ${team.name}`, at: team.source };
  const earlier = declaredAddons.find((each) => each.namespace === namespace)!;
  if (earlier.name !== name) return { title: `the add-on ${earlier.name}`, at: earlier.source };
  const other = platform.addons.find((each) => each.namespace === namespace && each.name !== name && !isDeclared(each));
  return other === undefined ? undefined : { title: `the add-on ${other.name} of the target ${other.target}` };
}

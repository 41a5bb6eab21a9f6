/** Policies that are wrong in one place. */
import type { Data } from "../../cluster/client.ts";
import { compiledPolicies } from "./judge.ts";
import type { World } from "./world.ts";

export interface Mutant {
  what: string;
  world: World;
}

/** Each policy in turn: gone, without one of its rules, with a rule wider, a port or a label another. */
export const mutants = (world: World): Mutant[] =>
  compiledPolicies(world).flatMap((policy) => {
    const where = `${policy.metadata.namespace}/${policy.metadata.name}`;
    const instead = (what: string, ...policies: Data[]): Mutant => ({
      what: `${where}: ${what}`,
      world: { ...world, policies: world.policies.flatMap((each) => (each === policy ? policies : [each])) },
    });
    const withSpec = (what: string, spec: Data): Mutant => instead(what, { ...policy, spec });
    return [
      instead("gone"),
      ...(["ingress", "egress"] as const).flatMap((side) => [
        withSpec(`everything in ${side}`, { ...policy.spec, [side]: [{}] }),
        ...(policy.spec[side] ?? []).flatMap((rule: Data, index: number) => {
          const withRule = (what: string, ...rules: Data[]): Mutant =>
            withSpec(`${what} ${side}[${index}]`, {
              ...policy.spec,
              [side]: policy.spec[side].toSpliced(index, 1, ...rules),
            });
          return [
            withRule("without"),
            ...(rule.ports ?? []).map((port: Data, at: number) =>
              withRule(`port ${port.port} + 1 in`, {
                ...rule,
                ports: rule.ports.toSpliced(at, 1, { ...port, port: port.port + 1 }),
              }),
            ),
            ...(rule.ports === undefined ? [] : [withRule("every port in", { ...rule, ports: undefined })]),
            ...(rule.from === undefined ? [] : [withRule("anywhere in", { ...rule, from: undefined })]),
            ...[...relabelled(rule.from ?? rule.to)].map(([label, peers]) =>
              withRule(`label ${label} of`, { ...rule, [rule.from === undefined ? "to" : "from"]: peers }),
            ),
          ];
        }),
      ]),
      ...Object.keys(policy.spec.podSelector.matchLabels ?? {}).map((label) =>
        withSpec(`label ${label}`, { ...policy.spec, podSelector: wrong(policy.spec.podSelector, label) }),
      ),
    ];
  });

/** The peers with one label of theirs another. */
function* relabelled(peers: Data[] = []): Iterable<[label: string, peers: Data[]]> {
  for (const [index, peer] of peers.entries())
    for (const selector of ["namespaceSelector", "podSelector"])
      for (const label of Object.keys(peer[selector]?.matchLabels ?? {}))
        yield [label, peers.toSpliced(index, 1, { ...peer, [selector]: wrong(peer[selector], label) })];
}

const wrong = ({ matchLabels }: Data, label: string): Data => ({
  matchLabels: { ...matchLabels, [label]: `${matchLabels[label]}-other` },
});

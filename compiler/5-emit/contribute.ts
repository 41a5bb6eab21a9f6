import type { LowerInputs } from "../2-validate/validated.ts";
import { packageVersion } from "../package-root.ts";
import { lockFault } from "../lock/catalogue.ts";
import { Choices, NOTHING_LOCKED, type Lock } from "../lock/choices.ts";
import { VERSION, versionOf } from "../lock/forms.ts";
import type { Ecosystem } from "../config/model/ecosystem.ts";
import { lower, type TunablePoint } from "../3-lower/index.ts";
import { childPath, formatPath } from "../diagnostics/config-path.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { addonPath, isSystemNamespace } from "../facts/names.ts";
import { isDeclared } from "../facts/addons.ts";
import { kindsAmong } from "../facts/kinds.ts";
import { waveOf } from "../facts/waves.ts";
import type { Addon } from "../topology/addons.ts";
import type { Topology } from "../topology/index.ts";
import type { Registries } from "../topology/registries.ts";
import { asked } from "./asked.ts";
import { pulledOn } from "./chart-images.ts";
import { withValue } from "./chart-values.ts";
import { declaredAddons } from "./declared-addons.ts";
import { fault } from "./fault.ts";
import { selectTargets, type ActiveTarget } from "./select.ts";
import type { ContributedAddon, Need, Target } from "./target.ts";

/** What a config makes of itself and its targets, before anything is judged or written. */
export interface Resolution {
  active: ActiveTarget[];
  topology: Topology;
  /** What has been chosen for it, by config path. */
  lock: Lock;
  /** Names that two targets want, and needs that none meets. */
  diagnostics: Diagnostic[];
  /** The same with every tunable at its lowest or highest value. */
  at: (point: "min" | "max") => Topology;
}

/** Lower, and then the contributions of the targets that the config leaves on. */
export function resolve(validated: LowerInputs, targets: readonly Target<never>[]): Resolution {
  const active = selectTargets(targets, validated.ecosystem.targets, validated.ecosystem.extensions);
  const at = (point?: TunablePoint) => {
    const choices = new Choices(validated.locked ?? NOTHING_LOCKED);
    const compiler = choices.read("compiler", VERSION, { now: packageVersion });
    const contributed = contribute(
      lower(validated, point, choices),
      active,
      targets,
      validated.ecosystem.extensions ?? {},
      choices,
    );
    return {
      ...contributed,
      lock: choices.lock,
      diagnostics: [...otherCompiler(compiler), ...choices.diagnostics, ...contributed.diagnostics],
    };
  };
  return { active, ...at(), at: (point) => at(point).topology };
}

/** Whoever compiles has to have decided for the version. */
function otherCompiler(recorded: string): Diagnostic[] {
  const running = packageVersion();
  if (recorded === running) return [];
  return [
    lockFault("lock/compiler", {
      at: "compiler",
      message: `this is eco-compile ${running}, and ecosystem.lock.json was written by ${recorded}`,
      hint: `run eco-compile upgrade compiler to take ${running}, or install ${recorded}`,
    }),
  ];
}

/** The Topology with what the active targets contribute to the platform, and what nobody provides. */
function contribute(
  topology: Topology,
  active: readonly ActiveTarget[],
  known: readonly Target<never>[],
  extensions: NonNullable<Ecosystem["extensions"]>,
  choices: Choices,
): { topology: Topology; diagnostics: Diagnostic[] } {
  const contributions = [
    { target: "addons", ...declaredAddons(topology) },
    ...active.map(({ target, options }) => ({ target: target.name, ...target.contribute?.(topology, options) })),
  ];
  const order = new Map(topology.clusters.map(({ name }, index) => [name, index]));
  const registries = new Map(topology.clusters.map(({ name, registries }) => [name, registries]));
  const addons = contributions
    .flatMap(({ target, addons = [] }) =>
      addons.map((addon) =>
        versioned(
          placed(addon, { target, registries: registries.get(addon.cluster.name)! }, extensions),
          topology,
          choices,
        ),
      ),
    )
    .sort((a, b) => order.get(a.cluster)! - order.get(b.cluster)! || a.wave - b.wave || (a.name < b.name ? -1 : 1));
  const platform = {
    addons,
    clusterKinds: kindsAmong(contributions.flatMap(({ clusterKinds = [] }) => clusterKinds)),
    workloadKinds: kindsAmong(contributions.flatMap(({ workloadKinds = [] }) => workloadKinds)),
  };
  const needs = [...asked(topology), ...contributions.flatMap(({ needs = [] }) => needs)];
  return {
    topology: { ...topology, platform },
    diagnostics: [...taken(addons), ...unsaid(addons), ...withoutImages(addons), ...unmet(needs, active, known)],
  };
}

const placed = (
  { stage, step, cluster, source, images, ...addon }: ContributedAddon,
  { target, registries }: { target: string; registries: Registries },
  extensions: NonNullable<Ecosystem["extensions"]>,
): Addon => ({
  ...addon,
  ...pulledOn({ ...addon, images }, registries),
  ...(Object.hasOwn(extensions, target) ? { broughtBy: formatPath(["extensions", target]) } : {}),
  cluster: cluster.name,
  source: source ?? cluster.source,
  target,
  wave: waveOf(stage, step),
  serverSideApply: addon.serverSideApply ?? false,
  path: addonPath(cluster.name, addon.name),
});

/** With the versions of the chart and its program that the cluster's environment has: one takes newer ones after another. */
function versioned(addon: Addon, { clusters }: Pick<Topology, "clusters">, choices: Choices): Addon {
  const { chart, cluster, name, values = {} } = addon;
  if (chart === undefined) return addon;
  const { source } = clusters.find((one) => one.name === cluster)!.environment;
  const read = (kind: string, of: Parameters<typeof versionOf>[0]) =>
    choices.read(childPath(`${source}.${kind}`, name), versionOf(of, isDeclared(addon) ? addon.source : undefined), {
      now: () => of.version,
    });
  const version = read("charts", chart);
  const { app } = chart;
  if (app === undefined) return version === chart.version ? addon : { ...addon, chart: { ...chart, version } };
  return {
    ...addon,
    chart: { ...chart, version },
    values: withValue(values, app.value, read("apps", { name, ...app })),
  };
}

/** Two targets' add-ons in one folder would overwrite each other. */
function taken(addons: readonly Addon[]): Diagnostic[] {
  const owners = new Map<string, Addon>();
  const ofTargets = addons.filter((addon) => !isDeclared(addon)); // addons/name-taken has the others
  return ofTargets.flatMap((addon) => {
    const owner = owners.get(addon.path);
    if (owner === undefined) owners.set(addon.path, addon);
    return owner === undefined
      ? []
      : [
          fault(
            "targets/name-taken",
            `targets.${addon.target}`,
            `the targets ${owner.target} and ${addon.target} both have an add-on ${addon.name} on ${addon.cluster}`,
            "turn one of them off",
          ),
        ];
  });
}

/** One finding per add-on: what its namespace is closed to is the same on each cluster. */
function unsaid(addons: readonly Addon[]): Diagnostic[] {
  const silent = addons.filter(({ namespace, network }) => network === undefined && !isSystemNamespace(namespace));
  return [...new Map(silent.map((addon) => [addon.name, addon])).values()].map((addon) => {
    const { name, namespace, target, broughtBy } = addon;
    const closed = `in ${namespace} they reach DNS alone, and nobody reaches them`;
    const nobody = "`network: {}` if it has no pods";
    return isDeclared(addon)
      ? fault(
          "targets/network-unsaid",
          addon.source,
          `nobody says whom the pods of the add-on ${name} talk with: ${closed}`,
          `say it as \`network\`; ${nobody}`,
        )
      : fault(
          "targets/network-unsaid",
          broughtBy ?? formatPath(["extensions", target]),
          `the target ${target} does not say whom the pods of its add-on ${name} talk with: ${closed}`,
          `let the target say it, as \`network\` of the add-on; ${nobody}`,
        );
  });
}

/** One finding per add-on of somebody else's, whose images the policies then refuse wherever they are from. */
function withoutImages(addons: readonly Addon[]): Diagnostic[] {
  const silent = addons.filter(
    ({ broughtBy, chart, images }) => broughtBy !== undefined && chart !== undefined && images === undefined,
  );
  return [...new Map(silent.map((addon) => [addon.name, addon])).values()].map(({ name, target, broughtBy }) =>
    fault(
      "targets/images-unsaid",
      broughtBy!,
      `the target ${target} does not say which images its add-on ${name} runs: nobody knows whether security.allowedRegistries lets them in`,
      "let the target say it, as `images` of the add-on; `images: []` if its chart has no pods",
    ),
  );
}

/** One finding per place and word: a service that is on three clusters asks once. */
function unmet(needs: readonly Need[], active: readonly ActiveTarget[], known: readonly Target<never>[]): Diagnostic[] {
  const provided = new Set(active.flatMap(({ target }) => target.provides ?? []));
  const open = new Map(
    needs.filter(({ word }) => !provided.has(word)).map((need) => [`${need.word} ${need.at}`, need]),
  );
  return [...open.values()].map(({ word, at, what }) => {
    const who = known.filter(({ provides = [] }) => provides.includes(word)).map(({ name }) => name);
    return fault(
      "targets/not-provided",
      at,
      `${what} needs ${word}, which nothing provides${who.length === 0 ? "" : ` while the target ${who.join(" or ")} is off`}`,
      who.length === 0 ? "use a target that provides it" : `turn ${who[0]} on again, or take out what needs it`,
    );
  });
}

import type { Check } from "../4-check/check.ts";
import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { TargetOptions } from "../config/targets.ts";
import type { Target } from "./target.ts";

type Section = Readonly<Record<string, unknown>> | undefined;

/** A target that is turned on, with its options filled in. */
export interface ActiveTarget {
  // Options differ by target; only the target itself looks inside.
  target: Target<never>;
  options: never;
}

/** The targets that the config leaves on, with their options resolved; extensions have theirs beside their package. */
export function selectTargets(
  targets: readonly Target<never>[],
  section: TargetOptions | undefined,
  extensions: Ecosystem["extensions"] = {},
): ActiveTarget[] {
  return targets.flatMap((target) => {
    const { name, offByDefault } = target;
    const said = Object.hasOwn(extensions, name) ? (extensions[name]!.options ?? true) : (section as Section)?.[name];
    if (said === false || (offByDefault && said === undefined)) return [];
    const given = said === undefined || said === true ? {} : said;
    return [{ target, options: (target.resolve === undefined ? given : target.resolve(given)) as never }];
  });
}

/** The rules about what only these targets can do. */
export const checksOf = (active: readonly ActiveTarget[]): Check[] =>
  active.flatMap(({ target }) => target.checks ?? []);

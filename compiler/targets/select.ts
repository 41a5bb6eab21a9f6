import type { Target } from "./target.ts";

/** A target that is turned on, with its options filled in. */
export interface ActiveTarget {
  // Options differ by target; only the target itself looks inside.
  target: Target<never>;
  options: never;
}

/** The targets that the config leaves on, with their options resolved. */
export function selectTargets(targets: readonly Target<never>[], section: Readonly<Record<string, unknown>> | undefined): ActiveTarget[] {
  return targets
    .filter(({ name }) => section?.[name] !== false)
    .map((target) => ({ target, options: (target.resolve?.(section?.[target.name] ?? {}) ?? undefined) as never }));
}

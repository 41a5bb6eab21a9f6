import { Mistake } from "./mistake.ts";

const MILLISECONDS = { ms: 1, s: 1_000 } as const;

/** "500ms" or "3s", in milliseconds. */
export function milliseconds(duration: string): number {
  const [, count, unit] = /^(\d{1,6})(ms|s)$/.exec(duration) ?? [];
  if (!count || !unit) throw new Mistake(`"${duration}" is not a duration such as "500ms" or "3s"`);
  return Number(count) * MILLISECONDS[unit as keyof typeof MILLISECONDS];
}

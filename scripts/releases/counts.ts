/** Random counts, exactly as often as theory says. */
import type { Random } from "../../test/fuzz/random.ts";

/** How bad events come: one by one, or in bunches of one cause. */
export interface Bunches {
  size: number;
  /** Of `size` on average, without an upper bound, instead of exactly. */
  geometric?: boolean;
}

export function bunched(random: Random, mean: number, { size, geometric }: Bunches): number {
  const causes = poisson(random, mean / size);
  if (!geometric || size === 1) return causes * size;
  let events = 0;
  for (let cause = 0; cause < causes; cause++) {
    events += 1 + Math.floor(Math.log(1 - random.next()) / Math.log(1 - 1 / size));
  }
  return events;
}

export const poisson = (random: Random, mean: number): number =>
  mean < 30 ? byMultiplying(random, mean) : byRejecting(random, mean);

/** Arrivals until their gaps are longer than the time: Knuth, The Art of Computer Programming 2, 3.4.1. */
function byMultiplying({ next }: Random, mean: number): number {
  const end = Math.exp(-mean);
  let count = 0;
  for (let product = next(); product > end; product *= next()) count++;
  return count;
}

/** PTRS of W. Hörmann, The transformed rejection method for generating Poisson random variables, 1993. */
function byRejecting({ next }: Random, mean: number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const quick = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = next() - 0.5;
    const v = next();
    const edge = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / edge + b) * u + mean + 0.43);
    if (edge >= 0.07 && v <= quick) return count;
    if (count < 0 || (edge < 0.013 && v > edge)) continue;
    const left = Math.log((v * inverseAlpha) / (a / (edge * edge) + b));
    if (left <= count * Math.log(mean) - mean - logFactorial(count)) return count;
  }
}

/** Stirling's series; below 10 the factorials themselves. */
function logFactorial(count: number): number {
  if (count < 10) {
    let product = 1;
    for (let factor = 2; factor <= count; factor++) product *= factor;
    return Math.log(product);
  }
  const n = count + 1;
  return (n - 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * n) - 1 / (360 * n ** 3);
}

/**
 * `npm run fuzz -- [--configs 5000] [--seed 1] [--first 0]`: compiles random configs, and says what the compiler did
 * not answer well.
 */
import { parseArgs } from "node:util";
import { fuzz, inputsOf, SLOW } from "./run.ts";

const { values } = parseArgs({
  options: {
    configs: { type: "string", default: "5000" },
    seed: { type: "string", default: "1" },
    first: { type: "string", default: "0" },
    show: { type: "boolean", default: false },
  },
});
const [configs, seed, first] = [values.configs, values.seed, values.first].map(Number) as [number, number, number];
const again = (index: number): string => `npm run fuzz -- --seed ${seed} --first ${index} --configs 1`;

if (values.show) console.log(JSON.stringify(inputsOf(seed, first), null, 2));
const start = process.cpuUsage();
const { reached, ids, slowest, faults } = await fuzz(seed, configs, first);
const { user, system } = process.cpuUsage(start);
console.log(`${configs} configs of seed ${seed} in ${((user + system) / 1e6).toFixed(0)} s of processor time`);
console.log(
  `ended in: ${Object.entries(reached)
    .map(([phase, count]) => `${phase} ${count}`)
    .join(", ")}; ${ids.size} different ids were said`,
);
console.log(
  `the slowest took ${slowest.ratio.toFixed(1)} times the median of those that came as far: ${again(slowest.index)}`,
);
for (const [fault, index] of faults) console.log(`\n${fault}\n  ${again(index)}`);
process.exitCode = faults.size > 0 || slowest.ratio > SLOW ? 1 : 0;

/**
 * `npm run robustness [-- determinism|kills|injection ...]`: the tests of these names at their whole length, where
 * `npm test` takes a part of some. Each says how much it tried.
 */
import { spawnSync } from "node:child_process";
import { build } from "./support/build.ts";

const TESTS: Readonly<Record<string, readonly string[]>> = {
  determinism: ["test/determinism/determinism.test.ts"],
  kills: ["compiler/7-write/crash.test.ts", "compiler/7-write/kill.test.ts", "compiler/7-write/takeover.test.ts"],
  injection: ["test/hostile/hostile.test.ts"],
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(TESTS, name));
if (unknown.length > 0) {
  console.error(`there is no ${unknown.join(", ")}; there are ${Object.keys(TESTS).join(", ")}`);
  process.exit(1);
}

build();
for (const name of asked.length > 0 ? asked : Object.keys(TESTS)) {
  const start = performance.now();
  for (const file of TESTS[name]!) {
    const { status } = spawnSync(process.execPath, ["--import", "tsx", file], {
      stdio: "inherit",
      env: { ...process.env, ROBUSTNESS: "1" },
    });
    if (status !== 0) process.exitCode = 1;
  }
  console.log(`${name}: ${((performance.now() - start) / 1000).toFixed(0)} s`);
}

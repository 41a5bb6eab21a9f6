import { execFileSync } from "node:child_process";

/** Builds the package, which the tests of the command line run. */
export const prepare = (): unknown => execFileSync(process.execPath, ["scripts/build.mjs"], { stdio: "inherit" });

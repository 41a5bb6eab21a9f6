import { execFileSync } from "node:child_process";
import { install, isPresent, packagesNamed } from "../lab/toolchain/install.ts";
import { onPath } from "../lab/toolchain/path.ts";
import { reporter } from "../lab/toolchain/render.ts";
import { packages } from "../lab/toolchain/versions.ts";

/**
 * What the tests of `npm test` want and Go builds in a minute or two each; `npm run lab -- install` brings the rest.
 */
const WANTED = ["helm", "opa", "gator", "conftest"];

/** Makes the tests' consumers available: builds those that are missing where Go is at hand, one after the other. */
export async function prepare(): Promise<void> {
  execFileSync(process.execPath, ["scripts/build.mjs"], { stdio: "inherit" });
  const missing = packagesNamed(WANTED).filter((name) => !isPresent(packages.get(name)!));
  if (missing.length === 0) return;
  if (onPath("go") === undefined) {
    console.log(`${missing.join(", ")} are missing, and so is Go to build them: their tests are skipped`);
    return;
  }
  const failed = install(missing, reporter(process.stdout)).filter(({ result }) => result === "failed");
  if (failed.length > 0) throw new Error(`${failed.map(({ name }) => name).join(", ")} could not be installed`);
}

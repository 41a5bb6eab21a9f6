import { cpSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { temporaryFolder } from "./tree.ts";

/** The project's own inputs: what `eco-compile` reads in the repository's root. */
const REFERENCE = ["ecosystem.config.ts", "ecosystem", "ecosystem.images.json", "ecosystem.tuning.json"];

/** As every project has it: what is transformed once is kept there. */
function withModules(folder: string): string {
  mkdirSync(join(folder, "node_modules"));
  return folder;
}

/** A copy of the reference ecosystem's inputs in a new folder, for tests that change them. */
export function copyOfReference(): string {
  const folder = withModules(temporaryFolder("reference"));
  for (const name of REFERENCE) cpSync(join(PACKAGE_ROOT, name), join(folder, name), { recursive: true });
  return folder;
}

/** A copy of an example's inputs. */
export function copyOfExample(name: "online-boutique" | "astronomy-shop"): string {
  const [from, folder] = [join(PACKAGE_ROOT, "examples", name), withModules(temporaryFolder(name))];
  for (const name of readdirSync(from).filter((name) => name !== "generated"))
    cpSync(join(from, name), join(folder, name), { recursive: true });
  return folder;
}

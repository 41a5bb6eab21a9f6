/**
 * `npm run gen` writes everything that is derived; `npm run gen -- --check` writes nothing and fails when something is
 * stale. `npm run gen -- <generator>...` runs some of them.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

type Files = ReadonlyMap<string, string | Uint8Array>;
type Generator = () => Files | Promise<Files>;

/** In an order in which each finds what the ones before it made. */
const generators: Record<string, () => Promise<{ generate: Generator }>> = {
  "chart-schemas": () => import("./chart-schemas.ts"),
  policies: () => import("./policies.ts"),
  "kubernetes-schemas": () => import("./kubernetes-schemas/index.ts"),
  "target-registry": () => import("./target-registry.ts"),
  barrels: () => import("./barrels.ts"),
  "check-registry": () => import("./check-registry.ts"),
  "check-ids": () => import("./check-ids.ts"),
  validators: () => import("./validators.ts"),
  machines: () => import("./machines.ts"),
  "secret-rules": () => import("./secret-rules.ts"),
  templates: () => import("./templates.ts"),
  "config-docs": () => import("./config-docs.ts"),
  "check-docs": () => import("./check-docs.ts"),
  effects: () => import("./effects.ts"),
  patchable: () => import("./patchable.ts"),
  // Last: what the others write may be an input of a suite.
  conformance: () => import("./conformance.ts"),
};

const args = process.argv.slice(2);
const unknown = args.filter((argument) => argument !== "--check" && !Object.hasOwn(generators, argument));
if (unknown.length > 0) {
  console.error(`npm run gen -- [--check] [${Object.keys(generators).join("] [")}]`);
  process.exit(unknown.every((argument) => argument === "--help") ? 0 : 1);
}
const [check, wanted] = [args.includes("--check"), args.filter((argument) => argument !== "--check")];
const stale: string[] = [];
for (const [name, load] of Object.entries(generators)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const { generate } = await load();
  for (const [path, content] of await generate()) {
    const bytes = Buffer.from(content);
    if (existsSync(path) && readFileSync(path).equals(bytes)) continue;
    stale.push(path);
    if (check) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
}
for (const path of stale) console.log(`${check ? "stale" : "wrote"} ${path}`);
if (check && stale.length > 0) {
  console.error("run `npm run gen` and commit what it writes");
  process.exitCode = 1;
}

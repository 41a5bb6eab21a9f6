import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as assert from "uvu/assert";
import { plan, write, type Plan, type PlanOptions } from "../index.ts";
import { emitted, OPTIONS, readTree, type Files } from "./tree.ts";

export const A: Files = {
  "helm:generated/web/values.yaml": "a: 1\n",
  "helm:generated/old/x/y.yaml": "old\n",
  "terraform:generated/main.tf": "a = 1\n",
};
export const B: Files = {
  "helm:generated/web/values.yaml": "a: 2\n",
  "helm:generated/new.yaml": "new\n",
  "terraform:generated/main.tf": "a = 1\n",
};

export const writeFiles = (root: string, files: Files, options?: Partial<PlanOptions>) =>
  write(root, emitted(files), { ...OPTIONS, ...options });
export const planFiles = (root: string, files: Files, options?: Partial<PlanOptions>) =>
  plan(root, emitted(files), { ...OPTIONS, ...options });
export const found = ({ diagnostics }: Plan) =>
  diagnostics.map(({ id, position }) => `${id} ${position?.file ?? ""}`.trim());
export const paths = ({ create, change, delete: removals, unchanged, manifest }: Plan) => ({
  create: create.map(({ path }) => path),
  change: change.map(({ path }) => path),
  delete: removals.map(({ path }) => path),
  unchanged,
  manifest: manifest?.action,
});
export const textOf = (root: string, path: string) => readFileSync(join(root, path), "utf8");

/** Runs, expects these findings, and that the tree is as it was. */
export function refuses(root: string, files: Files, findings: readonly string[], options?: Partial<PlanOptions>): Plan {
  const before = readTree(root);
  const outcome = writeFiles(root, files, options);
  assert.equal(found(outcome), findings);
  assert.equal(readTree(root), before);
  assert.not(planFiles(root, files, options).clean);
  return outcome;
}

/** What git leaves where it cannot merge. */
export const GIT_CONFLICT = (ours: string, theirs: string) => `<<<<<<< HEAD\n${ours}=======\n${theirs}>>>>>>> other\n`;

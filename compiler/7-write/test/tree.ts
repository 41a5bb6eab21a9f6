import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { EmittedFile } from "../../5-emit/artifact.ts";
import type { PlanOptions } from "../plan.ts";
import { STATE_FOLDER } from "../state-folder.ts";

/** Files as a test writes them: `target:path` → content. */
export type Files = Readonly<Record<string, string>>;

export const emitted = (files: Files): EmittedFile[] =>
  Object.entries(files).map(([key, content]) => {
    const [target = "", path = ""] = key.split(/:(.*)/);
    return { path, target, content: Buffer.from(content), source: `sources.${target}` };
  });

export const OPTIONS: PlanOptions = { generator: { name: "eco-compile", version: "1.2.3" } };

/** Every file and folder below a folder but the state folder; folders end in `/`, links show where they point. */
export function readTree(root: string, below = ""): Record<string, string> {
  const tree: Record<string, string> = {};
  for (const name of readdirSync(join(root, below)).sort()) {
    const path = below === "" ? name : `${below}/${name}`;
    if (path === STATE_FOLDER) continue;
    const stats = lstatSync(join(root, path));
    if (stats.isSymbolicLink()) tree[path] = `-> ${readlinkSync(join(root, path))}`;
    else if (stats.isDirectory()) Object.assign(tree, { [`${path}/`]: "" }, readTree(root, path));
    else tree[path] = readFileSync(join(root, path), "utf8");
  }
  return tree;
}

/** Puts files where a person would. */
export function put(root: string, path: string, content: string): void {
  mkdirSync(join(root, dirname(path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

export const newFolder = (): string => mkdtempSync(join(tmpdir(), "eco-write-"));

/** Runs a test in a folder of its own. */
export const inFolder = (body: (root: string) => void | Promise<void>) => async (): Promise<void> => {
  const root = newFolder();
  try {
    await body(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
};

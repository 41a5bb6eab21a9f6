import { rmSync } from "node:fs";
import { plan, write } from "../index.ts";
import { emitted, newFolder, OPTIONS, readTree } from "./tree.ts";

const SERVICES = 150;

/** Two outputs that share a third of their files, change a third, and have a third each to themselves. */
const tree = (name: string) =>
  emitted(
    Object.fromEntries(
      Array.from({ length: SERVICES }, (_, index) => {
        const own = index % 3 === 0 ? name : "shared";
        const content = index % 3 === 1 ? name : "same";
        return [
          `helm:generated/clusters/c${index % 5}/services/${own}-${index}/values.yaml`,
          `${content}: ${index}\n`.repeat(40),
        ];
      }),
    ),
  );

const TREES = { A: tree("A"), B: tree("B") };

export type Name = keyof typeof TREES;

export const writeTree = (root: string, name: Name) => write(root, TREES[name], OPTIONS);
export const isClean = (root: string, name: Name): boolean => plan(root, TREES[name], OPTIONS).clean;

/** What a run on an empty folder makes. */
function rightTree(name: Name): string {
  const root = newFolder();
  writeTree(root, name);
  const tree = JSON.stringify(readTree(root));
  rmSync(root, { recursive: true });
  return tree;
}

export const RIGHT = { A: rightTree("A"), B: rightTree("B") };

import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "@cdktn/hcl2json";
import { packageLibrary } from "../../../1-load/package-library.ts";
import { serialise } from "../../../5-emit/serialise.ts";
import { PACKAGE_ROOT } from "../../../package-root.ts";
import { temporaryFolder } from "../../../../test/support/tree.ts";
import type { Topology } from "../../../topology/index.ts";
import target from "../index.ts";

/** A folder with the roots of a topology, and the modules that they call. */
export interface Written {
  folder: string;
  /** Paths of the roots, relative to the folder. */
  roots: readonly string[];
  /** Paths of all that the target wrote, in its order. */
  paths: readonly string[];
  /** A file of a root as HCL reads it. */
  read: (root: string, file?: string) => Promise<any>;
}

export function written(topology: Topology): Written {
  const folder = temporaryFolder("roots");
  const artifacts = target.emit(topology, undefined as never, packageLibrary(PACKAGE_ROOT));
  for (const artifact of artifacts) {
    const path = join(folder, artifact.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, serialise(artifact));
  }
  if (!topology.library.vendored)
    cpSync(join(PACKAGE_ROOT, "terraform-modules"), join(folder, "terraform-modules"), { recursive: true });
  for (const { folder: own } of topology.extra.filter(({ root }) => root !== undefined)) {
    mkdirSync(join(folder, own), { recursive: true });
    writeFileSync(join(folder, own, "main.tf"), "locals {}\n");
  }
  const pathOf = (name: string) => topology.terraformRoots.find((root) => root.name === name)!.path;
  return {
    folder,
    roots: topology.terraformRoots.map(({ path }) => path),
    paths: artifacts.map(({ path }) => path),
    read: async (root, file = "main.tf") =>
      parse(
        file,
        String(
          serialise(
            target
              .emit(topology, undefined as never, packageLibrary(PACKAGE_ROOT))
              .find(({ path }) => path === `${pathOf(root)}/${file}`)!,
          ),
        ),
      ),
  };
}

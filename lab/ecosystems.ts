/** The ecosystems whose output is committed, which the suites hold to its consumers. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE_ROOT } from "../compiler/package-root.ts";

/** Every one of the repository: its name, and its folder relative to the repository. */
export const ECOSYSTEMS = {
  reference: "",
  "online-boutique": "examples/online-boutique/",
  "astronomy-shop": "examples/astronomy-shop/",
} as const;

export interface Owned {
  file: string;
  target: string;
}

/** Every file that the compiler owns in an ecosystem, the manifest itself included. */
export function generatedFiles(folder: string): Owned[] {
  const manifest = join(folder, "generated/manifest.json");
  const { files } = JSON.parse(readFileSync(join(PACKAGE_ROOT, manifest), "utf8")) as {
    files: Record<string, { target: string }>;
  };
  delete files[""]; // its last line
  return Object.entries(files).map(([file, { target }]) => ({ file: `${folder}${file}`, target }));
}

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Diagnostic } from "../../compiler/diagnostics/diagnostic.ts";
import { base } from "../errors/base.ts";
import { temporaryFolder } from "./tree.ts";

export type Files = Readonly<Record<string, string | Uint8Array>>;

const images = Object.fromEntries(
  Object.keys(base.services).map((name) => [
    name,
    Object.fromEntries(Object.keys(base.environments).map((environment) => [environment, `sha256:${"1".repeat(64)}`])),
  ]),
);

/** The companions' text of a project without a finding. */
export const SOUND_IMAGES = JSON.stringify(images, null, 2);

/**
 * A new project; its config, a text, has a sound ecosystem at hand under the name `base`, which is all that stands
 * before it on the first line.
 */
export function soundProject(files: Files | string): string {
  const root = temporaryFolder("project");
  const written: Files = {
    "base.ts": `export const base: any = ${JSON.stringify(base)};\n`,
    "ecosystem.images.json": SOUND_IMAGES,
    ...(typeof files === "string" ? { "ecosystem.config.ts": files } : files),
  };
  mkdirSync(join(root, "node_modules")); // where transformed sources are kept
  for (const [path, text] of Object.entries(written)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(
      join(root, path),
      path === "ecosystem.config.ts" && typeof text === "string" ? `import { base } from "./base.ts";\n${text}` : text,
    );
  }
  return root;
}

/** A finding on a line. */
export const brief = ({ id, position: p, message }: Diagnostic): string =>
  `${id} ${p === undefined ? "" : `${p.file}:${p.line}:${p.column} `}${message}`;

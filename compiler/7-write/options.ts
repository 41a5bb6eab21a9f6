import { canonicalJson } from "../5-emit/serialise/json.ts";
import type { Inputs } from "../1-load/index.ts";
import { packageVersion } from "../package-root.ts";
import type { CompileOptions } from "../run.ts";
import { sha256 } from "./journal.ts";
import type { PlanOptions } from "./plan.ts";

/** What goes into the manifest beside the files: who wrote it, and the digest of what it was made from. */
export function writeOptions({ config, images, tuning }: Pick<Inputs, "config" | "images" | "tuning">, { force, target }: Pick<CompileOptions, "force" | "target">): PlanOptions {
  const version = packageVersion();
  return {
    generator: { name: "eco-compile", version },
    inputsDigest: sha256(Buffer.from(canonicalJson({ version, config, images: images ?? null, tuning: tuning ?? null }))),
    force: force ?? false,
    ...(target === undefined ? {} : { only: target }),
  };
}

import { readFileSync } from "node:fs";
import { didYouMean } from "../diagnostics/suggest.ts";
import { PACKAGE_ROOT } from "../package-root.ts";

const SCHEMAS = ["ecosystem", "images", "tuning", "topology"];

/** `eco-compile schema`: a JSON schema on standard output. */
export function schemaCommand(name: string): void {
  if (!SCHEMAS.includes(name)) {
    process.stderr.write(
      `there is no schema "${name}"; ${didYouMean(name, SCHEMAS) ?? `there are ${SCHEMAS.join(", ")}`}\n`,
    );
    process.exitCode = 1;
    return;
  }
  process.stdout.write(readFileSync(`${PACKAGE_ROOT}schemas/${name}.schema.json`, "utf8"));
}

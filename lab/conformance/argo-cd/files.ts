import glob from "fast-glob";
import { PACKAGE_ROOT } from "../../../compiler/package-root.ts";

/** The YAML files below a folder of the repository. */
export const contentOfFiles = (folder: string): string[] =>
  glob.sync(`${folder}/**/*.yaml`, { cwd: PACKAGE_ROOT }).sort();

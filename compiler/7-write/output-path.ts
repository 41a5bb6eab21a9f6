/** Where the compiler may write. A folder ends in `/`; a file pattern has one `*`, another one is that file alone. */
export const OUTPUT_ROOTS: readonly string[] = ["generated/", ".github/workflows/eco-*.yml"];

export { MANIFEST_PATH } from "../lock/tree.ts";

/**
 * Names that Windows keeps for devices, whatever their extension
 * (https://learn.microsoft.com/windows/win32/fileio/naming-a-file).
 */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])(?:\.|$)/i;

/**
 * Characters that no Windows file name may have; among them `\`, which is a separator there, and NUL, which ends a
 * name.
 */
const FORBIDDEN = /[\0-\x1f<>:"|?*\\\x7f]|\p{Surrogate}/u;

/**
 * Says why a path must not be written or deleted, or undefined. Manifests and journals are read from disk and so are as
 * untrusted as a target's output. Each name and each folder is looked at once: those of a tree recur in all of its paths.
 */
export function pathJudge(roots: readonly string[] = OUTPUT_ROOTS): (path: string) => string | undefined {
  const problemOfName = remembered(nameProblem);
  const problemOfFolder = remembered((folder) => firstOf(folder.split("/"), problemOfName));
  return (path) => {
    if (path.startsWith("/")) return "it is absolute";
    const end = path.lastIndexOf("/");
    const problem = (end < 0 ? undefined : problemOfFolder(path.slice(0, end))) ?? problemOfName(path.slice(end + 1));
    if (problem !== undefined) return problem;
    return roots.some((root) => isWithin(path, root)) ? undefined : `it is outside ${roots.join(" and ")}`;
  };
}

function remembered(judge: (text: string) => string | undefined): typeof judge {
  const judged = new Map<string, string | undefined>();
  return (text) => {
    if (!judged.has(text)) judged.set(text, judge(text));
    return judged.get(text);
  };
}

function firstOf(names: readonly string[], problemOf: (name: string) => string | undefined): string | undefined {
  for (const name of names) {
    const problem = problemOf(name);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function nameProblem(name: string): string | undefined {
  if (FORBIDDEN.test(name)) return "it has a character that not every file system takes";
  if (name === "") return "it has an empty name between two slashes";
  if (name === "." || name === "..") return "it is relative to another folder";
  if (/[. ]$/.test(name)) return "one of its names ends in a dot or a space, which Windows drops";
  if (DEVICE.test(name)) return `${name} is a device on Windows`;
  if (/^\.git$/i.test(name)) return "it reaches into a git folder";
  return undefined;
}

function isWithin(path: string, root: string): boolean {
  if (root.endsWith("/")) return path.startsWith(root);
  if (!root.includes("*")) return path === root;
  const [before = "", after = ""] = root.split("*");
  const name = path.slice(before.length, path.length - after.length);
  return (
    path.startsWith(before) && path.endsWith(after) && path.length > before.length + after.length && !name.includes("/")
  );
}

/** The folder of a path; "" is the project. */
export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** Two paths with the same folded form are one file on macOS and Windows. */
export const folded = (path: string): string => (ASCII.test(path) ? path : path.normalize("NFC")).toLowerCase();

const ASCII = /^[\0-\x7f]*$/;

/**
 * Pairs of paths that cannot both exist everywhere: equal when folded, or one a file where the other needs a folder.
 */
export function collisions(paths: Iterable<string>): [path: string, other: string][] {
  const found: [string, string][] = [];
  const files = new Map<string, string>();
  const folders = new Map<string, string>();
  const exact = new Set<string>();
  for (const path of paths) {
    const key = folded(path);
    const other = files.get(key);
    if (other !== undefined) found.push([path, other]);
    files.set(key, path);
    for (let folder = parentOf(path); folder !== ""; folder = parentOf(folder)) {
      if (exact.has(folder)) break;
      exact.add(folder);
      const seen = folders.get(folded(folder));
      if (seen !== undefined) found.push([path, seen]);
      else folders.set(folded(folder), path);
    }
  }
  for (const [key, path] of files) {
    const inside = folders.get(key);
    if (inside !== undefined) found.push([path, inside]);
  }
  return found;
}

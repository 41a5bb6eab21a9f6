/** The rooms of the repository, and the floors of the compiler. */

/**
 * From the ground up. A room may know what lies on lower floors, but neither a higher one nor its neighbours. The
 * ground holds what all phases stand on; above the phases lies what drives them.
 */
export const FLOORS: readonly (readonly string[])[] = [
  ["compiler/config", "compiler/diagnostics", "compiler/package-root.ts"],
  // What the config says of a target.
  ["compiler/targets/*/options.ts"],
  // The resolved form, and what several rooms must agree on.
  ["compiler/topology"],
  ["compiler/facts"],
  // What was chosen for the user, and the file that keeps it.
  ["compiler/lock"],
  ["compiler/1-load"],
  // From each format of the config to the next; validate knows old words by it.
  ["compiler/migrations"],
  ["compiler/2-validate"],
  ["compiler/3-lower"],
  ["compiler/4-check"],
  // What a target is, too.
  ["compiler/5-emit"],
  // What the policies are told and say; targets hand it on, verify asks them.
  ["compiler/policy"],
  // Each of them; and what is made of them all.
  ["compiler/targets/*"],
  ["compiler/targets"],
  // What of the config changes what of the output.
  ["compiler/provenance"],
  ["compiler/6-verify"],
  ["compiler/7-write"],
  // Which findings count, and how much: of all phases.
  ["compiler/judgement"],
  ["compiler/run.ts"],
  ["compiler/compile.ts"],
  ["compiler/index.ts", "compiler/target.ts", "compiler/commands"],
  ["compiler/cli.ts"],
  // What begins it where it is installed.
  ["compiler/start"],
];

/** Where the sources lie: the first folder of each file that the fence looks at. */
export const SOURCES: readonly string[] = ["compiler", "helm-library", "lab", "runtime", "scripts", "test"];

/** Files that are rooms by themselves: others of their folder stand on what stands on them. */
const BY_THEMSELVES = /^(compiler\/targets\/[^/]+\/options|lab\/record\/notes)\.ts$/;

/** The room of a file: the folder or file that it is in, below the first one. Each target is one. */
export function roomOf(file: string): string {
  if (BY_THEMSELVES.test(file)) return file;
  const [first, second, third, ...deeper] = file.split("/");
  if (first !== "compiler" || second !== "targets") return `${first}/${second}`;
  return deeper.length > 0 ? `compiler/targets/${third}` : "compiler/targets";
}

/** The floor of a room of the compiler: 0 is the ground, undefined has been given none. */
export function floorOf(room: string): number | undefined {
  const lies = (pattern: string) => new RegExp(`^${pattern.replaceAll(".", "\\.").replace("*", "[^/.]+")}$`).test(room);
  const found = FLOORS.findIndex((rooms) => rooms.some(lies));
  return found < 0 ? undefined : found;
}

/** The target that a file belongs to, if to any. */
export const targetIn = (file: string): string | undefined => /^compiler\/targets\/([^/.]+)\//.exec(file)?.[1];

/** What tests something, or belongs to a test. */
export const isTest = (file: string): boolean =>
  /\.(test|lab)\.ts$/.test(file) || /^(compiler|runtime)\/.*\/test\//.test(file);

/** Tests and what serves them alone may look at everything. */
export const looksEverywhere = (file: string): boolean => isTest(file) || file.startsWith("test/");

/**
 * The one door upwards: the config's type has a section for each target's options. `npm run gen` writes it from the
 * targets' folders, so that a new one needs no line by hand.
 */
export const isDoor = (from: string, to: string): boolean =>
  from === "compiler/config/targets.ts" && to === `compiler/targets/${targetIn(to)}/options.ts`;

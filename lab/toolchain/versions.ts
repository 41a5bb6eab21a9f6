import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

interface Base {
  version: string;
  /** What a reader should know about this version, such as why it is not the newest. */
  note?: string;
  /** Required in CI, which installs it. Suites that ask for others run where these are. */
  core?: true;
}

interface GoBase extends Base {
  module: string;
  /**
   * Each executable's main package. Two names of one package are one file: some programs look at the name that they
   * were called by.
   */
  executables: Readonly<Record<string, string>>;
  /** Variables that the linker sets (`-X`), where a program would else call itself something else. */
  variables?: Readonly<Record<string, string>>;
  /** Build tags. */
  tags?: readonly string[];
  /** Another Go than the machine's, which the Go command fetches as a module (https://go.dev/doc/toolchain). */
  toolchain?: string;
  /** Not installed unless it is named: too long or too large to be everybody's. */
  onDemand?: true;
}

/** `go install module@version`; the sum is that of the module. */
export interface GoPackage extends GoBase {
  from: "go";
  sum: string;
}

/**
 * Built in a module of its own, the folder of the same name, for a module whose `replace` directives forbid
 * `go install`; its go.sum has the sums.
 */
export interface GoModPackage extends GoBase {
  from: "go-mod";
}

/** A Debian package; the version is the beginning of Debian's. */
interface AptPackage extends Base {
  from: "apt";
  /** Default: the name of the entry. */
  package?: string;
  executables: readonly string[];
}

/**
 * Packages of PyPI in one virtual environment: the folder's requirements.txt, whose one that gives its name has this
 * version.
 */
interface PypiPackage extends Base {
  from: "pypi";
  executables: readonly string[];
}

/** On the machine beforehand; `version` is what the lab was written with, `asks` how the program tells its own. */
interface MachinePackage extends Base {
  from: "machine";
  executables: readonly string[];
  asks: string;
}

export type Package = GoPackage | GoModPackage | AptPackage | PypiPackage | MachinePackage;

const FOLDER = new URL("./", import.meta.url);

/** Everything that the lab runs, in the order in which it is installed. */
export const packages: ReadonlyMap<string, Package> = new Map(
  Object.entries(JSON.parse(readFileSync(new URL("versions.json", FOLDER), "utf8")) as Record<string, Package>),
);

export const executablesOf = ({ executables }: Package): readonly string[] =>
  Array.isArray(executables) ? executables : Object.keys(executables);

/** The package that has an executable, by the executable's name. */
export const packageOf: ReadonlyMap<string, string> = new Map(
  [...packages].flatMap(([name, entry]) => executablesOf(entry).map((executable) => [executable, name] as const)),
);

/** A file in the folder of a package's own. */
export const ownFile = (name: string, file: string): string => fileURLToPath(new URL(`${name}/${file}`, FOLDER));

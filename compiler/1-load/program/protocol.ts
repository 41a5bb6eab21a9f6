import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Conditions } from "./conditions.ts";

/** How the config reaches packages that it cannot resolve by itself: import specifier → absolute path. */
export type ModuleAlias = Readonly<Record<string, string>>;

export interface Program {
  /** The project's folder. */
  root: string;
  configFile: string;
  moduleAlias: ModuleAlias;
  /** `eco-compile` among them is the package itself, whose vocabulary the process has. Default: false */
  hasVocabulary?: boolean;
  /** Positions name files relative to it. */
  cwd: string;
  /** Texts that are taken for what stands in files, by their absolute paths. */
  sources?: Readonly<Record<string, string>>;
}

/** What the process of a config is asked for; it comes as JSON on its standard input. */
export interface Request {
  program: Program;
  /** Gives these their positions instead of answering with data. */
  locate?: readonly Diagnostic[];
  /** Another clock, other randomness, another machine: does the config still say the same? */
  conditions?: Conditions;
  /** Milliseconds after which the process gives up by itself. */
  limit: number;
}

/** A thrown value as data: it comes from another process, and whatever it is must not be touched twice. */
export interface Thrown {
  /** `RangeError: too many` of an error, a description of anything else; one line, not too long. */
  message: string;
  /** The whole message of an error, for what has to be read out of it. */
  details?: string;
  stack?: string;
  code?: string;
  isSyntaxError?: boolean;
}

/** What comes back, serialised as `v8` does it. A process that ends without one was ended. */
export type Reply =
  | {
      kind: "data";
      data: unknown;
      faults: Diagnostic[];
      variables: string[];
      /** Absolute paths of what ran. */ sources: string[];
      cpu: number;
    }
  | { kind: "located"; diagnostics: Diagnostic[] }
  | { kind: "refused"; diagnostics: readonly Diagnostic[] }
  | { kind: "threw"; thrown: Thrown; /** In code that the config started and does not wait for. */ apart: boolean }
  | { kind: "ended"; by: string; thrown: Thrown }
  | {
      kind: "unsettled";
      /** The innermost file that has begun and not ended; absent when it is the default export. */ file?: string;
      /** Something still runs: the time was up. */ late: boolean;
    }
  | { kind: "bug"; stack: string };

/** The descriptor that a reply is written to. */
export const REPLY_FD = 3;

/** What a diagnostic does to the run: an error stops it before anything is written. */
export type Severity = "error" | "warning" | "info";

/** The input that a finding is about. */
export type InputFile = "config" | "images" | "tuning" | "lock";

/** A finding as a rule yields it: what is wrong and where in the evaluated input, without file positions. */
export interface Finding {
  /** Config path of the value, as `services.web.rollout.steps[0].weight`; "" is the whole config. */
  at: string;
  /** One sentence: what is wrong, with the value at fault. */
  message: string;
  /**
   * What is wrong whoever it is about, as `no digest for production`: findings of one check with the same words have one
   * cause, and people see them as one with its places. Left out: only an equal message is the same.
   */
  idea?: string;
  /** What to do about it. */
  hint?: string;
  /** Where in the text that stands at `at`: counts where that text was read from a file of its own. */
  within?: number;
  /** Points at the key itself, not at its value (unknown keys). */
  key?: boolean;
  /** Which input `at` is a path of. Default: config. */
  input?: InputFile;
  /** Other places that take part, as the second of two overlapping networks. */
  related?: readonly RelatedFinding[];
}

/** Another place that takes part in a finding. */
export interface RelatedFinding {
  at: string;
  message: string;
  /** It is a call that led to the place of the finding, which stands in a helper. */
  call?: boolean;
  /** Found by the load phase. */
  position?: Position;
}

/** Where a value was written; lines and columns count from 1. */
export interface Position {
  /** Path as shown to people: relative to the working directory, `/` as separator. */
  file: string;
  line: number;
  column: number;
  endLine?: number;
  endColumn?: number;
  /**
   * Set when the value itself is written nowhere (a default, a computed value): the config path of the nearest written
   * ancestor.
   */
  inherited?: string;
}

/** A finding as shown to people. */
export interface Diagnostic extends Finding {
  /** Stable slug, as `rollout/weights-increase`. `eco-compile explain <id>` prints its page. */
  id: string;
  severity: Severity;
  position?: Position;
  /** Source lines around the position, with a marker; made when rendering for people. */
  frame?: string;
}

/** A finding that somebody has accepted in the config. */
export interface IgnoredDiagnostic extends Diagnostic {
  ignored: {
    reason: string;
    /** The last day on which it is accepted. */
    until?: string;
    /** Config path of the entry that says so. */
    by: string;
  };
}

/** A user's mistake that stops a phase at once; carries diagnostics, never a stack trace for people. */
export class DiagnosticError extends Error {
  readonly diagnostics: readonly Diagnostic[];
  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(({ id, message }) => `${id}: ${message}`).join("\n"));
    this.name = "DiagnosticError";
    this.diagnostics = diagnostics;
  }
}

export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some(({ severity }) => severity === "error");

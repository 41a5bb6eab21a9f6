/**
 * What the lab asks the compiler, as data: a suite's record holds its questions, so that they can be asked again. The
 * same question has the same answer for as long as the compiler, the projects and the library make the same of it.
 */
import type { View } from "./views.ts";

export type Question = OutputQuestion | EditedQuestion | InitQuestion;

/** What the phases make of a project; that it is written is left out. */
export interface OutputQuestion {
  ask: "output";
  /** Its folder relative to the repository: `` or `examples/online-boutique`; elsewhere, an absolute path. */
  project: string;
  /** Parts of the topology. */
  views: readonly View[];
  /** Which files are answered: a regular expression for their paths, relative to the project. Absent: none. */
  files?: string;
  /**
   * A module of the lab whose default export changes the config and the image digests that were loaded, in place:
   * relative to the repository.
   */
  variant?: string;
  /** Emits this target alone, and asks neither checks nor verify. */
  target?: string;
}

/** What the compiler writes into a copy of the reference ecosystem that people have edited, edit after edit. */
export interface EditedQuestion {
  ask: "edited";
  edits: readonly Edit[];
}

/** What `eco-compile init` writes into these folders of a new repository, one after the other. */
export interface InitQuestion {
  ask: "init";
  folders: readonly string[];
}

/** An edit of a project's file; a text that is replaced stands there once. */
export type Edit =
  | { file: string; from: string; to: string }
  | { file: string; text: string }
  | { image: string; environment: string; digest: string }
  | { withoutImages: string };

/** Path → bytes, relative to the project, or to the new repository. */
export type Files = ReadonlyMap<string, Uint8Array>;

export interface Answer {
  /** By view. */
  topology: Readonly<Record<string, unknown>>;
  files: Files;
}

import {
  DiagnosticError,
  type Diagnostic,
  type InputFile,
  type Position,
  type RelatedFinding,
} from "../diagnostics/diagnostic.ts";

/** What can be wrong with the inputs before anything is known about their meaning; the ids of the load phase. */
export const loadCatalogue = {
  "load/config-missing": {
    summary: "There is no config file",
    why: "eco-compile reads one typed config, `ecosystem.config.ts`, in the folder that it runs in.",
  },
  "load/syntax": {
    summary: "The config, or a file that it imports, is not valid TypeScript",
    why: "The config is a program; it has to be parsed before it can say anything.",
  },
  "load/import": {
    summary: "An import of the config cannot be resolved",
    why: "A package that is not installed or a misspelt path stops the config before it has said anything.",
  },
  "load/threw": {
    summary: "The config threw an error while it ran",
    why: "A config that fails half way describes no ecosystem; nothing is guessed about the rest.",
  },
  "load/unhandled": {
    summary: "Something that the config began failed, and nothing waits for it",
    why: "A promise without `await` or a callback that throws is lost work: what it would have brought is missing from the config, and a program that goes on regardless may have written half of what was meant. The event loop turns a few times after the default export is there, so that what was forgotten shows. What is still open then (timers, servers, requests) ends with the config's process, and what it would have done later does not count.",
  },
  "load/ended": {
    summary: "The config, or what it imports, ended its process",
    why: "The config runs in a process of its own. One that ends before the default export is there describes no ecosystem, whichever exit code it chose: a pipeline must not turn green because a library called `process.exit(0)`.",
  },
  "load/extension": {
    summary: "A package or file that the config names in `extensions` cannot be loaded",
    why: "Without it what its target writes would be missing from the output, and what stood there would be deleted.",
  },
  "load/unsettled": {
    summary: "The config does not come to an end",
    why: "A promise that never settles, as the default export or in a top-level await, describes no ecosystem. When nothing is left that could settle it, that is said at once; otherwise a config has 30 seconds, an endless loop included.",
  },
  "load/unrepeatable": {
    summary: "A value of the config differs from run to run",
    why: "What is compiled is committed and compared: a value made from the clock, from randomness, from an environment variable or from the machine makes `--check` fail for everyone else, for ever. Before anything is written, where `--check` finds differences, and in `eco-compile check`, the config is loaded once more at another time, with other randomness, on a machine by another name, and with the environment variables that it asked for turned round: unset where they were set, and the other way round. What differs then is an error. It is not loaded again where none of its sources has a word that leads to any of these, and all of them import only each other, JSON and `eco-compile`. A variable that is read and changes nothing is fine.",
  },
  "load/duplicate-name": {
    summary: "One name is defined twice, and the last definition would win",
    why: "`{ ...shop, ...payments }` keeps the last of two equal names without a word: one team's service, secret or cluster would take the place of another's, and its owner, namespace and addresses with it. Only whole definitions count, not the fields that a spread overrides within one; and one that spreads the other into itself loses nothing.",
  },
  "load/stray-export": {
    summary: "A file exports something that is no definition, and all that it exports is taken for definitions",
    why: "`services: { ...shop }` after `import * as shop` makes a service of each export of the file, so that a team adds one without touching another file. A function, a text or a list that is exported for another file would become a service as well, and is none.",
  },
  "load/globals": {
    summary: "The config changes what is built into JavaScript",
    why: "A property that is assigned to `Object.prototype` turns up in every object, and so in files that nobody wrote it into. A built-in function that does something else makes the config unreadable.",
  },
  "load/unreadable": {
    summary: "The config, or a file that it imports, cannot be read as text",
    why: "Sources are UTF-8. In another encoding letters arrive garbled or not at all, and nothing tells which were meant.",
  },
  "load/too-large": {
    summary: "The config is too large",
    why: "A million values are more than any ecosystem has: a helper that repeats itself would only cost time and memory before it fails.",
  },
  "load/no-default-export": {
    summary: "The config has no default export",
    why: "The default export is the ecosystem; named exports are for sharing between the files of a config.",
  },
  "load/not-data": {
    summary: "The config holds a value that is not plain data",
    why: "The config is compiled into files: functions, class instances, cycles and numbers without a JSON form have none.",
  },
  "load/text": {
    summary: "A text is not well-formed or not in Unicode normal form C",
    why: "Lone surrogates have no UTF-8 form, and Terraform normalises strings to NFC, so that a plan would never settle.",
  },
  "load/json": {
    summary: "A companion file, or another that the config imports as JSON, is not valid JSON",
    why: "`ecosystem.images.json` and `ecosystem.tuning.json` are written by pull requests; a bad merge must not pass as an empty file. Files are UTF-8, of at most 16 MiB, and a companion holds at most 50,000 values: what is larger was made by mistake.",
  },
  "load/file": {
    summary: "A file that the config takes the text of with `file()` or `folder()` cannot be taken",
    why: "Its text is a part of the config, and has to be the same for whoever compiles it: UTF-8, in the project's folder, and no link that leads out of it. What is binary belongs into the image or on a volume.",
  },
  "load/extra": {
    summary: "A folder of `extra` cannot be read as its applier would read it",
    why: "What lies there is applied with what is compiled, so it is judged by the same schemas and policies; what cannot be read cannot be judged.",
  },
} as const satisfies Record<string, { summary: string; why: string }>;

export type LoadId = keyof typeof loadCatalogue;

export interface FaultDetails {
  at?: string;
  message: string;
  hint?: string;
  key?: boolean;
  input?: InputFile;
  position?: Position;
  related?: readonly RelatedFinding[];
}

export function fault(id: LoadId, { at = "", ...details }: FaultDetails): Diagnostic {
  return { id, severity: "error", at, ...details };
}

/** For the mistakes that leave nothing to go on with. */
export function stop(id: LoadId, details: FaultDetails): never {
  throw new DiagnosticError([fault(id, details)]);
}

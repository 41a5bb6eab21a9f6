import { DiagnosticError, type Diagnostic, type InputFile, type Position } from "../diagnostics/diagnostic.ts";

/** What can be wrong with the inputs before anything is known about their meaning; the ids of the load phase. */
export const loadFaults = {
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
    summary: "A companion file is not valid JSON",
    why: "`ecosystem.images.json` and `ecosystem.tuning.json` are written by pull requests; a bad merge must not pass as an empty file.",
  },
  "load/extra": {
    summary: "A folder of `extra` cannot be read as its applier would read it",
    why: "What lies there is applied with what is compiled, so it is judged by the same schemas and policies; what cannot be read cannot be judged.",
  },
} as const satisfies Record<string, { summary: string; why: string }>;

export type LoadFault = keyof typeof loadFaults;

export interface FaultDetails {
  at?: string;
  message: string;
  hint?: string;
  key?: boolean;
  input?: InputFile;
  position?: Position;
}

export function fault(id: LoadFault, { at = "", ...details }: FaultDetails): Diagnostic {
  return { id, severity: "error", at, ...details };
}

/** For the mistakes that leave nothing to go on with. */
export function stop(id: LoadFault, details: FaultDetails): never {
  throw new DiagnosticError([fault(id, details)]);
}

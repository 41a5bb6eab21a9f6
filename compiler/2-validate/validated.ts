import type { ExtraFolder } from "../1-load/index.ts";
import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Digest } from "../config/units.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Locked } from "../lock/choices.ts";
import type { Tuning } from "./tuning.ts";

/** Digests by service and environment, from `ecosystem.images.json`. */
export type Images = Readonly<Record<string, Readonly<Record<string, Digest>>>>;

/** What lower works on: validated, so that every reference exists and every unit parses. */
export interface LowerInputs {
  ecosystem: Ecosystem;
  images: Images;
  /** Values of accepted proposals by config path. */
  accepted: ReadonlyMap<string, number | string>;
  /** What has been chosen before. Default: nothing */
  locked?: Locked;
  /** What the folders of `extra` hold, in their order. Default: nothing is known of them. */
  extra?: readonly ExtraFolder[];
}

/** What lower works on. Only to be used where no diagnostic is an error. */
export interface Validated extends LowerInputs {
  tuning: Tuning;
  /** Whether all inputs have the form that their types say. */
  wellFormed: boolean;
  diagnostics: readonly Diagnostic[];
}

import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { emitCatalogue, type EmitId } from "./catalogue.ts";

/** A finding about targets, at the place of the config that brings them. */
export const fault = (id: EmitId, at: string, message: string, hint: string): Diagnostic => ({
  id,
  severity: emitCatalogue[id].severity,
  at,
  message,
  hint,
});

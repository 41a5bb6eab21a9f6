import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { TargetArtifact } from "../5-emit/artifact.ts";
import type { VerifyId } from "./catalogue.ts";

/** An empty frame: the line may be the secret's. */
export const leak = (file: Pick<TargetArtifact, "source" | "patches" | "foreign">, message: string): Diagnostic => ({
  ...fault("verify/secret", file, message),
  frame: "",
});

/** A finding about an artifact: it points at the config that the artifact comes from, the last patch first. */
export const fault = (
  id: VerifyId,
  artifact: Pick<TargetArtifact, "source" | "patches" | "foreign">,
  message: string,
  source?: string,
): Diagnostic => ({
  id,
  severity: "error",
  at: source ?? artifact.patches?.at(-1) ?? artifact.source,
  message,
  ...(artifact.foreign === undefined ? {} : { position: artifact.foreign.position }),
});

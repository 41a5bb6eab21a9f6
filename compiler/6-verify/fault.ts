import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { TargetArtifact } from "../5-emit/artifact.ts";
import type { VerifyId } from "./catalogue.ts";

/** An empty frame: the line may be the secret's. */
export const leak = (file: Pick<TargetArtifact, "source" | "patches" | "foreign">, message: string): Diagnostic => ({
  ...fault("verify/secret", file, message),
  frame: "",
});

/** Where a finding about an artifact points: at the config that the artifact comes from, the last patch first. */
export const placeOfFault = ({
  source,
  patches,
  foreign,
}: Pick<TargetArtifact, "source" | "patches" | "foreign">): Pick<Diagnostic, "at" | "position"> => ({
  at: patches?.at(-1) ?? source,
  ...(foreign === undefined ? {} : { position: foreign.position }),
});

/** A finding about an artifact; `source` is a better place than the artifact's. */
export const fault = (
  id: VerifyId,
  artifact: Pick<TargetArtifact, "source" | "patches" | "foreign">,
  message: string,
  source?: string,
): Diagnostic => ({
  id,
  severity: "error",
  ...placeOfFault(artifact),
  ...(source === undefined ? {} : { at: source }),
  message,
});

import type { Ecosystem } from "../config/model/ecosystem.ts";
import { formatPath } from "../diagnostics/config-path.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import { kindOf } from "./kinds.ts";

/** Identities that are named after no cloud, or after one of another kind: nothing would ever be applied with them. */
export function identityDiagnostics({ clouds, targets }: Ecosystem): Diagnostic[] {
  const options = targets?.["argo-cd"];
  const identities = (typeof options === "object" && options.identities) || {};
  return Object.entries(identities).flatMap(([name, identity]): Diagnostic[] => {
    const path = ["targets", "argo-cd", "identities", name];
    if (!Object.hasOwn(clouds, name))
      return [
        {
          id: "reference/unknown",
          severity: "error",
          at: formatPath(path),
          key: true,
          message: `there is no cloud "${name}"`,
          hint: didYouMean(name, Object.keys(clouds)) ?? `declared: ${Object.keys(clouds).join(", ")}`,
        },
      ];
    const kind = kindOf(name, clouds[name]);
    if (kindOf(name, identity) === kind) return [];
    return [
      {
        id: "reference/unknown",
        severity: "error",
        at: formatPath([...path, "kind"]),
        message: `the cloud ${name} is of kind ${kind}, and this is an identity of ${identity!.kind}`,
        hint: `name an identity of ${kind}`,
      },
    ];
  });
}

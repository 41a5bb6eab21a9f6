import type { Identities, Identity } from "../targets/argo-cd/options.ts";
import type { Ecosystem } from "../config/model/ecosystem.ts";
import { formatPath } from "../diagnostics/config-path.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import { kindOf } from "./kinds.ts";

/**
 * Who applies the roots of each cloud: identities that are named after none, or are of another kind than theirs, with
 * which nothing would ever be applied; and clouds that would be applied with the identity of another.
 */
export function identityDiagnostics(ecosystem: Ecosystem): Diagnostic[] {
  const { "argo-cd": options = {}, terraform } = ecosystem.targets ?? {};
  if (options === false || terraform === false) return []; // nothing applies roots then
  const identities = (typeof options === "object" ? options.identities : undefined) ?? {};
  return [
    ...Object.entries(identities).flatMap(([name, identity]) => misplaced(ecosystem, name, identity!)),
    ...sharing(ecosystem, identities),
  ];
}

const AT = ["targets", "argo-cd", "identities"];

function misplaced({ clouds }: Ecosystem, name: string, identity: Identity): Diagnostic[] {
  if (!Object.hasOwn(clouds, name))
    return [
      {
        id: "reference/unknown",
        severity: "error",
        at: formatPath([...AT, name]),
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
      at: formatPath([...AT, name, "kind"]),
      message: `the cloud ${name} is of kind ${kind}, and this is an identity of ${identity.kind}`,
      hint: `name an identity of ${kind}`,
    },
  ];
}

/** Without one of its own, a cloud of the management cluster's kind is applied as that cluster's own cloud is. */
function sharing({ clouds, clusters, management }: Ecosystem, identities: Identities): Diagnostic[] {
  const home = clusters[management.cluster]?.cloud;
  if (home === undefined || !Object.hasOwn(clouds, home)) return [];
  return Object.keys(clouds)
    .filter((name) => name !== home && kindOf(name, clouds[name]) === kindOf(home, clouds[home]))
    .filter((name) => !Object.hasOwn(identities, name))
    .map((name) => ({
      id: "reference/shared-identity",
      severity: "error",
      at: formatPath(["clouds", name]),
      key: true,
      message: `${name} has no identity of its own, and would be applied with that of ${home}, where the management cluster is`,
      hint: `name one under targets["argo-cd"].identities; eco-compile explain reference/shared-identity shows how`,
    }));
}

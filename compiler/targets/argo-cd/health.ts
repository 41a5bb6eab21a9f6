import type { Library } from "../../1-load/package-library.ts";

/**
 * Hand-written health scripts, `argocd/health/`: kinds that Argo CD does not know, and Application, which it no longer
 * judges by itself.
 */
const SCRIPTS: readonly { group: string; kind: string }[] = [
  { group: "argoproj.io", kind: "Application" },
  { group: "infra.contrib.fluxcd.io", kind: "Terraform" },
  { group: "templates.gatekeeper.sh", kind: "ConstraintTemplate" },
];

/** Every kind of this group has its own template; a pattern is allowed under this key alone. */
const CONSTRAINTS = { group: "constraints.gatekeeper.sh", file: "constraints.gatekeeper.sh" };

type Values = Record<string, unknown> & { configs?: { cm?: Record<string, unknown> } };

/**
 * The values of the chart `argo-cd` with the scripts in them.
 * https://argo-cd.readthedocs.io/en/stable/operator-manual/health/
 */
export function withHealthScripts(values: Values, library: Library): Values {
  const script = (file: string) => library.read(`argocd/health/${file}.lua`);
  const cm = {
    ...values.configs?.cm,
    ...Object.fromEntries(
      SCRIPTS.map(({ group, kind }) => [`resource.customizations.health.${group}_${kind}`, script(`${group}_${kind}`)]),
    ),
    "resource.customizations": wildcard(CONSTRAINTS.group, script(CONSTRAINTS.file)),
  };
  return { ...values, configs: { ...values.configs, cm } };
}

/** YAML inside a value: the script is one JSON string in it, which is YAML too. */
const wildcard = (group: string, script: string): string =>
  `${JSON.stringify(`${group}/*`)}:\n  health.lua: ${JSON.stringify(script)}\n`;

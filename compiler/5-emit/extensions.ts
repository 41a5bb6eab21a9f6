import type { ExtensionModule } from "../1-load/index.ts";
import { formatPath } from "../diagnostics/config-path.ts";
import { DiagnosticError, type Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Check } from "../4-check/check.ts";
import { fault } from "./fault.ts";
import { CONTRACT, type Target } from "./target.ts";

/** What `defineTarget` returns, as far as a stranger's export can be trusted to be one. */
type Exported = Partial<Target<never>> & { contract?: unknown };

/**
 * The compiler's own targets and those among the modules of `extensions`, these so that what they throw is a finding
 * that names their package.
 */
export function withExtensions(
  own: readonly Target<never>[],
  modules: readonly ExtensionModule[],
): { targets: Target<never>[]; diagnostics: Diagnostic[] } {
  const targets = [...own];
  const diagnostics: Diagnostic[] = [];
  for (const module of modules) {
    const finding = problemOf(module, targets);
    if (finding === undefined) targets.push(guarded(module.exported as Target<never>, module));
    else diagnostics.push(finding);
  }
  return { targets, diagnostics };
}

function problemOf({ name, from, exported }: ExtensionModule, known: readonly Target<never>[]): Diagnostic | undefined {
  const at = formatPath(["extensions", name]);
  const target = exported as Exported | null | undefined;
  if (target === null || typeof target !== "object" || typeof target.name !== "string" || target.contract === undefined)
    return fault("targets/not-a-target", at, `${from} exports no target by default`, NOT_A_TARGET);
  if (target.contract !== CONTRACT)
    return fault(
      "targets/contract",
      at,
      `${from} was made for version ${String(target.contract)} of the contract between targets and the compiler, which has version ${CONTRACT}`,
      "install versions of the two that fit",
    );
  const wrong = (["emit", "assemble", "contribute", "resolve"] as const).find(
    (hook) => target[hook] !== undefined && typeof target[hook] !== "function",
  );
  if (wrong !== undefined) return fault("targets/not-a-target", at, `${wrong} of ${from} is no function`, NOT_A_TARGET);
  if (target.name !== name)
    return fault(
      "targets/not-a-target",
      at,
      `${from} exports the target ${target.name}, not ${name}`,
      `call it extensions: { ${JSON.stringify(target.name)}: ... }`,
    );
  if (known.some((other) => other.name === name))
    return fault("targets/name-taken", at, `${from} is a target ${name}, and there is one already`, "use one of them");
  return undefined;
}

const NOT_A_TARGET = "a target is what defineTarget() of eco-compile/target returns, as the default export";

/** The same target; an error in it is its package's, not the compiler's. */
function guarded(target: Target<never>, { name, from }: ExtensionModule): Target<never> {
  const guard =
    <A extends unknown[], R>(hook: string, run: (...given: A) => R) =>
    (...given: A): R => {
      try {
        return run(...given);
      } catch (error) {
        if (error instanceof DiagnosticError) throw error;
        const message = `${from} failed in ${hook}: ${error instanceof Error ? error.message : String(error)}`;
        const at = formatPath(["extensions", name]);
        throw new DiagnosticError([fault("targets/threw", at, message, "report it to whoever maintains the package")]);
      }
    };
  const { resolve, contribute, emit, assemble, checks } = target;
  return {
    ...target,
    ...(resolve && { resolve: guard("resolve", resolve) }),
    ...(contribute && { contribute: guard("contribute", contribute) }),
    ...(emit && { emit: guard("emit", emit) }),
    ...(assemble && { assemble: guard("assemble", assemble) }),
    // A check may be a generator: what it throws comes while it is walked.
    ...(checks && {
      checks: checks.map((check): Check => ({
        ...check,
        run: guard(`the check ${check.id}`, (topology, context) => [...check.run(topology, context)]),
      })),
    }),
  };
}

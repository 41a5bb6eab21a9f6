import { validate } from "../../compiler/2-validate/index.ts";
import { check } from "../../compiler/4-check/index.ts";
import { resolve } from "../../compiler/5-emit/contribute.ts";
import type { TargetArtifact } from "../../compiler/5-emit/artifact.ts";
import { checksOf } from "../../compiler/5-emit/select.ts";
import { differences, type Ablation } from "../../compiler/provenance/ablation.ts";
import type { Change } from "../../compiler/provenance/changes.ts";
import { catalogue } from "../../compiler/judgement/catalogue.ts";
import { Judgement } from "../../compiler/judgement/index.ts";
import { fieldOf } from "../../compiler/2-validate/field-tree.ts";
import type { Place } from "../../compiler/provenance/places.ts";

/**
 * What a field is good for: it changes a file that a consumer reads, it changes what a check says or what a proposal
 * may do, or it changes neither.
 */
export type Effect = "output" | "judgement" | "nothing";

const RANK: Record<Effect, number> = { nothing: 0, judgement: 1, output: 2 };

/** So many leaves of a field are tried in one config: more would be more of the same. */
const MOST_LEAVES = 2;

/** Pages are for people, and data of policies judge what others read. */
const isRead = ({ path, target }: TargetArtifact): boolean =>
  target !== "runbooks" && !/^generated\/policies\/[^/]*\.json$/.test(path);

/** The strongest effect that each field has in one of the configs; undefined where it has no valid change in any. */
export function effectsIn(ablations: readonly Ablation[]): Map<string, Effect | undefined> {
  const effects = new Map<string, Effect | undefined>();
  for (const ablation of ablations) {
    const verdict = verdictOf(ablation, []);
    const tried = new Map<string, number>();
    for (const leaf of ablation.leaves) {
      if (leaf.path[0] === "extensions") continue; // what they do is their own business
      const field = fieldOf(leaf.path);
      if (field === "format") {
        effects.set(field, "judgement"); // another one is refused, so that none can be tried
        continue;
      }
      if (leaf.kind === "#/definitions/ProjectFile") {
        effects.set(field, "output"); // another file has another text, which stands beside it
        continue;
      }
      const known = effects.get(field);
      const count = tried.get(field) ?? 0;
      if (known === "output" || count === MOST_LEAVES) continue;
      tried.set(field, count + 1);
      const change = ablation.changeOf(leaf);
      if (change === undefined) {
        if (known === undefined) effects.set(field, undefined);
        continue;
      }
      const effect = changesOutput(ablation, change)
        ? "output"
        : known === "judgement" || flips(ablation, leaf, verdict)
          ? "judgement"
          : "nothing";
      if (known === undefined || RANK[effect] > RANK[known]) effects.set(field, effect);
    }
  }
  return effects;
}

function changesOutput(ablation: Ablation, change: Change): boolean {
  const other = ablation.compile([change]);
  if (other === undefined) return false;
  const paths = new Set(differences(ablation.emission, other));
  return [...ablation.emission.artifacts, ...other.artifacts].some(
    (artifact) => paths.has(artifact.path) && isRead(artifact),
  );
}

/** So many changes of a leaf are tried to make the compiler say something else. */
const MOST_CHANGES = 4;

function flips(ablation: Ablation, leaf: Place, verdict: string): boolean {
  for (const change of ablation.changesOf(leaf, MOST_CHANGES))
    if (verdictOf(ablation, [change]) !== verdict) return true;
  return false;
}

/** The day that `until` is held against: one on which what the ecosystem that writes everything accepts is still accepted. */
const AS_OF = new Date("2027-03-30");

/** Everything that is said of the config with these changes, as one text. */
function verdictOf(ablation: Ablation, changes: readonly Change[]): string {
  const validated = validate(ablation.sourceWith(changes));
  const { topology, active, at, diagnostics } = resolve(validated, ablation.targets);
  const judgement = new Judgement(validated.ecosystem, catalogue(ablation.targets), AS_OF);
  const { open, ignored } = judgement.judge([
    ...validated.diagnostics,
    ...diagnostics,
    ...check(topology, checksOf(active), at).diagnostics,
  ]);
  return [
    ...[...judgement.diagnostics, ...open, ...judgement.unmatched(["validate", "check"])].map(
      (one) => `${one.severity} ${one.id} ${one.at}`,
    ),
    ...ignored.map((one) => `${one.id} ${one.at} is accepted: ${one.ignored.reason}`),
    ...judgement.off,
  ]
    .sort()
    .join("\n");
}

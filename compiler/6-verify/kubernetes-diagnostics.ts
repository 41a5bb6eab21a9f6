import type { KubernetesObject, TargetArtifact } from "../5-emit/artifact.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { PACKAGE_ROOT } from "../package-root.ts";
import { fault } from "./fault.ts";
import {
  createValidator,
  schemasBelow,
  withConstraintTemplates,
  withDefinitions,
  type SchemaLookup,
} from "./kubernetes/index.ts";
import type { Question } from "./kubernetes/question.ts";
import type { Violation } from "./kubernetes/violation.ts";

/** The pinned schemas, and those of the kinds that the objects define themselves. */
export function schemasOf(artifacts: readonly TargetArtifact[]): SchemaLookup {
  const objects = [...ownersOf(artifacts).keys()].flat();
  const ofKind = (kind: string) => objects.filter((object) => object?.kind === kind);
  const pinned = withConstraintTemplates(schemasBelow(`${PACKAGE_ROOT}schemas/crds`), ofKind("ConstraintTemplate"));
  return withDefinitions(pinned, ofKind("CustomResourceDefinition"));
}

/** A list that several clusters share is judged once, and its mistake is one finding. */
function ownersOf(artifacts: readonly TargetArtifact[]): ReadonlyMap<readonly KubernetesObject[], TargetArtifact> {
  const owners = new Map<readonly KubernetesObject[], TargetArtifact>();
  for (const artifact of artifacts)
    if (artifact.body.kind === "kubernetes" && !owners.has(artifact.body.objects))
      owners.set(artifact.body.objects, artifact);
  return owners;
}

/** Objects against the schemas and rules of their kinds; `foreign` are those that the compiler does not make itself. */
export async function kubernetesDiagnostics(
  compiled: readonly TargetArtifact[],
  foreign: readonly TargetArtifact[],
  schemas: SchemaLookup,
): Promise<Diagnostic[]> {
  const isForeign = new Set(foreign);
  const ours = createValidator(schemas);
  const theirs = createValidator(schemas, { unknownKinds: "allow" }); // whose kinds may come with an operator of their own
  const questions: [Question, Judged][] = [];
  const violations = [...ownersOf([...compiled, ...foreign])].flatMap(([objects, artifact]) =>
    objects.flatMap((object) =>
      (isForeign.has(artifact) ? theirs : ours)
        .validate(object, (question) => questions.push([question, { artifact, object }]))
        .map((violation) => violated(violation, { artifact, object })),
    ),
  );
  return [...violations, ...(await broken(questions))];
}

/** What a violation is found in. */
interface Judged {
  artifact: TargetArtifact;
  object: KubernetesObject;
}

/** Rules in CEL that values break. */
async function broken(questions: readonly [Question, Judged][]): Promise<Diagnostic[]> {
  if (questions.length === 0) return [];
  const { answer } = await import("./kubernetes/cel/index.ts"); // brings a language: not where there is no rule
  return questions.flatMap(([question, judged]) => answer(question).map((violation) => violated(violation, judged)));
}

const violated = ({ path, message }: Violation, { artifact, object }: Judged): Diagnostic => ({
  ...fault(
    "verify/kubernetes-object",
    artifact,
    `${object?.kind} ${object?.metadata?.name} in ${artifact.path}: ${path.join(".")} ${message}`,
  ),
  idea: `${object?.kind}: ${path.join(".")} ${message}`,
});

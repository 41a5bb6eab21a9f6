/**
 * Holds a Kubernetes object against the pinned schema of its kind, against what holds for every object (names, labels,
 * namespaces), and against what the kind's controller refuses although its CRD lets it through (`rules/`).
 *
 * The schemas are interpreted (check-schema.ts), not compiled by ajv. CPU time on Node 20 for 50 objects of 49 kinds,
 * the first round with reading the schemas / each later object: ajv compiling a kind when it is first met 2,600 ms / 18
 * µs; ajv's standalone code, made beforehand, 280 ms / 17 µs and 8.2 MB of code; interpreted 50 ms / 5 µs (11 µs with
 * names and rules). Most of a schema is never reached by a value, so compiling it is never earned back; and the
 * interpreter stops below the first mistake, where ajv's `allErrors` reports every branch of a union. index.test.ts
 * holds both to the same verdicts.
 */
import { groupOf } from "../../facts/kinds.ts";
import type { PathSegment } from "../../diagnostics/config-path.ts";
import { checkSchema, type Ask } from "./check-schema.ts";
import type { RootSchema } from "./json-schema.ts";
import { nameProblem, namespaceProblem } from "./names.ts";
import type { Question } from "./question.ts";
import { RULES } from "./rules/index.ts";
import type { Rule } from "./rules/rule.ts";
import type { SchemaLookup } from "./schemas.ts";
import type { Violation } from "./violation.ts";
import { shown } from "./wording.ts";

export { schemasBelow, withConstraintTemplates, withDefinitions, type SchemaLookup } from "./schemas.ts";

export interface Validator {
  /**
   * Every mistake in one object, each once, in the order of its fields; none when it is valid. What its kind has rules
   * in CEL for, and no mistake is found in, is handed to `ask`, which cel/ answers.
   */
  validate(object: unknown, ask?: Ask): Violation[];
}

export interface ValidatorOptions {
  /** What to make of a kind that has no schema. Default: a violation. */
  unknownKinds?: "reject" | "allow";
}

export function createValidator(schemas: SchemaLookup, { unknownKinds = "reject" }: ValidatorOptions = {}): Validator {
  const kinds = new Map<string, Kind>();
  const kindOf = ({ apiVersion, kind }: Identified): Kind => {
    const key = `${apiVersion} ${kind}`;
    let known = kinds.get(key);
    if (!known) kinds.set(key, (known = { schema: schemas(apiVersion, kind), rules: rulesOf(apiVersion, kind) }));
    return known;
  };
  return {
    validate(object, ask) {
      if (!isIdentified(object))
        return [{ path: [], message: "is not a Kubernetes object: it needs apiVersion and kind", keyword: "type" }];
      const { schema, rules } = kindOf(object);
      const questions: Question[] = [];
      const fromSchema = schema
        ? checkSchema(schema, object, (question) => questions.push(question))
        : unknownKinds === "allow"
          ? []
          : [unknownKind(object)];
      const beyond = [...identityViolations(object, schema), ...rules.flatMap((rule) => [...rule(object)])];
      const found = [...fromSchema, ...beyond.filter(isApartFrom(fromSchema))];
      if (ask !== undefined) questions.filter(isApartFrom(found)).forEach(ask);
      return found;
    },
  };
}

/** What there is to hold the objects of one kind against. */
interface Kind {
  schema: RootSchema | undefined;
  rules: readonly Rule[];
}

interface Identified {
  apiVersion: string;
  kind: string;
  metadata?: unknown;
}

function isIdentified(object: unknown): object is Identified {
  const { apiVersion, kind } = (object ?? {}) as Partial<Identified>;
  return typeof apiVersion === "string" && typeof kind === "string";
}

const unknownKind = ({ apiVersion, kind }: Identified): Violation => ({
  path: ["kind"],
  message: `there is no schema for ${apiVersion} ${kind}`,
  keyword: "kind",
});

function* identityViolations(
  { apiVersion, kind, metadata }: Identified,
  schema: RootSchema | undefined,
): Iterable<Violation> {
  if (metadata === null || typeof metadata !== "object") return;
  const { name, generateName, namespace } = metadata as Record<string, unknown>;
  if (name === undefined && generateName === undefined)
    yield { path: ["metadata"], message: 'lacks the field "name"', keyword: "required" };
  const problem = typeof name === "string" ? nameProblem(apiVersion, kind, name) : undefined;
  if (problem !== undefined) yield { path: ["metadata", "name"], message: problem, keyword: "name" };
  if (typeof namespace !== "string") return;
  const foreign =
    schema?.["x-eco-scope"] === "Cluster"
      ? `${kind} is cluster-scoped and has no namespace; has ${shown(namespace)}`
      : undefined;
  const wrong = foreign ?? namespaceProblem(namespace);
  if (wrong !== undefined) yield { path: ["metadata", "namespace"], message: wrong, keyword: "namespace" };
}

function rulesOf(apiVersion: string, kind: string): readonly Rule[] {
  return RULES[`${groupOf(apiVersion)} ${kind}`] ?? [];
}

const isApartFrom =
  (found: readonly Violation[]) =>
  ({ path }: Pick<Violation, "path">): boolean =>
    !found.some((other) => overlap(path, other.path));

/** Does one path lead through the other? Then both are about one mistake, and the schema's word is the more exact. */
function overlap(one: readonly PathSegment[], other: readonly PathSegment[]): boolean {
  const shorter = Math.min(one.length, other.length);
  for (let index = 0; index < shorter; index++) if (one[index] !== other[index]) return false;
  return true;
}

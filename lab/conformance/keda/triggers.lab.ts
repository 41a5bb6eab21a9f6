/** Triggers, held to what KEDA publishes of its scalers: the parameters that each reads, and from where. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { objectsIn } from "../../delivery/applications.ts";
import type { Data } from "../../cluster/client.ts";
import { record } from "../../record/notes.ts";
import { moduleFolder } from "../../toolchain/index.ts";

const test = suite("keda: parameters of triggers");
const MODULE = "github.com/kedacore/keda/v2";
const SAMPLE = "test/samples/scaling/expected/generated/clusters";

interface Parameter {
  name: string;
  optional?: boolean;
  default?: string;
  allowedValue?: readonly string[];
  deprecated?: string;
  metadataVariableReadable?: boolean;
  triggerAuthenticationVariableReadable?: boolean;
}

const folder = moduleFolder(MODULE);
const schema = JSON.parse(readFileSync(join(folder!, "schema/generated/scalers-schema.json"), "utf8")) as {
  scalers: { type: string; parameters: Parameter[] }[];
};
const scalers = new Map(schema.scalers.map(({ type, parameters }) => [type, parameters]));

/** What a scaler has against a trigger and the names of the parameters that come from secrets. */
function problems({ type, metadata }: Data, fromSecrets: readonly string[]): string[] {
  const parameters = scalers.get(type);
  if (parameters === undefined) return [`no scaler is called ${type}`];
  const known = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  return [
    ...Object.entries<unknown>(metadata).flatMap(([name, value]) => {
      const parameter = known.get(name);
      if (typeof value !== "string") return [`${name} is no text`];
      if (!parameter?.metadataVariableReadable) return [`${type} reads no ${name} from metadata`];
      if (parameter.deprecated !== undefined) return [`${name}: ${parameter.deprecated}`];
      return parameter.allowedValue?.includes(value) === false ? [`${name} is ${value}`] : [];
    }),
    ...fromSecrets.flatMap((name) =>
      known.get(name)?.triggerAuthenticationVariableReadable ? [] : [`${type} reads no ${name} from secrets`],
    ),
    ...parameters.flatMap(({ name, optional, default: fallback }) =>
      optional || fallback !== undefined || name in metadata || fromSecrets.includes(name)
        ? []
        : [`${name} is missing`],
    ),
  ];
}

const objects = objectsIn(SAMPLE);
const authentications = new Map(
  objects
    .filter(({ object }) => object.kind === "TriggerAuthentication")
    .map(({ object }) => [
      object.metadata.name,
      (object as Data).spec.secretTargetRef.map(({ parameter }: Data) => parameter) as string[],
    ]),
);
const triggers = objects
  .filter(({ object }) => object.kind === "ScaledObject")
  .flatMap(({ object, file }) => ((object as Data).spec.triggers as Data[]).map((trigger) => ({ trigger, file })));
const secretsOf = ({ authenticationRef }: Data): string[] =>
  authenticationRef === undefined ? [] : authentications.get(authenticationRef.name)!;

test("every trigger has what its scaler reads, and nothing else", () => {
  assert.ok(triggers.length >= 5);
  for (const { trigger } of triggers) assert.equal(problems(trigger, secretsOf(trigger)), [], trigger.name);
  record(
    {
      consumer: "keda",
      version: folder!.slice(folder!.lastIndexOf("@") + 1),
      judged: "triggers of the sample of scaling, against the parameters that KEDA publishes of its scalers",
      count: triggers.length,
      level: "schema",
    },
    triggers.map(({ file }) => file),
  );
});

test("caught: each parameter misspelt, or left out where it is needed, and one that no secret gives", () => {
  for (const { trigger } of triggers) {
    for (const name of Object.keys(trigger.metadata)) {
      const { [name]: value, ...others } = trigger.metadata as Record<string, string>;
      assert.ok(problems({ ...trigger, metadata: { ...others, [`${name}x`]: value } }, secretsOf(trigger)).length > 0);
    }
    assert.ok(problems(trigger, [...secretsOf(trigger), "nothing"]).length > 0);
  }
});

test.run();

/**
 * Breaks every argument of a module or root in one way at once, so that each can be asked for: a template that says one
 * of these wrong must be found out.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { providerOf, providerSchema, type BlockSchema, type SchemaFile, type Type } from "./provider-schema.ts";
import { calledModule } from "./check-module.ts";
import type { Block, Body } from "./hcl.ts";
import { readModule, type Declared, type Module, type Problem } from "./module.ts";

/** An argument that a schema, or the variable of a called module, says something about. */
interface Argument {
  file: string;
  line: number;
  /** Where the block that it stands in begins. */
  blockLine: number;
  name: string;
  expression: string;
  type: Type;
  required: boolean;
}

export interface Broken {
  /** The files that are different, by name. */
  files: Record<string, string>;
  /** One for each broken argument. */
  wanted: { file: string; line: number; message: RegExp }[];
}

type Break = (argument: Argument) => { text: string; line: number; message: RegExp } | undefined;

/** What an argument becomes, and what must be said about it. Lines stay where they are. */
export const WAYS: Readonly<Record<string, Break>> = {
  "a misspelt argument": ({ name, expression, line }) => ({
    text: `${name}_ = ${expression}`,
    line,
    message: new RegExp(`has no argument ${name}_\\b`),
  }),
  "a missing argument": ({ name, expression, blockLine, required }) =>
    required
      ? { text: lineEnds(expression), line: blockLine, message: new RegExp(`needs the argument ${name}$`) }
      : undefined,
  "a wrong type": ({ name, expression, line, type }) =>
    type === "dynamic"
      ? undefined
      : {
          text: `${name} = ${typeof type === "string" ? '["wrong"]' : '"wrong"'}${lineEnds(expression)}`,
          line,
          message: new RegExp(`^${name} of .* is wanted`),
        },
};

const lineEnds = (text: string): string => "\n".repeat(text.split("\n").length - 1);

export async function broken(folder: string, way: Break, schemas: Map<string, SchemaFile>): Promise<Broken> {
  const module = await readModule(folder);
  const files = new Map<string, string>();
  const wanted: Broken["wanted"] = [];
  for (const argument of await argumentsOf(module, schemas)) {
    const edit = way(argument);
    if (!edit) continue;
    const { file, line, name, expression } = argument;
    files.set(
      file,
      replaced(files.get(file) ?? readFileSync(join(folder, file), "utf8"), {
        line,
        name,
        expression,
        text: edit.text,
      }),
    );
    wanted.push({ file, line: edit.line, message: edit.message });
  }
  return { files: Object.fromEntries(files), wanted };
}

/** Those of the wanted findings that are missing. */
export const unfound = ({ wanted }: Broken, problems: readonly Problem[]): string[] =>
  wanted
    .filter(
      ({ file, line, message }) =>
        !problems.some((problem) => problem.file === file && problem.line === line && message.test(problem.message)),
    )
    .map(({ file, line, message }) => `${file}:${line}: ${message}`);

function replaced(
  source: string,
  { line, name, expression, text }: { line: number; name: string; expression: string; text: string },
): string {
  const start = source
    .split("\n")
    .slice(0, line - 1)
    .join("\n").length;
  const assignment = new RegExp(`(?<![\\w.-])${name}[ \\t]*=[ \\t]*`, "g");
  assignment.lastIndex = start;
  const found = assignment.exec(source);
  const end = found ? found.index + found[0].length + expression.length : 0;
  if (!found || source.slice(found.index + found[0].length, end) !== expression)
    throw new Error(`line ${line}: ${name} is not where it was read`);
  return source.slice(0, found.index) + text + source.slice(end);
}

/** Terraform's own: https://developer.hashicorp.com/terraform/language/meta-arguments */
const META = new Set(["count", "for_each", "provider", "providers", "depends_on", "source", "version", "alias"]);

async function argumentsOf(module: Module, schemas: Map<string, SchemaFile>): Promise<Argument[]> {
  const found: Argument[] = [];
  for (const call of module.calls.values()) {
    const called = await calledModule(module, call);
    const attributes = Object.fromEntries(
      [...(called?.variables ?? [])].map(([name, { constraint, required }]) => [
        name,
        { type: constraint, ...(required ? { required } : {}) },
      ]),
    );
    found.push(...inBody(call.file, call, { attributes: attributes as BlockSchema["attributes"], block_types: {} }));
  }
  const blocks: [Declared, (schema: ReturnType<typeof providerSchema>, name: string) => BlockSchema | undefined][] = [
    ...[...module.resources.values()].map(
      (block) => [block, (schema, name) => schema.resource_schemas[name]?.block] as (typeof blocks)[number],
    ),
    ...[...module.dataSources.values()].map(
      (block) => [block, (schema, name) => schema.data_source_schemas[name]?.block] as (typeof blocks)[number],
    ),
    ...module.providers.map((block) => [block, (schema) => schema.provider.block] as (typeof blocks)[number]),
  ];
  for (const [block, pick] of blocks) {
    const file = schemas.get(providerOf(block.labels[0]!));
    const schema = file && pick(providerSchema(file), block.labels[0]!);
    if (schema) found.push(...inBody(block.file, block, schema));
  }
  return found;
}

function inBody(file: string, { line: blockLine, body }: Block, schema: BlockSchema): Argument[] {
  const own = body.attributes.flatMap(({ name, line, expression }): Argument[] => {
    const known = schema.attributes[name];
    return known && !META.has(name)
      ? [{ file, line, blockLine, name, expression, type: known.type, required: known.required === true }]
      : [];
  });
  return [...own, ...body.blocks.flatMap((block) => nested(file, block, schema))];
}

/** What `dynamic` repeats is in its `content`. */
function nested(file: string, block: Block, schema: BlockSchema): Argument[] {
  const [name, content] = block.type === "dynamic" ? [block.labels[0]!, contentOf(block.body)] : [block.type, block];
  const inner = schema.block_types[name]?.block;
  return inner && content ? inBody(file, content, inner) : [];
}

const contentOf = (body: Body): Block | undefined => body.blocks.find(({ type }) => type === "content");

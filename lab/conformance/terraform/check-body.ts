/** Holds the body of a resource, data source, provider or nested block against its schema. */
import { closest, distance } from "fastest-levenshtein";
import { infer, mismatch, parseExpression, type Scope } from "./expression.ts";
import type { Attribute, Block, Body } from "./hcl.ts";
import { attributeOf, blocksOf } from "./module.ts";
import type { BlockSchema, NestedBlockSchema, Type } from "./provider-schema.ts";
import { element, object } from "./types.ts";

/** What a check needs beside the body: where names lead, and where findings go. */
export interface Context {
  at: (line: number) => Scope;
}

const EMPTY: BlockSchema = { attributes: {}, block_types: {} };

export async function checkBody(
  what: string,
  line: number,
  body: Body,
  schema: BlockSchema,
  context: Context,
): Promise<void> {
  const names = [...Object.keys(schema.attributes), ...Object.keys(schema.block_types)];
  for (const attribute of body.attributes) await checkAttribute(what, attribute, schema, names, context);
  for (const [name, { required }] of Object.entries(schema.attributes)) {
    if (required && !attributeOf(body, name) && written(body, name).length === 0)
      context.at(line).report(`${what} needs the argument ${name}`);
  }
  for (const block of body.blocks) await checkBlock(what, block, schema, names, context);
  for (const [name, { min_items = 0, max_items = Infinity, nesting_mode }] of Object.entries(schema.block_types)) {
    const blocks = written(body, name);
    const fixed = blocks.filter(({ type }) => type !== "dynamic");
    if (blocks.length < min_items) context.at(line).report(`${what} needs a block ${name}`);
    const most = nesting_mode === "single" ? 1 : max_items;
    if (fixed.length > most)
      context.at(fixed[most]!.line).report(`${what} takes ${most} block ${name}, found ${fixed.length}`);
  }
}

/** A nested block, written out or through `dynamic`. */
const written = (body: Body, name: string): Block[] =>
  body.blocks.filter(({ type, labels }) => type === name || (type === "dynamic" && labels[0] === name));

async function checkAttribute(
  what: string,
  attribute: Attribute,
  schema: BlockSchema,
  names: string[],
  context: Context,
): Promise<void> {
  const scope = context.at(attribute.line);
  const known = schema.attributes[attribute.name];
  const ast = await parseExpression(attribute.expression);
  infer(ast, scope);
  if (schema.block_types[attribute.name])
    scope.report(`${attribute.name} is a block of ${what}, not an argument: write ${attribute.name} { }`);
  else if (!known) scope.report(`${what} has no argument ${attribute.name}${suggestion(attribute.name, names)}`);
  else if (!known.required && !known.optional) scope.report(`${attribute.name} of ${what} is set by the provider`);
  else for (const message of mismatch(ast, known.type, scope)) scope.report(`${attribute.name} of ${what}: ${message}`);
}

async function checkBlock(
  what: string,
  block: Block,
  schema: BlockSchema,
  names: string[],
  context: Context,
): Promise<void> {
  const name = block.type === "dynamic" ? block.labels[0]! : block.type;
  const nested = nestedSchema(schema, name);
  if (!nested) {
    const misplaced = schema.attributes[name]
      ? `${name} is an argument of ${what}, not a block: write ${name} = `
      : undefined;
    context.at(block.line).report(misplaced ?? `${what} has no block ${name}${suggestion(name, names)}`);
    return;
  }
  if (block.type === "dynamic") await checkDynamic(`${what}.${name}`, block, nested, context);
  else await checkBody(`${what}.${name}`, block.line, block.body, nested, context);
}

/** Lists of objects may be written as blocks: https://developer.hashicorp.com/terraform/language/attr-as-blocks */
function nestedSchema(schema: BlockSchema, name: string): BlockSchema | undefined {
  const type = schema.attributes[name]?.type;
  if (!Array.isArray(type) || (type[0] !== "list" && type[0] !== "set") || type[1][0] !== "object")
    return schema.block_types[name]?.block;
  const fields = Object.entries(type[1][1] as Record<string, Type>);
  return {
    ...EMPTY,
    attributes: Object.fromEntries(fields.map(([field, fieldType]) => [field, { type: fieldType, optional: true }])),
  };
}

/** https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks */
async function checkDynamic(
  what: string,
  block: Block,
  schema: NestedBlockSchema["block"],
  context: Context,
): Promise<void> {
  const forEach = attributeOf(block.body, "for_each");
  const [content] = blocksOf(block.body, "content");
  if (!forEach || !content) {
    context.at(block.line).report(`dynamic ${what} needs for_each and content { }`);
    return;
  }
  const over = infer(await parseExpression(forEach.expression), context.at(forEach.line));
  const iterator = attributeOf(block.body, "iterator")?.expression ?? block.labels[0]!;
  const value = object({ key: "dynamic", value: element(over) });
  await checkBody(what, content.line, content.body, schema, {
    at: (line) => {
      const scope = context.at(line);
      return { ...scope, root: (name) => (name === iterator ? value : scope.root(name)) };
    },
  });
}

function suggestion(name: string, names: string[]): string {
  const nearest = names.length > 0 ? closest(name, names) : "";
  return nearest && distance(name, nearest) <= 3 ? `; did you mean ${nearest}?` : "";
}

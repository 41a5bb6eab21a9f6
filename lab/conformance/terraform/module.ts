/** One Terraform module as read from its folder: every declaration with its file and line. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import hcl from "@cdktn/hcl2json";
import { parseExpression, type Ast } from "./expression.ts";
import { readBody, type Attribute, type Block, type Body } from "./hcl.ts";
import type { Type } from "./provider-schema.ts";

export interface Problem {
  file: string;
  line: number;
  message: string;
}

export interface Declared extends Block {
  file: string;
}

interface Variable extends Declared {
  constraint: Type;
  required: boolean;
}

interface Local extends Attribute {
  file: string;
}

export interface Module {
  folder: string;
  variables: Map<string, Variable>;
  locals: Map<string, Local>;
  outputs: Map<string, Declared>;
  calls: Map<string, Declared>;
  /** By "type.name". */
  resources: Map<string, Declared>;
  dataSources: Map<string, Declared>;
  providers: Declared[];
  /** The blocks inside every `terraform {}`. */
  settings: Declared[];
  requiredVersion?: string;
  problems: Problem[];
}

/** https://developer.hashicorp.com/terraform/language/syntax/configuration; these hold nothing that is checked here. */
const UNCHECKED = new Set(["moved", "removed", "import", "check"]);

export async function readModule(folder: string): Promise<Module> {
  const module: Module = {
    folder,
    variables: new Map(),
    locals: new Map(),
    outputs: new Map(),
    calls: new Map(),
    resources: new Map(),
    dataSources: new Map(),
    providers: [],
    settings: [],
    problems: [],
  };
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".tf"))
    .sort();
  if (files.length === 0) module.problems.push({ file: ".", line: 1, message: `no .tf files in ${folder}` });
  for (const file of files) {
    const source = readFileSync(join(folder, file), "utf8");
    try {
      await hcl.parse(file, source);
    } catch (error) {
      const [, line, detail] = /\.tf:(\d+),[\s\S]*?: ([^\n]+)/.exec(String(error)) ?? [];
      module.problems.push({ file, line: Number(line ?? 1), message: detail ?? String(error) });
      continue;
    }
    for (const block of readBody(source).blocks) await declare(module, { ...block, file });
  }
  return module;
}

async function declare(module: Module, block: Declared): Promise<void> {
  const name = block.labels.join(".");
  const tables: Record<string, Map<string, Declared>> = {
    output: module.outputs,
    module: module.calls,
    resource: module.resources,
    data: module.dataSources,
  };
  const table = tables[block.type];
  if (table) add(module, table, name, block, block);
  else if (block.type === "variable") add(module, module.variables, name, await variable(block), block);
  else if (block.type === "provider") module.providers.push(block);
  else if (block.type === "locals") {
    for (const attribute of block.body.attributes)
      add(module, module.locals, attribute.name, { ...attribute, file: block.file }, block);
  } else if (block.type === "terraform") {
    module.settings.push(...block.body.blocks.map((setting) => ({ ...setting, file: block.file })));
    const version = attributeOf(block.body, "required_version");
    if (version) module.requiredVersion = version.expression;
  } else if (!UNCHECKED.has(block.type)) {
    module.problems.push({
      file: block.file,
      line: block.line,
      message: `${block.type} is not a block of Terraform's language`,
    });
  }
}

function add<T>(module: Module, table: Map<string, T>, name: string, value: T, { file, line, type }: Declared): void {
  if (table.has(name)) module.problems.push({ file, line, message: `${type} ${name} is declared twice` });
  table.set(name, value);
}

async function variable(block: Declared): Promise<Variable> {
  const type = attributeOf(block.body, "type");
  return {
    ...block,
    constraint: type ? constraint(await parseExpression(type.expression)) : "dynamic",
    required: attributeOf(block.body, "default") === undefined,
  };
}

/** https://developer.hashicorp.com/terraform/language/expressions/type-constraints */
function constraint(ast: Ast): Type {
  const name = ast.meta?.name ?? ast.meta?.value ?? "";
  const inner = ast.children[0];
  if (name === "string" || name === "number" || name === "bool") return name;
  if (name === "list" || name === "set" || name === "map") return [name, inner ? constraint(inner) : "dynamic"];
  if (name === "optional" && inner) return constraint(inner);
  if (name === "tuple" && inner) return ["tuple", inner.children.map(constraint)];
  if (name !== "object" || !inner) return "dynamic";
  const fields = inner.children.flatMap((key, index) =>
    index % 2 === 0 ? [[key.meta!.value, inner.children[index + 1]!] as const] : [],
  );
  return [
    "object",
    Object.fromEntries(fields.map(([field, type]) => [field, constraint(type)])),
    fields.filter(([, type]) => type.meta?.name === "optional").map(([field]) => field),
  ];
}

export const attributeOf = (body: Body, name: string): Attribute | undefined =>
  body.attributes.find((attribute) => attribute.name === name);
export const blocksOf = (body: Body, type: string): Block[] => body.blocks.filter((block) => block.type === type);

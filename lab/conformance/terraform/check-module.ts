/** Holds a module or root against the providers' schemas and against the modules that it calls. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import semver from "semver";
import { checkBody, type Context } from "./check-body.ts";
import { infer, mismatch, parseExpression, type Scope } from "./expression.ts";
import type { Body } from "./hcl.ts";
import { attributeOf, readModule, type Declared, type Module, type Problem } from "./module.ts";
import {
  BUILT_IN,
  loadSchemas,
  providerOf,
  providerSchema,
  type BlockSchema,
  type ProviderSchema,
  type SchemaFile,
  type Type,
} from "./provider-schema.ts";
import { blockType, element, object } from "./types.ts";

export type { Problem } from "./module.ts";

/** Everything wrong with the module in a folder, by file and line. Modules that it calls are read, and not checked. */
export async function checkModule(
  folder: string,
  schemas: Map<string, SchemaFile> = loadSchemas(),
): Promise<Problem[]> {
  const module = await readModule(resolve(folder));
  if (module.problems.length > 0) return module.problems;
  const names = await namesOf(module, schemas);
  const check = new ModuleCheck(module, names, schemas);
  await check.run();
  return check.problems.sort((left, right) =>
    left.file === right.file ? left.line - right.line : left.file < right.file ? -1 : 1,
  );
}

/** The root names of a module's expressions: var, local, module, data, and the resource types. */
type Names = Record<string, Type>;

/** https://developer.hashicorp.com/terraform/language/expressions/references */
const ALWAYS: Names = {
  path: object({ module: "string", root: "string", cwd: "string" }),
  terraform: object({ workspace: "string" }),
};

async function namesOf(module: Module, schemas: Map<string, SchemaFile>): Promise<Names> {
  const names: Names = { ...ALWAYS, var: object(mapValues(module.variables, ({ constraint }) => constraint)) };
  const silent: Scope = { root: (name) => names[name] ?? "dynamic", used: () => {}, report: () => {} };
  Object.assign(
    names,
    instances(module.resources, (type) => schemaOf(schemas, "resource", type)),
  );
  names["data"] = object(instances(module.dataSources, (type) => schemaOf(schemas, "data", type)));

  const calls: Record<string, Type> = {};
  for (const [name, call] of module.calls) calls[name] = repeated(call.body, await outputsOf(module, call, schemas));
  names["module"] = object(calls);

  // Locals may refer to each other in any order: each pass settles those whose parts are known.
  const locals = Object.fromEntries([...module.locals.keys()].map((name): [string, Type] => [name, "dynamic"]));
  names["local"] = object(locals);
  for (let pass = 0, before = ""; pass < module.locals.size && before !== JSON.stringify(locals); pass += 1) {
    before = JSON.stringify(locals);
    for (const [name, { expression }] of module.locals) locals[name] = infer(await parseExpression(expression), silent);
  }
  return names;
}

async function outputsOf(module: Module, call: Declared, schemas: Map<string, SchemaFile>): Promise<Type> {
  const called = await calledModule(module, call);
  if (!called || called.problems.length > 0) return "dynamic";
  const names = await namesOf(called, schemas);
  const scope: Scope = { root: (name) => names[name] ?? "dynamic", used: () => {}, report: () => {} };
  const outputs: Record<string, Type> = {};
  for (const [name, { body }] of called.outputs) {
    const value = attributeOf(body, "value");
    outputs[name] = value ? infer(await parseExpression(value.expression), scope) : "dynamic";
  }
  return object(outputs);
}

/** The module behind a relative source; a registry's modules are beyond this check. */
export async function calledModule(module: Module, call: Declared): Promise<Module | undefined> {
  const source = /^"(\.{1,2}\/.*)"$/.exec(attributeOf(call.body, "source")?.expression ?? "")?.[1];
  return source && existsSync(resolve(module.folder, source)) ? readModule(resolve(module.folder, source)) : undefined;
}

function instances(
  blocks: Map<string, Declared>,
  schema: (type: string) => BlockSchema | undefined,
): Record<string, Type> {
  const types: Record<string, Record<string, Type>> = {};
  for (const { labels, body } of blocks.values()) {
    const [type, name] = labels as [string, string];
    const block = schema(type);
    (types[type] ??= {})[name] = repeated(body, block ? blockType(block) : "dynamic");
  }
  return Object.fromEntries(Object.entries(types).map(([type, named]) => [type, object(named)]));
}

/** `count` makes a list of a block, and `for_each` a map. */
const repeated = (body: Body, type: Type): Type =>
  attributeOf(body, "count") ? ["list", type] : attributeOf(body, "for_each") ? ["map", type] : type;

function schemaOf(schemas: Map<string, SchemaFile>, kind: "resource" | "data", type: string): BlockSchema | undefined {
  const file = schemas.get(providerOf(type));
  const provider: ProviderSchema | undefined =
    providerOf(type) === "terraform" ? BUILT_IN : file && providerSchema(file);
  return (kind === "resource" ? provider?.resource_schemas : provider?.data_source_schemas)?.[type]?.block;
}

const mapValues = <T, U>(table: Map<string, T>, value: (entry: T) => U): Record<string, U> =>
  Object.fromEntries([...table].map(([name, entry]) => [name, value(entry)]));

/** Arguments that Terraform itself takes: https://developer.hashicorp.com/terraform/language/meta-arguments */
const META_ATTRIBUTES = new Set(["count", "for_each", "provider", "depends_on"]);
const META_BLOCKS = new Set(["lifecycle", "provisioner", "connection"]);
const CALL_ATTRIBUTES = new Set(["source", "version", "providers", "count", "for_each", "depends_on"]);
const LIFECYCLE: BlockSchema = {
  attributes: {
    create_before_destroy: { type: "bool", optional: true },
    prevent_destroy: { type: "bool", optional: true },
    replace_triggered_by: { type: "dynamic", optional: true },
  },
  block_types: Object.fromEntries(
    ["precondition", "postcondition"].map((name) => [
      name,
      {
        nesting_mode: "list",
        block: {
          attributes: {
            condition: { type: "bool", required: true },
            error_message: { type: "string", required: true },
          },
          block_types: {},
        },
      },
    ]),
  ),
};

class ModuleCheck {
  readonly problems: Problem[] = [];
  private readonly module: Module;
  private readonly names: Names;
  private readonly schemas: Map<string, SchemaFile>;
  private readonly used = new Set<string>();

  constructor(module: Module, names: Names, schemas: Map<string, SchemaFile>) {
    this.module = module;
    this.names = names;
    this.schemas = schemas;
  }

  async run(): Promise<void> {
    const { variables, locals, outputs, calls, resources, dataSources, providers } = this.module;
    for (const block of variables.values()) await this.variable(block);
    for (const local of locals.values())
      infer(await parseExpression(local.expression), this.scope(local.file, local.line));
    for (const block of outputs.values()) await this.output(block);
    for (const block of resources.values()) await this.resource(block, "resource");
    for (const block of dataSources.values()) await this.resource(block, "data");
    for (const block of calls.values()) await this.call(block);
    for (const block of providers) await this.provider(block);
    this.requirements();
    for (const [name, { file, line }] of variables)
      if (!this.used.has(`var.${name}`)) this.report(file, line, `variable ${name} is never used`);
    for (const [name, { file, line }] of locals)
      if (!this.used.has(`local.${name}`)) this.report(file, line, `local ${name} is never used`);
  }

  private report(file: string, line: number, message: string): void {
    this.problems.push({ file, line, message });
  }

  private scope(file: string, line: number, more: Names = {}): Scope {
    return {
      root: (name) => more[name] ?? this.names[name],
      used: (root, name) => this.used.add(`${root}.${name}`),
      report: (message) => this.report(file, line, message),
    };
  }

  private context(file: string, more: Names = {}): Context {
    return { at: (line) => this.scope(file, line, more) };
  }

  private async variable({ file, line, labels, body, constraint }: Declared & { constraint: Type }): Promise<void> {
    for (const wanted of ["description", "type"]) {
      if (!attributeOf(body, wanted)) this.report(file, line, `variable ${labels[0]} has no ${wanted}`);
    }
    const value = attributeOf(body, "default");
    const scope = this.scope(file, line);
    if (value)
      for (const message of mismatch(await parseExpression(value.expression), constraint, scope))
        scope.report(`default of ${labels[0]}: ${message}`);
    const before = new Set(this.used);
    for (const { body: rule } of body.blocks) {
      for (const attribute of rule.attributes)
        infer(await parseExpression(attribute.expression), this.scope(file, attribute.line));
    }
    // A variable that only its own validation reads is not used.
    if (!before.has(`var.${labels[0]}`)) this.used.delete(`var.${labels[0]}`);
  }

  private async output({ file, line, labels, body }: Declared): Promise<void> {
    for (const wanted of ["description", "value"]) {
      if (!attributeOf(body, wanted)) this.report(file, line, `output ${labels[0]} has no ${wanted}`);
    }
    for (const attribute of body.attributes)
      infer(await parseExpression(attribute.expression), this.scope(file, attribute.line));
  }

  private async resource(block: Declared, kind: "resource" | "data"): Promise<void> {
    const { file, line, labels, body } = block;
    const type = labels[0]!;
    const schema = schemaOf(this.schemas, kind, type);
    if (!schema) {
      const what = kind === "data" ? "data source" : "resource";
      this.report(
        file,
        line,
        `${type} is not a ${what} in provider-schemas/: misspelt, or not extracted yet (run extract.ts)`,
      );
      return;
    }
    const context = this.context(file, { ...(await this.repetition(file, body)), self: blockType(schema) });
    const own: Body = {
      attributes: body.attributes.filter(({ name }) => !META_ATTRIBUTES.has(name)),
      blocks: body.blocks.filter((nested) => !META_BLOCKS.has(nested.type)),
    };
    await checkBody(type, line, own, schema, context);
    for (const lifecycle of body.blocks.filter((nested) => nested.type === "lifecycle")) {
      const rest = {
        ...lifecycle.body,
        attributes: lifecycle.body.attributes.filter(({ name }) => name !== "ignore_changes"),
      };
      await checkBody(`${type}.lifecycle`, lifecycle.line, rest, LIFECYCLE, context);
      await this.ignoredChanges(file, type, lifecycle.body, schema);
    }
    const dependsOn = attributeOf(body, "depends_on");
    if (dependsOn) infer(await parseExpression(dependsOn.expression), this.scope(file, dependsOn.line));
  }

  private async ignoredChanges(file: string, type: string, lifecycle: Body, schema: BlockSchema): Promise<void> {
    const ignored = attributeOf(lifecycle, "ignore_changes");
    if (!ignored || ignored.expression === "all") return;
    const fields: Names = Object.fromEntries(
      [...Object.entries(schema.attributes), ...Object.entries(schema.block_types)].map(([name]): [string, Type] => [
        name,
        "dynamic",
      ]),
    );
    infer(await parseExpression(ignored.expression), {
      root: (name) => fields[name],
      used: () => {},
      report: (message) => this.report(file, ignored.line, `ignore_changes of ${type}: ${message}`),
    });
  }

  /** What `count` and `for_each` let a block's expressions say. */
  private async repetition(file: string, body: Body): Promise<Names> {
    const count = attributeOf(body, "count");
    const forEach = attributeOf(body, "for_each");
    if (count) {
      const scope = this.scope(file, count.line);
      const ast = await parseExpression(count.expression);
      infer(ast, scope);
      for (const message of mismatch(ast, "number", scope)) scope.report(`count: ${message}`);
      return { count: object({ index: "number" }) };
    }
    if (!forEach) return {};
    const over = infer(await parseExpression(forEach.expression), this.scope(file, forEach.line));
    if (over !== "dynamic" && (typeof over === "string" || over[0] === "list" || over[0] === "tuple")) {
      this.report(file, forEach.line, "for_each wants a map or a set of strings: use toset() or a for expression");
    }
    return { each: object({ key: "string", value: element(over) }) };
  }

  private async call(block: Declared): Promise<void> {
    const { file, line, labels, body } = block;
    const called = await calledModule(this.module, block);
    const context = this.context(file, await this.repetition(file, body));
    const what = `module ${labels[0]}`;
    if (called) {
      const variables = mapValues(called.variables, ({ constraint, required }) => ({
        type: constraint,
        ...(required ? { required } : { optional: true }),
      }));
      const own: Body = {
        attributes: body.attributes.filter(({ name }) => !CALL_ATTRIBUTES.has(name)),
        blocks: body.blocks,
      };
      await checkBody(
        what,
        line,
        own,
        { attributes: variables as BlockSchema["attributes"], block_types: {} },
        context,
      );
      return;
    }
    const source = attributeOf(body, "source")?.expression ?? "";
    if (source === "" || source.startsWith('".'))
      this.report(file, line, `${what}: there is no module at ${source || "(no source)"}`);
    for (const attribute of body.attributes) {
      if (attribute.name !== "providers")
        infer(await parseExpression(attribute.expression), context.at(attribute.line));
    }
  }

  private async provider({ file, line, labels, body }: Declared): Promise<void> {
    const schema = this.schemas.get(labels[0]!);
    if (!schema) return;
    const own: Body = {
      ...body,
      attributes: body.attributes.filter(({ name }) => name !== "alias" && name !== "version"),
    };
    await checkBody(`provider ${labels[0]}`, line, own, providerSchema(schema).provider.block, this.context(file));
  }

  /** Every provider in use is required, with a `~>` pin that admits the release whose schemas these are. */
  private requirements(): void {
    const { resources, dataSources, settings, requiredVersion } = this.module;
    if (!requiredVersion)
      this.report(settings[0]?.file ?? "versions.tf", 1, "terraform { required_version } is missing");
    const required = settings.filter(({ type }) => type === "required_providers");
    const pins = new Map(
      required.flatMap(({ body, file }) => body.attributes.map((pin) => [pin.name, { ...pin, file }] as const)),
    );
    for (const { labels, file, line } of [...resources.values(), ...dataSources.values()]) {
      const provider = providerOf(labels[0]!);
      if (provider !== "terraform" && !pins.has(provider))
        this.report(file, line, `provider ${provider} is not in required_providers`);
    }
    for (const [name, { expression, file, line }] of pins) {
      const version = this.schemas.get(name)?.provenance.provider_version;
      const constraint = /version\s*=\s*"~>\s*(\d+)\.(\d+)(?:\.(\d+))?"/.exec(expression);
      if (!constraint) this.report(file, line, `provider ${name} is not pinned with ~>`);
      else if (version && !admits(constraint.slice(1), version)) {
        this.report(
          file,
          line,
          `provider ${name}: the pin does not admit ${version}, the release that this was checked against`,
        );
      }
    }
  }
}

/** https://developer.hashicorp.com/terraform/language/expressions/version-constraints: only the last part may grow. */
function admits([major, minor, patch]: (string | undefined)[], version: string): boolean {
  return semver.satisfies(
    version,
    patch === undefined ? `>=${major}.${minor}.0 <${Number(major) + 1}.0.0` : `~${major}.${minor}.${patch}`,
  );
}

/**
 * Reads provider schemas out of a `@cdktf/provider-*` package. The jsii assembly
 * (https://aws.github.io/jsii/specification/) knows types and what is required, but spells names in camelCase and
 * cannot tell blocks from attributes or sets from lists; the JavaScript beside it, written by the same generator,
 * states those. Both are read, and whatever does not fit is thrown.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fastGlob from "fast-glob";
import type {
  AttributeSchema,
  BlockSchema,
  NestedBlockSchema,
  SchemaFile,
  Type,
  TypesInUse,
} from "./provider-schema.ts";

const CACHE = fileURLToPath(new URL("../../../.cache/provider-packages/", import.meta.url));

export interface PinnedPackage {
  name: string;
  version: string;
  integrity: string;
}

/** The packages by provider. The checksum is the registry's `dist.integrity`. */
export const PACKAGES: Record<string, PinnedPackage> = {
  google: {
    name: "@cdktf/provider-google",
    version: "16.12.1",
    integrity: "sha512-KqNA/5RiFT07r0PSZ6/07cJ2zESUgbj1JchVj21iBFBZVUbD+578xA/k8eq/r0cbyEgLmg9eYWeVslaYah4DCQ==",
  },
  aws: {
    name: "@cdktf/provider-aws",
    version: "21.22.1",
    integrity: "sha512-BuSHeaQFUL9l33pBzIMRT7cTQ69AM2mLtijjteCPhVQRmvuhuj9Lvfymf7knAMhYqAT6+Lrls9jiGVW/Us3zrQ==",
  },
  azurerm: {
    name: "@cdktf/provider-azurerm",
    version: "14.23.1",
    integrity: "sha512-3H20Ozj7dOKmIj6mqorHZEjLNo5wO/MBEVHwu6k53fln/0EciGQa9sDLWBYSb0o40Ycpih9lFp/k6SGRbFlQVg==",
  },
};

/** The package's tarball if an earlier run or the CI cache has it. */
const cachedTarball = ({ name, version }: PinnedPackage): string | undefined => {
  const file = tarball(name, version);
  return existsSync(file) ? file : undefined;
};

const tarball = (name: string, version: string) =>
  join(CACHE, `${name.replace("@", "").replace("/", "-")}-${version}.tgz`);

export function readPackage(source: PinnedPackage, types: TypesInUse): SchemaFile {
  const archive = cachedTarball(source) ?? download(source);
  const actual = `sha512-${createHash("sha512").update(readFileSync(archive)).digest("base64")}`;
  if (actual !== source.integrity) throw new Error(`${archive}: expected ${source.integrity}, found ${actual}`);

  const folder = mkdtempSync(join(tmpdir(), "provider-package-"));
  try {
    return readAssembly(source, types, (members) => {
      execFileSync("tar", ["-xzf", archive, "-C", folder, ...members.map((member) => `package/${member}`)]);
      return join(folder, "package");
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readAssembly(source: PinnedPackage, types: TypesInUse, unpack: (members: string[]) => string): SchemaFile {
  const assembly = JSON.parse(readFileSync(join(unpack([".jsii"]), ".jsii"), "utf8")) as Assembly;
  const reader = new AssemblyReader(assembly);
  const provider = reader.construct("TerraformProvider");
  const resources = types.resources.map((name) => [name, reader.construct("TerraformResource", name)] as const);
  const dataSources = types.dataSources.map((name) => [name, reader.construct("TerraformDataSource", name)] as const);
  // The archive is read from its start each time: all members at once.
  const folders = [provider, ...resources.map(([, type]) => type), ...dataSources.map(([, type]) => type)].map(
    folderOf,
  );
  const unpacked = unpack([...new Set(folders)]);
  const block = (type: JsiiType) => ({ block: reader.block(type, readSources(join(unpacked, folderOf(type)))) });
  const blocks = (named: (readonly [string, JsiiType])[]) =>
    Object.fromEntries(named.map(([name, type]) => [name, block(type)]));

  const version = /registry\.terraform\.io\/providers\/(\w+\/\w+)\/([\d.]+)\//.exec(provider.docs?.summary ?? "");
  if (!version) throw new Error(`${source.name}: the provider class names no release`);
  return {
    provenance: {
      package: `${source.name}@${source.version}`,
      integrity: source.integrity,
      license: assembly.license,
      provider: version[1]!,
      provider_version: version[2]!,
    },
    format_version: "1.0",
    provider_schemas: {
      [`registry.terraform.io/${version[1]}`]: {
        provider: block(provider),
        resource_schemas: blocks(resources),
        data_source_schemas: blocks(dataSources),
      },
    },
  };
}

function download({ name, version }: PinnedPackage): string {
  mkdirSync(CACHE, { recursive: true });
  const packed = execFileSync("npm", ["pack", `${name}@${version}`, "--json", "--pack-destination", CACHE], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  renameSync(join(CACHE, filename.replace("@", "").replace("/", "-")), tarball(name, version));
  return tarball(name, version);
}

type Construct = "TerraformProvider" | "TerraformResource" | "TerraformDataSource";

interface Assembly {
  license: string;
  types: Record<string, JsiiType>;
}

interface JsiiType {
  fqn: string;
  name: string;
  base?: string;
  docs?: { summary?: string };
  locationInModule: { filename: string };
  initializer?: { parameters?: { name: string; type: JsiiReference }[] };
  properties?: JsiiProperty[];
}

interface JsiiProperty {
  name: string;
  optional?: true;
  docs?: object;
  type: JsiiReference;
}

interface JsiiReference {
  primitive?: string;
  fqn?: string;
  collection?: { kind: "array" | "map"; elementtype: JsiiReference };
  union?: { types: JsiiReference[] };
}

/** What the generated JavaScript says about one construct and its nested structures. */
interface Sources {
  /** Class → the attributes that have accessors with a comment: the computed ones, and blocks. */
  accessors: Map<string, Set<string>>;
  /** Class → the attributes that are sets: cdktf turns them into lists as they are read. */
  sets: Map<string, Set<string>>;
  /** Structure ("" for the construct) → attribute → how it is written in HCL. */
  syntax: Map<string, Map<string, { isBlock: boolean; kind: string }>>;
}

class AssemblyReader {
  private readonly types: Record<string, JsiiType>;
  private readonly byName = new Map<string, JsiiType>();

  constructor(assembly: Assembly) {
    this.types = assembly.types;
    for (const type of Object.values(assembly.types)) {
      // "Represents a {@link https://... google_compute_network}."
      const name = /\{@link \S+ (\S+)\}/.exec(type.docs?.summary ?? "")?.[1];
      const construct = type.base?.replace("cdktf.", "");
      if (construct === "TerraformProvider") this.byName.set(construct, type);
      else if (name && construct) this.byName.set(`${construct} ${name}`, type);
    }
  }

  construct(kind: Construct, name?: string): JsiiType {
    const type = this.byName.get(name ? `${kind} ${name}` : kind);
    if (!type)
      throw new Error(`${name}: the provider has no such ${kind === "TerraformResource" ? "resource" : "data source"}`);
    return type;
  }

  block(construct: JsiiType, sources: Sources): BlockSchema {
    const config = construct.initializer?.parameters?.find(({ name }) => name === "config")?.type.fqn;
    if (!config) throw new Error(`${construct.name}: no config parameter`);
    return this.structure(config, construct.name, "", sources);
  }

  private structure(fqn: string, className: string, syntaxName: string, sources: Sources): BlockSchema {
    const attributes: Record<string, AttributeSchema> = {};
    const blocks: Record<string, NestedBlockSchema> = {};
    for (const property of this.types[fqn]!.properties ?? []) {
      const name = originalName(property);
      const syntax = sources.syntax.get(syntaxName)?.get(name);
      if (!syntax) throw new Error(`${fqn}: the generated code does not write ${name}`);
      const child = structureOf(property.type);
      if (syntax.isBlock && child && !ATTRIBUTES_LIKE_BLOCKS.has(`${className}.${name}`)) {
        blocks[name] = {
          nesting_mode: syntax.kind === "struct" ? "single" : syntax.kind === "set" ? "set" : "list",
          ...(property.optional ? {} : { min_items: 1 }),
          ...(property.type.fqn && syntax.kind !== "struct" ? { max_items: 1 } : {}),
          block: this.nested(child, sources),
        };
        continue;
      }
      attributes[name] = {
        type: this.attributeType(property.type, syntax.kind, sources),
        ...(property.optional ? { optional: true } : { required: true }),
        // Which other arguments the provider fills in when they are left out is not in the package.
        ...(name === "id" && property.optional ? { computed: true } : {}),
      };
    }
    for (const name of sources.accessors.get(className) ?? []) {
      if (attributes[name] || blocks[name]) continue;
      attributes[name] = { type: this.computedType(className, fqn, name, sources), computed: true };
    }
    return { attributes: sorted(attributes), block_types: sorted(blocks) };
  }

  private nested(fqn: string, sources: Sources): BlockSchema {
    const { name } = this.types[fqn]!;
    return this.structure(fqn, `${name}OutputReference`, lowerFirst(name), sources);
  }

  private attributeType(type: JsiiReference, kind: string, sources: Sources): Type {
    const child = structureOf(type);
    if (child) {
      const object = objectType(this.nested(child, sources));
      if (kind === "struct") return object;
      return [kind === "set" ? "set" : kind === "map" ? "map" : "list", object];
    }
    const plain = plainType(type);
    return kind === "set" && Array.isArray(plain) && plain[0] === "list" ? ["set", plain[1]] : plain;
  }

  /**
   * The type of an attribute that only the provider sets, from the accessor on the construct's or structure's class.
   */
  private computedType(className: string, fqn: string, name: string, sources: Sources): Type {
    const folder = fqn.slice(0, fqn.lastIndexOf("."));
    const accessor = this.types[`${folder}.${className}`]?.properties?.find(
      (property) => spelling(property.name) === spelling(name),
    );
    if (!accessor) throw new Error(`${className}: no accessor for ${name}`);
    const target = accessor.type.fqn?.startsWith("cdktf.") ? undefined : accessor.type.fqn;
    const sequence = sources.sets.get(className)?.has(name) ? "set" : "list";
    if (!target) {
      const plain = plainType(accessor.type);
      return Array.isArray(plain) && plain[0] === "list" ? [sequence, plain[1]] : plain;
    }
    const structure = target.replace(/(List|Map|OutputReference)$/, "");
    const object = this.types[structure] ? objectType(this.nested(structure, sources)) : "dynamic";
    if (target.endsWith("OutputReference")) return object;
    return [target.endsWith("Map") ? "map" : sequence, object];
  }
}

function readSources(folder: string): Sources {
  const accessors: Sources["accessors"] = new Map();
  const sets: Sources["sets"] = new Map();
  const syntax: Sources["syntax"] = new Map();
  const code = fastGlob.sync("**/*.js", { cwd: folder, absolute: true }).map((file) => readFileSync(file, "utf8"));
  let className = "";
  let structure: string | undefined;
  let attribute = "";
  let isBlock = false;
  for (const line of code.join("\n").split("\n")) {
    const [, accessor] = /^ +\/\/ (\w+) - computed: (?:true|false), optional: /.exec(line) ?? [];
    if (accessor) accessors.set(className, (accessors.get(className) ?? new Set()).add(accessor));
    const [, set] =
      /tolist\(this\.get\w+\('(\w+)'\)\)/.exec(line) ?? /= new \w+List\(this, "(\w+)", true\)/.exec(line) ?? [];
    if (set) sets.set(className, (sets.get(className) ?? new Set()).add(set));
    className = /^class (\w+) extends/.exec(line)?.[1] ?? className;
    structure =
      /^function (\w+)ToHclTerraform\(/.exec(line)?.[1] ?? (/^ +synthesizeHclAttributes\(/.test(line) ? "" : structure);
    attribute = /^ +(\w+): \{$/.exec(line)?.[1] ?? attribute;
    const [, block] = /^ +isBlock: (true|false),$/.exec(line) ?? [];
    if (block) isBlock = block === "true";
    const [, kind] = /^ +type: "(\w+)",$/.exec(line) ?? [];
    if (!kind || structure === undefined) continue;
    syntax.set(
      structure,
      (syntax.get(structure) ?? new Map<string, { isBlock: boolean; kind: string }>()).set(attribute, {
        isBlock,
        kind,
      }),
    );
  }
  return { accessors, sets, syntax };
}

/** Terraform's spelling, from the link to the registry's documentation: camelCase does not say where ipv4 ends. */
function originalName({ name, docs }: JsiiProperty): string {
  // jsii takes an @ in the description for a tag, and the link may end up anywhere in the docs.
  const link = /\{@link [^\s#]+#(\w+) /.exec(JSON.stringify(docs ?? {}));
  if (!link) throw new Error(`${name}: no link to the registry's documentation`);
  return link[1]!;
}

/** The structure that a nested block or object holds, if it is one. */
function structureOf(type: JsiiReference): string | undefined {
  if (type.fqn) return type.fqn.startsWith("cdktf.") ? undefined : type.fqn;
  if (type.collection) return structureOf(type.collection.elementtype);
  return type.union?.types.map(structureOf).find((fqn) => fqn !== undefined);
}

/**
 * Attributes that may be written as blocks, which the package takes for blocks. The difference matters where "none" has
 * to be said: as an attribute they can be `[]` (https://developer.hashicorp.com/terraform/language/attr-as-blocks). In
 * the provider these are of SchemaConfigModeAttr (internal/service/ec2/vpc_security_group.go).
 */
const ATTRIBUTES_LIKE_BLOCKS = new Set(["DefaultSecurityGroup.egress", "DefaultSecurityGroup.ingress"]);

/** Accessors of computed maps and lists return classes of cdktf. */
const CDKTF_TYPES: Record<string, Type> = {
  "cdktf.IResolvable": "bool",
  "cdktf.StringMap": ["map", "string"],
  "cdktf.NumberMap": ["map", "number"],
  "cdktf.BooleanMap": ["map", "bool"],
  "cdktf.AnyMap": ["map", "dynamic"],
  "cdktf.StringListList": ["list", ["list", "string"]],
  "cdktf.NumberListList": ["list", ["list", "number"]],
  "cdktf.StringMapList": ["list", ["map", "string"]],
};

const PRIMITIVES: Record<string, Type> = { string: "string", number: "number", boolean: "bool", any: "dynamic" };

function plainType(type: JsiiReference): Type {
  if (type.primitive) return PRIMITIVES[type.primitive]!;
  if (type.collection) return [type.collection.kind === "map" ? "map" : "list", plainType(type.collection.elementtype)];
  if (type.union) return plainType(type.union.types.find(({ fqn }) => fqn !== "cdktf.IResolvable")!);
  const known = CDKTF_TYPES[type.fqn!];
  if (!known) throw new Error(`${type.fqn}: no Terraform type for it`);
  return known;
}

function objectType({ attributes, block_types }: BlockSchema): Type {
  const fields = Object.entries(attributes).map(([name, { type }]) => [name, type] as const);
  const nested = Object.entries(block_types).map(([name, { nesting_mode, block }]) => {
    const object = objectType(block);
    return [name, nesting_mode === "single" ? object : [nesting_mode, object]] as const;
  });
  const optional = Object.entries(attributes)
    .filter(([, attribute]) => !attribute.required)
    .map(([name]) => name);
  return [
    "object",
    Object.fromEntries([...fields, ...nested]) as Record<string, Type>,
    [...optional, ...Object.keys(block_types)],
  ];
}

const spelling = (name: string): string => name.replaceAll("_", "").toLowerCase();
/** "src/compute-network/index.ts" → "lib/compute-network" */
const folderOf = (type: JsiiType): string => `lib/${type.locationInModule.filename.split("/")[1]}`;
const lowerFirst = (name: string): string => name[0]!.toLowerCase() + name.slice(1);
const sorted = <T>(record: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1)));

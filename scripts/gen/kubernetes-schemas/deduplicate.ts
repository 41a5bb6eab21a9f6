import { createHash } from "node:crypto";
import type { Definitions, Schema } from "./schema.ts";
import { REF } from "./schema.ts";

/** Below this many characters a reference is no shorter than what it replaces. */
const SMALLEST = 80;

/**
 * Writes each subschema that stands in two places once, under `$defs`, and points to it. Chaos Mesh's Schedule repeats
 * every kind of chaos and its Workflow: its 850 kB of YAML become 48 kB of JSON.
 */
export function deduplicate(root: Schema, definitions: Definitions): Schema {
  const table = new Table(definitions);
  const id = table.intern(root, "root");
  return table.write(id);
}

interface Entry {
  /** The node with every child replaced by the child's id. */
  shape: Schema;
  /** Length of the node's JSON with all that is below it. */
  size: number;
  /** In how many distinct nodes it stands. */
  parents: number;
  /** The field under which it was first met: what people read in a $ref. */
  field: string;
}

/**
 * Hash-consing: equal subschemas get one id, so that comparing, counting and writing are done once per distinct node.
 */
class Table {
  private readonly entries = new Map<string, Entry>();
  private readonly named = new Map<string, string>();
  private readonly owners = new Map<string, string>();
  private readonly definitions: Definitions;

  constructor(definitions: Definitions) {
    this.definitions = definitions;
  }

  intern(schema: Schema, field: string): string {
    if (schema.$ref) return this.internDefinition(schema.$ref);
    const children: string[] = [];
    let size = 0;
    const shape = mapChildren(schema, (child, name) => {
      const id = this.intern(child, name ?? field);
      children.push(id);
      size += this.entries.get(id)?.size ?? SMALLEST;
      return { $ref: id };
    });
    const json = JSON.stringify(shape, sortedKeys);
    const id = createHash("sha256").update(json).digest("hex").slice(0, 8);
    const known = this.entries.get(id);
    if (known) {
      if (JSON.stringify(known.shape, sortedKeys) !== json) throw new Error(`two subschemas share the hash ${id}`);
      return id;
    }
    this.entries.set(id, { shape, size: size + json.length, parents: 0, field });
    for (const child of new Set(children)) this.referTo(child, children.filter((other) => other === child).length);
    return id;
  }

  /**
   * A definition that upstream names keeps its name; registered before it is walked, since JSONSchemaProps contains
   * itself.
   */
  private internDefinition(ref: string): string {
    const name = ref.slice(REF.length);
    const definition = this.definitions[name];
    if (!definition) throw new Error(`${ref} is defined nowhere`);
    if (!this.named.has(name)) {
      this.named.set(name, "");
      this.named.set(name, this.intern(definition, name));
    }
    return ref;
  }

  private referTo(id: string, times: number): void {
    const entry = this.entries.get(id);
    if (entry) entry.parents += times;
  }

  write(root: string): Schema {
    const defs: Record<string, Schema> = {};
    const resolve = (id: string): Schema => {
      if (id.startsWith(REF)) return this.reference(shortName(id), this.named.get(id.slice(REF.length))!, defs, expand);
      const { parents, size, field } = this.entries.get(id)!;
      return parents < 2 || size < SMALLEST ? expand(id) : this.reference(`${field}-${id}`, id, defs, expand);
    };
    const expand = (id: string): Schema => mapChildren(this.entries.get(id)!.shape, (child) => resolve(child.$ref!));
    const schema = expand(root);
    return { ...schema, $defs: Object.fromEntries(Object.entries(defs).sort(([a], [b]) => (a < b ? -1 : 1))) };
  }

  private reference(name: string, id: string, defs: Record<string, Schema>, expand: (id: string) => Schema): Schema {
    const owner = this.owners.get(name);
    if (owner !== undefined && owner !== id) throw new Error(`two definitions would be called ${name}`);
    if (owner === undefined) {
      this.owners.set(name, id);
      defs[name] = {}; // taken before it is filled: a definition may contain itself
      defs[name] = expand(id);
    }
    return { $ref: `#/$defs/${name}` };
  }
}

/** `#/definitions/io.k8s.api.core.v1.PodSpec` → `core.v1.PodSpec`. */
const shortName = (ref: string): string => ref.slice(REF.length).split(".").slice(-3).join(".");

const LISTS = ["allOf", "anyOf", "oneOf"] as const;
const SINGLE = ["items", "not", "additionalProperties"] as const;

function mapChildren(schema: Schema, transform: (child: Schema, name?: string) => Schema): Schema {
  const mapped: Schema = { ...schema };
  if (schema.properties) {
    mapped.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, child]) => [name, transform(child, name)]),
    );
  }
  for (const keyword of SINGLE) {
    const child = schema[keyword];
    if (typeof child === "object") mapped[keyword] = transform(child);
  }
  for (const keyword of LISTS) {
    if (schema[keyword]) mapped[keyword] = schema[keyword].map((child) => transform(child));
  }
  return mapped;
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The API server publishes the values of every type marked `+enum`, but the OpenAPI document in the source tree leaves
 * them out (https://github.com/kubernetes/enhancements/tree/master/keps/sig-api-machinery/2887-openapi-enum-types). So
 * they are read from the same place the server's generator reads them: the types.go of k8s.io/api.
 */
export interface GoPackage {
  /** Folder of the package in k8s.io/api, as `core/v1`. */
  path: string;
  source: string;
}

/** Allowed values by `<definition>#<field>`, as `io.k8s.api.core.v1.Container#imagePullPolicy`. */
export function enumFields(packages: readonly GoPackage[]): Map<string, readonly string[]> {
  const types = new Map<string, readonly string[]>();
  for (const { path, source } of packages) {
    for (const [name, values] of enumTypes(source)) types.set(`${path}.${name}`, values);
  }
  const fields = new Map<string, readonly string[]>();
  for (const { path, source } of packages) {
    for (const { struct, json, type } of structFields(source)) {
      const values = types.get(qualify(type, path, source));
      if (values) fields.set(`io.k8s.api.${path.replaceAll("/", ".")}.${struct}#${json}`, values);
    }
  }
  return fields;
}

/** `// +enum` stands somewhere in the comment above `type X string`; its values are the constants of that type. */
function enumTypes(source: string): [string, readonly string[]][] {
  const marked = [...source.matchAll(/^\/\/ ?\+enum\n(?:\/\/.*\n)*type (\w+) string$/gm)].map(([, name]) => name!);
  return marked.map((name) => {
    const constants = source.matchAll(new RegExp(`^\\t\\w+ +(?:${name} = "(.*)"|= ${name}\\("(.*)"\\))`, "gm"));
    const values = [...constants].map(([, typed, cast]) => (typed ?? cast)!).sort();
    if (values.length === 0)
      throw new Error(`k8s.io/api: ${name} is marked +enum but has no constants of a known form`);
    return [name, values];
  });
}

function* structFields(source: string): Iterable<{ struct: string; json: string; type: string }> {
  for (const [, struct, body] of source.matchAll(/^type (\w+) struct \{\n([\s\S]*?)^\}/gm)) {
    for (const [, type, json] of body!.matchAll(/^\t\w+ +(?:\*|\[\])?([\w.]+) +`json:"(\w+)/gm))
      yield { struct: struct!, json: json!, type: type! };
  }
}

/** `v1.Protocol` in networking/v1 → `core/v1.Protocol`, by the file's own imports. */
function qualify(type: string, path: string, source: string): string {
  const [name, alias] = type.split(".").reverse() as unknown as [string, string?];
  if (!alias) return `${path}.${name}`;
  const imported = new RegExp(`^\\t${alias} "k8s\\.io/api/(.+)"`, "m").exec(source)?.[1];
  return `${imported ?? alias}.${name}`;
}

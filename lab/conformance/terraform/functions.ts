/**
 * Result types of Terraform's functions, as far as checks need them:
 * https://developer.hashicorp.com/terraform/language/functions
 */
import type { Type } from "./provider-schema.ts";
import { common, element, object } from "./types.ts";

const STRING =
  "base64encode base64decode base64gzip cidrhost cidrnetmask cidrsubnet file filebase64 format formatdate basename join jsonencode yamlencode lower md5 regexreplace replace sha1 sha256 strrev substr templatefile textencodebase64 timestamp title trim trimprefix trimspace trimsuffix tostring upper urlencode";
const NUMBER = "abs ceil floor length log max min parseint pow signum sum tonumber index";
const BOOL = "alltrue anytrue can contains endswith startswith tobool fileexists issensitive";

const RESULTS: Record<string, (args: Type[]) => Type> = {
  ...Object.fromEntries(STRING.split(" ").map((name) => [name, () => "string" as const])),
  ...Object.fromEntries(NUMBER.split(" ").map((name) => [name, () => "number" as const])),
  ...Object.fromEntries(BOOL.split(" ").map((name) => [name, () => "bool" as const])),
  cidrsubnets: () => ["list", "string"],
  coalesce: (args) => common(args),
  coalescelist: (args) => ["list", common(args.map(element))],
  compact: () => ["list", "string"],
  concat: (args) => ["list", common(args.map(element))],
  distinct: ([list]) => ["list", element(list!)],
  element: ([list]) => element(list!),
  flatten: ([list]) => {
    const inner = element(list!);
    return ["list", Array.isArray(inner) && inner[0] === "list" ? element(inner) : "dynamic"];
  },
  keys: () => ["list", "string"],
  lookup: ([map]) => element(map!),
  merge: (args) =>
    args.every((arg) => Array.isArray(arg) && arg[0] === "object")
      ? object(Object.assign({}, ...args.map((arg) => arg[1])) as Record<string, Type>)
      : ["map", common(args.map(element))],
  nonsensitive: ([value]) => value!,
  one: ([list]) => element(list!),
  range: () => ["list", "number"],
  reverse: ([list]) => ["list", element(list!)],
  sensitive: ([value]) => value!,
  setproduct: () => ["list", ["list", "dynamic"]],
  setsubtract: ([first]) => ["set", element(first!)],
  setunion: (args) => ["set", common(args.map(element))],
  slice: ([list]) => ["list", element(list!)],
  sort: () => ["list", "string"],
  split: () => ["list", "string"],
  tolist: ([list]) => ["list", element(list!)],
  tomap: ([map]) => ["map", element(map!)],
  toset: ([list]) => ["set", element(list!)],
  try: (args) => common(args),
  values: ([map]) => ["list", element(map!)],
  zipmap: ([, values]) => ["map", element(values!)],
};

export const callType = (name: string, args: Type[]): Type => RESULTS[name]?.(args) ?? "dynamic";

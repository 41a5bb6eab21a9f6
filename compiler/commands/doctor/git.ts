import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { counted } from "../../diagnostics/report.ts";
import { PACKAGE_ROOT } from "../../package-root.ts";
import type { Finding } from "./finding.ts";

/** Files of a compiled project of every kind: text, bytes, hidden ones, and names that other tools' lists leave out. */
const WRITTEN = [
  "generated/manifest.json",
  "generated/clusters/a/services/b/values.yaml",
  "generated/terraform/gcp/a/patches_override.tf.json",
  "generated/lib/policies/dist/policy.wasm",
  "generated/lib/helm-library/a/charts/b.tgz",
];

/** What a clone has to have, beside what the compiler writes. */
const COMMITTED = [
  ".gitattributes",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "ecosystem.config.ts",
  "ecosystem.images.json",
  "ecosystem.tuning.json",
  belowRoot(".terraform.lock.hcl"),
];

/**
 * What Terraform and npm leave where the runbook and the README tell people to run them, and the line that keeps it out
 * of git.
 */
const LEFT = new Map([
  ...["terraform.tfstate", "terraform.tfstate.backup", "errored.tfstate", ".terraform.tfstate.lock.info"].map(
    (name) => [belowRoot(name), "*.tfstate*"] as const,
  ),
  [belowRoot(".terraform/providers/a"), ".terraform/"],
  [belowRoot("a.tfplan"), "*.tfplan"],
  [belowRoot("secret.auto.tfvars"), "/generated/**/*.tfvars*"],
  ["node_modules/a/index.js", "node_modules/"],
]);

/**
 * What git makes of the project's files, or undefined outside of a repository. Git itself is asked, since attributes
 * and lists may stand in many places.
 */
export function gitFindings(root: string, written: readonly string[] = []): Finding[] | undefined {
  const output = [...new Set([...WRITTEN, ...written])];
  const attributes = attributesOf(root, output);
  return attributes === undefined ? undefined : [marked(attributes), listed(root, output)];
}

function belowRoot(name: string): string {
  return `generated/terraform/gcp/a/${name}`;
}

type Attributes = Map<string, Record<string, string>>;

function marked(attributes: Attributes): Finding {
  const about = ".gitattributes";
  const remedy = `add the line: ${templateLine()}`;
  const find = (wrong: (of: Record<string, string>) => boolean): string | undefined =>
    [...attributes].find(([, of]) => wrong(of))?.[0];
  const shown = find((of) => of["linguist-generated"] !== "true" && of["linguist-generated"] !== "set");
  if (shown !== undefined)
    return { about, level: "warn", found: "generated/ is not marked: pull requests show all of it", remedy };
  const changed = find((of) => CHANGES.some(([name, keeps]) => !keeps.includes(of[name]!)));
  if (changed === undefined) return { about, level: "ok", found: "generated/ is marked" };
  const [name] = CHANGES.find(([name, keeps]) => !keeps.includes(attributes.get(changed)![name]!))!;
  return {
    about,
    level: "warn",
    found: `git may check ${changed} out with other bytes (${name}: ${attributes.get(changed)![name]}): it then never is up to date`,
    remedy,
  };
}

/**
 * Attributes by which git changes bytes, and the values with which it does not.
 * https://git-scm.com/docs/gitattributes#_effects
 */
const CHANGES: readonly [name: string, keeps: readonly string[]][] = [
  ["text", ["unset"]],
  ["filter", ["unset", "unspecified"]],
  ["ident", ["unset", "unspecified"]],
  ["working-tree-encoding", ["unspecified", "UTF-8"]],
];

function listed(root: string, output: readonly string[]): Finding {
  const about = ".gitignore";
  const wanted = [...output, ...COMMITTED];
  const rules = rulesThatHide(root, [...wanted, ...LEFT.keys()]);
  const [hidden, ...more] = wanted.filter((path) => rules.has(path));
  if (hidden !== undefined)
    return {
      about,
      level: "warn",
      found: `${rules.get(hidden)} keeps ${hidden} out of git${others(more)}`,
      remedy: `take that line back${hidden.startsWith("generated/") ? ", or add below it: !/generated/ and !/generated/**" : ""}`,
    };
  const [open, ...less] = [...LEFT.keys()].filter((path) => !rules.has(path));
  if (open !== undefined)
    return {
      about,
      level: "warn",
      found: `git would take ${open}${others(less)}`,
      remedy: `add the line: ${LEFT.get(open)}`,
    };
  return { about, level: "ok", found: "what is written is committed, what Terraform leaves is not" };
}

const others = ({ length }: readonly string[]): string =>
  length === 0 ? "" : `, and ${counted(length, "other file")}`;

/** Path → attribute → value. */
function attributesOf(root: string, paths: readonly string[]): Attributes | undefined {
  const names = ["linguist-generated", ...CHANGES.map(([name]) => name)];
  const fields = git(root, ["check-attr", "--stdin", "-z", ...names], paths);
  if (fields === undefined) return undefined;
  const attributes: Attributes = new Map(paths.map((path) => [path, {}]));
  for (let at = 0; at + 2 < fields.length; at += 3) attributes.get(fields[at]!)![fields[at + 1]!] = fields[at + 2]!;
  return attributes;
}

/**
 * Path → the rule that keeps it out, as `.gitignore:3 (dist/)`, for the paths that one keeps out; also when they are
 * committed by force.
 */
function rulesThatHide(root: string, paths: readonly string[]): Map<string, string> {
  const fields = git(root, ["check-ignore", "--stdin", "-z", "--verbose", "--no-index"], paths) ?? [];
  const rules = new Map<string, string>();
  for (let at = 0; at + 3 < fields.length; at += 4) {
    const [file, line, rule, path] = fields.slice(at, at + 4) as [string, string, string, string];
    if (!rule.startsWith("!")) rules.set(path, `${file}:${line} (${rule})`);
  }
  return rules;
}

/** The line of a new project. */
const templateLine = (): string =>
  /^generated.*$/m.exec(readFileSync(join(PACKAGE_ROOT, "compiler/commands/init/project/_gitattributes"), "utf8"))![0];

/** NUL-separated fields in and out. `check-ignore` ends with 1 where it has nothing to say. */
function git(root: string, args: readonly string[], input: readonly string[]): string[] | undefined {
  const { status, stdout } = spawnSync("git", ["-C", root, ...args], {
    input: input.map((path) => `${path}\0`).join(""),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return status === 0 || status === 1 ? stdout.split("\0") : undefined;
}

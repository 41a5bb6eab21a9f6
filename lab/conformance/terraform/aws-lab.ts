/** Terraform with the real AWS provider against moto: generated roots, byte for byte, in a copy of their tree. */
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { PACKAGE_ROOT } from "../../../compiler/package-root.ts";
import type { Moto } from "../../components/moto.ts";
import { neededTool } from "../../cluster/tools.ts";
import { runCommand, type Ended } from "../../command.ts";
import { beginRun, endRun, type Run } from "../../run.ts";
import { tool } from "../../toolchain/index.ts";
import { packages } from "../../toolchain/versions.ts";
import { message, readRuns, type Diagnostic, type TestRun } from "./real-terraform.ts";

const PROVIDER = "terraform-provider-aws";

/** The provider's own version: that of its module says nothing. */
export const PROVIDER_VERSION = Object.entries(
  (packages.get(PROVIDER) as { variables?: Record<string, string> }).variables!,
).find(([name]) => name.endsWith("ProviderVersion"))![1];
export const MOTO_VERSION = packages.get("moto")!.version;

/** What the suites need that are about this provider, and about moto. */
export const WITH_PROVIDER = ["terraform", PROVIDER];
export const WITH_MOTO = [...WITH_PROVIDER, "moto_server"];

/** A copy of what an ecosystem's AWS roots are made of, and Terraform for it. */
export interface AwsTree {
  run: Run;
  /** The root in the copy of `generated/terraform/aws/`. */
  root(name: string): Root;
  /** The module in the copy of `terraform-modules/aws/`. */
  module(name: string): Root;
  /**
   * Says something else than a module does, beside it:
   * https://developer.hashicorp.com/terraform/language/files/override
   */
  override(module: string, content: Override): void;
  stop(): void;
}

/** By type and name of a resource, what of it is different. */
export interface Override {
  resource: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Change {
  address: string;
  action: string;
}

interface Planned {
  changes: Change[];
  errors: Finding[];
}

export interface Finding {
  /** Of the resource, where it is about one. */
  address: string;
  text: string;
}

export interface Root {
  folder: string;
  /** Throws where Terraform does not like it: what follows makes no sense then. */
  init(...args: string[]): Promise<void>;
  validate(): Promise<Finding[]>;
  test(): Promise<TestRun[]>;
  /** Empty where everything was made. */
  apply(...args: string[]): Promise<Finding[]>;
  /** Without changes where the cloud is what the root says. */
  plan(): Promise<Planned>;
  /** By address, the arguments that the last `plan` would change, without what follows from others. */
  differences(): Promise<Record<string, string[]>>;
  destroy(): Promise<Finding[]>;
  /** Addresses in its state. */
  state(): Promise<string[]>;
}

/** `project` is the folder with `generated/`; `moto` the AWS that everything speaks to. */
export function copyAwsTree(project: string, moto?: Moto): AwsTree {
  const run = beginRun("terraform");
  const tree = join(run.folder, "tree");
  const copy = (from: string, to: string): void =>
    cpSync(from, join(tree, to), { recursive: true, filter: (file) => !/\.terraform(\.lock\.hcl)?$/.test(file) });
  copy(join(project, "generated/terraform/aws"), "generated/terraform/aws");
  copy(join(PACKAGE_ROOT, "terraform-modules/aws"), "terraform-modules/aws");
  const environment = terraformEnvironment(run, moto);
  return {
    run,
    root: (name) => rootIn(run, join(tree, "generated/terraform/aws", name), environment),
    module: (name) => rootIn(run, join(tree, "terraform-modules/aws", name), environment),
    override: (module, content) =>
      writeFileSync(join(tree, "terraform-modules/aws", module, "lab_override.tf.json"), JSON.stringify(content)),
    stop: () => endRun(run),
  };
}

/** A folder of Terraform files in a run. */
export function rootIn(run: Run, folder: string, env: NodeJS.ProcessEnv): Root {
  const terraform = (...args: string[]): Promise<Ended> =>
    runCommand(run, { command: neededTool("terraform"), args, cwd: folder, env, seconds: 15 * 60 });
  const plan = join(folder, "lab.tfplan");
  return {
    folder,
    init: async (...args) => {
      const { code, stdout, stderr } = await terraform("init", "-input=false", "-no-color", ...args);
      if (code !== 0) throw new Error(`terraform init in ${folder}: ${stderr || stdout}`);
    },
    validate: async () =>
      findings(
        (JSON.parse((await terraform("validate", "-json")).stdout) as { diagnostics: Diagnostic[] }).diagnostics,
      ),
    test: async () => readRuns((await terraform("test", "-json")).stdout),
    apply: async (...args) => errorsOf(await terraform("apply", "-json", "-auto-approve", "-input=false", ...args)),
    plan: async () => {
      const ended = await terraform("plan", "-json", "-detailed-exitcode", "-input=false", `-out=${plan}`);
      const changes = events(ended).flatMap(({ type, change }) =>
        type === "planned_change" && change ? [{ address: change.resource.addr, action: change.action }] : [],
      );
      if (ended.code === 2 && changes.length === 0) changes.push({ address: "(outputs)", action: "update" });
      return { changes, errors: errorsOf(ended) };
    },
    differences: async () => {
      const { code, stdout, stderr } = await terraform("show", "-json", plan);
      if (code !== 0) throw new Error(`terraform show in ${folder}: ${stderr || stdout}`);
      return differencesIn(JSON.parse(stdout) as PlanFile);
    },
    destroy: async () => errorsOf(await terraform("destroy", "-json", "-auto-approve", "-input=false")),
    state: async () => (await terraform("state", "list")).stdout.split("\n").filter((line) => line !== ""),
  };
}

/**
 * Terraform as on a machine that has at most this provider: from a mirror, no registry, nothing of the caller's
 * settings.
 */
export function terraformEnvironment(run: Run, moto: Moto | undefined): NodeJS.ProcessEnv {
  const configuration = join(run.folder, "terraform.rc");
  writeFileSync(
    configuration,
    `disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror(run))}\n  }\n}\n`,
  );
  const inherited = Object.entries(process.env).filter(([name]) => !/^(TF|AWS)_|_proxy$/i.test(name));
  // S3 Control, which bucket tags are read by, puts the account before any endpoint's address. Nothing resolves that
  // name, but moto answers as a proxy, too.
  const proxy = moto ? { HTTP_PROXY: moto.url } : {};
  return {
    ...Object.fromEntries(inherited),
    ...moto?.environment,
    ...proxy,
    TF_CLI_CONFIG_FILE: configuration,
    TF_IN_AUTOMATION: "1",
  };
}

/**
 * https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror; empty where the provider is not
 * built.
 */
function mirror(run: Run): string {
  const folder = join(run.folder, "mirror");
  const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
  const versions = join(folder, "registry.terraform.io/hashicorp/aws", PROVIDER_VERSION);
  mkdirSync(versions, { recursive: true });
  const provider = tool(PROVIDER);
  if (provider) symlinkSync(dirname(provider), join(versions, platform));
  return folder;
}

/** https://developer.hashicorp.com/terraform/internals/machine-readable-ui */
interface Event {
  type: string;
  diagnostic?: Diagnostic;
  change?: { resource: { addr: string }; action: string };
}

const events = ({ stdout }: Ended): Event[] =>
  stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Event);

function errorsOf(ended: Ended): Finding[] {
  const found = findings(events(ended).flatMap(({ diagnostic }) => (diagnostic ? [diagnostic] : [])));
  if (found.length > 0 || ended.code === 0 || ended.code === 2) return found;
  return [{ address: "", text: ended.stderr.trim() || `ended with ${ended.code}` }];
}

const findings = (diagnostics: readonly Diagnostic[]): Finding[] =>
  diagnostics
    .filter(({ severity }) => severity === "error")
    .map((diagnostic) => ({ address: diagnostic.address ?? "", text: message(diagnostic) }));

/** https://developer.hashicorp.com/terraform/internals/json-format#plan-representation */
interface PlanFile {
  resource_changes?: {
    address: string;
    change: { actions: string[]; before: Values | null; after: Values | null; after_unknown: Values };
  }[];
}
type Values = Record<string, unknown>;

function differencesIn({ resource_changes = [] }: PlanFile): Record<string, string[]> {
  const changed = resource_changes.filter(({ change: { before, after } }) => before !== null && after !== null);
  const entries = changed.map(({ address, change: { before, after, after_unknown } }): [string, string[]] => [
    address,
    Object.keys(after!)
      .filter((name) => !isSame(before![name], after![name], after_unknown[name]))
      .sort(),
  ]);
  return Object.fromEntries(entries.filter(([, names]) => names.length > 0));
}

/** What is not known yet follows from something else. A provider says "none" in several ways. */
function isSame(before: unknown, after: unknown, unknown: unknown): boolean {
  if (unknown === true || (isEmpty(before) && isEmpty(after))) return true;
  if (typeof after !== "object" || after === null || typeof before !== "object" || before === null)
    return before === after;
  const part = (value: unknown, key: string): unknown => (value as Values | undefined)?.[key];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].every((key) =>
    isSame(part(before, key), part(after, key), part(unknown, key)),
  );
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  (typeof value === "object" && Object.keys(value).length === 0);

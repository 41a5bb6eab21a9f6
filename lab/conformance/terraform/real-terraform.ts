/**
 * Terraform itself over modules and roots, with the providers' committed schemas: `validate` checks as a user's
 * Terraform would, and `test` runs a module's tests/*.tftest.hcl with mock_provider. The schemas are served by
 * schema-provider/, built with Go.
 */
import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { actualVersion } from "../../toolchain/status.ts";
import { packages } from "../../toolchain/versions.ts";
import { consumer } from "../../toolchain/consumer.ts";
import type { Problem } from "./module.ts";
import { SCHEMA_FOLDER, loadSchemas } from "./provider-schema.ts";

const SOURCES = fileURLToPath(new URL("./schema-provider/", import.meta.url));
const CACHE = fileURLToPath(new URL("../../../.cache/schema-provider/", import.meta.url));

export interface RealTerraform {
  /** What `terraform validate` finds wrong in a module or root. */
  validate: (folder: string) => Promise<Problem[]>;
  /** How the runs of a module's tests ended, by name. */
  test: (folder: string) => Promise<TestRun[]>;
}

export interface TestRun {
  run: string;
  status: "pass" | "fail" | "error" | "skip";
  /** What Terraform said about it. */
  messages: string[];
}

/** As rows name it. Patches of the machine's Terraform make no difference to what is said of it. */
export const terraformVersion = (): string =>
  `v${actualVersion("terraform", packages.get("terraform")!)!.split(".", 2).join(".")}`;

/** Needs terraform and Go; undefined where one is missing. */
export function realTerraform(): RealTerraform | undefined {
  const terraform = consumer("terraform");
  const go = consumer("go");
  if (!terraform || !go) return undefined;
  const environment = { ...process.env, ...prepare(go) };

  // Nothing is written beside the module: .terraform/ goes to a folder of its own, which ends with this process.
  const data = mkdtempSync(join(tmpdir(), "terraform-data-"));
  process.on("exit", () => rmSync(data, { recursive: true, force: true }));
  const prepared = new Map<string, string>();

  /** A folder for .terraform/ in which the modules that are called have been looked up: once for the same calls. */
  async function dataFor(folder: string): Promise<string> {
    const calls = callsIn(folder);
    const key = JSON.stringify([folder, calls]);
    const known = prepared.get(key);
    if (known !== undefined) return known;
    const made = join(data, String(prepared.size));
    if (calls.length > 0)
      await promisify(execFile)(terraform!, ["get", "-no-color"], {
        cwd: folder,
        env: { ...environment, TF_DATA_DIR: made },
      });
    prepared.set(key, made);
    return made;
  }

  async function run(folder: string, args: string[]): Promise<string> {
    try {
      const env = { ...environment, TF_DATA_DIR: await dataFor(folder) };
      return (await promisify(execFile)(terraform!, args, { cwd: folder, env, maxBuffer: 2 ** 28 })).stdout;
    } catch (error) {
      // Findings end Terraform with 1; they are on stdout all the same.
      const { stdout, stderr } = error as { stdout?: string; stderr?: string };
      if (!stdout) throw new Error(stderr || String(error), { cause: error });
      return stdout;
    }
  }

  return {
    validate: async (folder) => readDiagnostics(await run(folder, ["validate", "-json"])),
    test: async (folder) => readRuns(await run(folder, ["test", "-json"])),
  };
}

/** The beginnings of module blocks and all sources; of a folder that calls no module, nothing. */
function callsIn(folder: string): string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".tf"));
  const lines = files.flatMap((file) => readFileSync(join(folder, file), "utf8").split("\n"));
  const calls = lines.filter((line) => /^module "|^\s*source\s*=/.test(line));
  return calls.some((line) => line.startsWith("module ")) ? calls : [];
}

/** Builds the provider once per version of its sources, under every name that a schema has. */
function prepare(go: string): Record<string, string> {
  const sources = ["main.go", "go.mod", "go.sum"].map((file) => readFileSync(join(SOURCES, file)));
  const home = join(CACHE, createHash("sha256").update(Buffer.concat(sources)).digest("hex").slice(0, 16));
  const schemas = [...loadSchemas()];
  const configuration = join(home, "terraform.rc");
  const stamp = schemas.map(([name]) => name).join(" ");
  if (!existsSync(configuration) || !readFileSync(configuration, "utf8").startsWith(`# ${stamp}\n`)) {
    mkdirSync(home, { recursive: true });
    const building = mkdtempSync(join(home, "building-"));
    execFileSync(go, ["build", "-buildvcs=false", "-o", join(building, "provider"), "."], {
      cwd: SOURCES,
      stdio: "pipe",
    });
    for (const [name] of schemas) {
      mkdirSync(join(home, name), { recursive: true });
      copyFileSync(join(building, "provider"), join(building, name));
      renameSync(join(building, name), join(home, name, `terraform-provider-${name}`));
    }
    const overrides = schemas.map(
      ([name, { provenance }]) => `    ${JSON.stringify(provenance.provider)} = ${JSON.stringify(join(home, name))}`,
    );
    writeFileSync(
      join(building, "rc"),
      `# ${stamp}\nprovider_installation {\n  dev_overrides {\n${overrides.join("\n")}\n  }\n}\n`,
    );
    renameSync(join(building, "rc"), configuration);
    rmSync(building, { recursive: true });
  }
  return { TF_CLI_CONFIG_FILE: configuration, PROVIDER_SCHEMAS: fileURLToPath(SCHEMA_FOLDER), CHECKPOINT_DISABLE: "1" };
}

export interface Diagnostic {
  severity: "error" | "warning";
  summary: string;
  detail?: string;
  /** Of the resource that it is about. */
  address?: string;
  range?: { filename: string; start: { line: number } };
}

/** https://developer.hashicorp.com/terraform/cli/commands/validate#json-output-format */
function readDiagnostics(output: string): Problem[] {
  const { diagnostics } = JSON.parse(output) as { diagnostics: Diagnostic[] };
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map((diagnostic) => ({
      file: diagnostic.range?.filename ?? ".",
      line: diagnostic.range?.start.line ?? 1,
      message: message(diagnostic),
    }));
}

export const message = ({ summary, detail }: Diagnostic): string => [summary, detail].filter(Boolean).join(": ");

interface TestEvent {
  "@testrun"?: string;
  test_run?: { run: string; status?: TestRun["status"]; progress?: string };
  diagnostic?: Diagnostic;
}

/** https://developer.hashicorp.com/terraform/internals/machine-readable-ui */
export function readRuns(output: string): TestRun[] {
  const events = output
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as TestEvent);
  const errors = events.filter(({ diagnostic }) => diagnostic?.severity === "error");
  const runs = events.flatMap(({ test_run }) =>
    test_run?.status ? [{ run: test_run.run, status: test_run.status }] : [],
  );
  const outside = errors.filter((event) => !event["@testrun"]).map(({ diagnostic }) => message(diagnostic!));
  return [
    ...runs.map(({ run, status }) => ({
      run,
      status,
      messages: errors.filter((event) => event["@testrun"] === run).map(({ diagnostic }) => message(diagnostic!)),
    })),
    ...(outside.length > 0 ? [{ run: "(the file)", status: "error" as const, messages: outside }] : []),
  ];
}

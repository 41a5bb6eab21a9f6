/** The conditions that our modules set for their variables, asked for many calls at once. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fastGlob from "fast-glob";
import { PACKAGE_ROOT } from "../../../compiler/package-root.ts";
import type { Problem } from "./module.ts";
import { blocksIn, type RandomRoot } from "./random-roots.ts";
import type { RealTerraform } from "./real-terraform.ts";

/** A call of a module of ours with values: its cloud and name, and the arguments as text. */
export interface Call {
  module: string;
  arguments: string;
}

/** Every call of a module that roots make, each with the same values once. */
export function callsIn(roots: readonly RandomRoot[]): Call[] {
  const calls = roots.flatMap((root) => blocksIn(root, "main.tf").filter(({ type }) => type === "module")).map(callOf);
  return [...new Map(calls.map((call) => [JSON.stringify(call), call])).values()];
}

/** What another root or module says is not known before it is applied. */
const LATER = /\b(?:data\.terraform_remote_state\.\w+\.outputs\.networks\["[^"]*"\]|module\.[\w-]+)\.\w+/g;

function callOf({ body }: ReturnType<typeof blocksIn>[number]): Call {
  const source = body.attributes.find(({ name }) => name === "source")!.expression;
  const given = body.attributes.filter(({ name }) => name !== "source" && name !== "providers");
  return {
    module: /terraform-modules\/(.*)"$/.exec(source)![1]!,
    arguments: given
      .map(({ name, expression }) => `  ${name} = ${expression.replace(LATER, "terraform_data.later.output")}\n`)
      .join(""),
  };
}

/**
 * What the variables' own conditions say of these calls. Of the modules only the variables are there, so that hundreds
 * of calls take one run of Terraform, which evaluates a condition where it knows the value.
 */
export async function againstConditions(terraform: RealTerraform, calls: readonly Call[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "eco-conditions-"));
  try {
    for (const file of fastGlob.sync("terraform-modules/*/*/variables.tf", { cwd: PACKAGE_ROOT })) {
      mkdirSync(join(folder, file, ".."), { recursive: true });
      cpSync(join(PACKAGE_ROOT, file), join(folder, file));
    }
    const text = calls.map(
      ({ module, arguments: given }, index) =>
        `module "call-${index}" {\n  source = "./terraform-modules/${module}"\n${given}}\n`,
    );
    writeFileSync(join(folder, "main.tf"), `resource "terraform_data" "later" {}\n${text.join("")}`);
    return (await terraform.validate(folder)).map((problem) => said(problem, text));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The problem with the call that it is about. */
function said({ line, message }: Problem, text: readonly string[]): string {
  let end = 1;
  const call = text.find((one) => (end += one.split("\n").length - 1) >= line);
  return `${message}\n${call ?? ""}`;
}

/** The Terraform roots of random configs, laid out as in a project. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PACKAGE_ROOT } from "../../../compiler/package-root.ts";
import { randomOutput } from "../../compiled/random.ts";
import { readBody, type Block } from "./hcl.ts";

export interface RandomRoot {
  cloud: string;
  /** By the file's name. */
  files: ReadonlyMap<string, string>;
}

/** Every root of so many configs, the same bytes once. */
export async function randomRoots(seed: number, configs: number): Promise<RandomRoot[]> {
  const files = await randomOutput({
    ground: "clouds",
    seed,
    configs,
    files: String.raw`^generated/terraform/.*\.tf$`,
  });
  const roots = new Map<string, { cloud: string; files: Map<string, string> }>();
  for (const [path, text] of files) {
    const [, folder, name] = /^(.*)\/([^/]+)$/.exec(path)!;
    const root = roots.get(folder!) ?? { cloud: kindOf(text), files: new Map() };
    root.files.set(name!, text);
    // A cloud may be called as anybody likes: its provider says what it is.
    if (name === "versions.tf") root.cloud = kindOf(text);
    roots.set(folder!, root);
  }
  return [...new Map([...roots.values()].map((root) => [JSON.stringify([...root.files].sort()), root])).values()];
}

const PROVIDERS = { google: "gcp", aws: "aws", azurerm: "azure" } as const;
const kindOf = (text: string): string =>
  PROVIDERS[/source\s+= "hashicorp\/(\w+)"/.exec(text)?.[1] as keyof typeof PROVIDERS] ?? "";

export const blocksIn = ({ files }: RandomRoot, file: string): Block[] => readBody(files.get(file) ?? "").blocks;

/** A folder that is laid out as a project, with our modules at both places where a root may look for them. */
export class Layout {
  readonly folder = mkdtempSync(join(tmpdir(), "eco-random-roots-"));
  private count = 0;

  constructor(modules = join(PACKAGE_ROOT, "terraform-modules")) {
    for (const place of ["terraform-modules", "generated/lib/terraform-modules"])
      cpSync(modules, join(this.folder, place), { recursive: true });
  }

  /** The folder of a root, as deep as the compiler puts it. */
  add({ cloud, files }: RandomRoot, more: Readonly<Record<string, string>> = {}): string {
    const folder = join(this.folder, "generated/terraform", cloud, `root-${this.count++}`);
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of [...files, ...Object.entries(more)]) writeFileSync(join(folder, name), text);
    return folder;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

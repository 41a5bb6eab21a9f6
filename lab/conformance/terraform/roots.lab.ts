/**
 * Every generated Terraform root of every ecosystem, and the modules that they call, on all three clouds: by Terraform
 * itself and by the providers' schemas.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import fastGlob from "fast-glob";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../../../compiler/package-root.ts";
import { labSuite } from "../../lab-suite.ts";
import { ECOSYSTEMS } from "../../ecosystems.ts";
import { record } from "../../record/notes.ts";
import { consumer } from "../../toolchain/consumer.ts";
import { broken, unfound, WAYS } from "./breakages.ts";
import { checkModule } from "./check-module.ts";
import { attributeOf, readModule } from "./module.ts";
import { loadSchemas, type SchemaFile } from "./provider-schema.ts";
import { realTerraform, terraformVersion, type RealTerraform } from "./real-terraform.ts";

const schemas = loadSchemas();
const PROVIDERS = { aws: "aws", azure: "azurerm", gcp: "google" } as const;
const provenanceOf = (cloud: string): SchemaFile["provenance"] =>
  schemas.get(PROVIDERS[cloud as keyof typeof PROVIDERS])!.provenance;

/** Of which cloud a root is. Its folder has the name of an account, which may be any; the modules that it calls say it. */
const CLOUDS = new Map(
  await Promise.all(
    Object.values(ECOSYSTEMS)
      .flatMap(rootsOf)
      .map(async (root) => [root, (await calledBy(root))[0]!.split("/").at(-2)!] as const),
  ),
);

for (const [name, project] of Object.entries(ECOSYSTEMS)) {
  const test = labSuite(`terraform: roots of ${name}`, ["terraform", "go"]);
  const generated = join(PACKAGE_ROOT, project, "generated");
  const roots = rootsOf(project);
  const clouds = [...new Set(roots.map((root) => CLOUDS.get(root)!))];
  /** By cloud: the folders of its roots, and of the modules that they call or that are vendored beside them. */
  const folders = new Map<string, { roots: string[]; modules: string[] }>();
  let terraform: RealTerraform;

  test("there is a root for every kind of state, and each calls a module", async () => {
    terraform = realTerraform()!;
    for (const cloud of clouds) {
      const own = roots.filter((root) => CLOUDS.get(root) === cloud);
      const vendored = fastGlob.sync(`lib/terraform-modules/${cloud}/*`, {
        cwd: generated,
        onlyDirectories: true,
        absolute: true,
      });
      const modules = [...new Set([...(await Promise.all(own.map(calledBy))).flat(), ...vendored])].sort();
      for (const kind of ["state-store", "foundation"])
        assert.ok(
          own.some((root) => root.endsWith(`/${kind}`)),
          `${cloud}/${kind}`,
        );
      folders.set(cloud, { roots: own, modules });
    }
  });

  test("terraform fmt has nothing to change", () => {
    const written = ["terraform", "lib/terraform-modules"].map((folder) => join(generated, folder)).filter(existsSync);
    const { status, stdout } = spawnSync(consumer("terraform")!, ["fmt", "-check", "-recursive", ...written], {
      encoding: "utf8",
    });
    assert.is(status, 0, stdout);
    const files = written.flatMap((folder) => fastGlob.sync("**/*.tf", { cwd: folder, absolute: true }));
    record(
      {
        ...terraformRow(),
        judged: `${name}: every .tf file is formatted as \`terraform fmt\` would`,
        count: files.length,
      },
      files,
    );
  });

  test("every argument, block and type is one of the provider's schema, and nothing required is missing", async () => {
    for (const [cloud, { roots, modules }] of folders) {
      for (const folder of [...roots, ...modules]) assert.equal(await checkModule(folder, schemas), [], folder);
      const { provider, provider_version, package: source } = provenanceOf(cloud);
      record(
        {
          consumer: `schemas of ${provider}`,
          version: `v${provider_version}, of ${source}`,
          judged: `${name}: roots and their modules: every argument, block, type and required argument`,
          count: roots.length + modules.length,
          level: "schema",
        },
        terraformIn([...roots, ...modules]),
      );
    }
  });

  for (const [way, breaking] of Object.entries(WAYS)) {
    test(`caught: ${way}, of every argument that there is`, async () => {
      for (const [cloud, { roots, modules }] of folders) {
        let count = 0;
        await inCopy(project, async (at) => {
          for (const folder of [...roots, ...modules]) {
            const copy = at(folder);
            const edit = await broken(folder, breaking, schemas);
            await withFiles(copy, edit.files, async () =>
              assert.equal(unfound(edit, await checkModule(copy, schemas)), [], relative(PACKAGE_ROOT, folder)),
            );
            count += edit.wanted.length;
          }
        });
        assert.ok(count > roots.length, `${cloud}: ${count}`);
        const { provider, provider_version, package: source } = provenanceOf(cloud);
        record({
          consumer: `schemas of ${provider}`,
          version: `v${provider_version}, of ${source}`,
          judged: `${name}, broken: ${way}, each found`,
          count,
          level: "schema",
        });
      }
    });
  }

  test("terraform validate accepts every root with its modules", async () => {
    for (const [cloud, { roots, modules }] of folders) {
      const uncalled = modules.filter((folder) => folder.startsWith(generated));
      for (const folder of [...roots, ...uncalled]) assert.equal(await terraform.validate(folder), [], folder);
      record(
        {
          ...terraformRow(),
          judged: `${name}: \`validate\` of the ${cloud} roots with the modules that they call, against the provider's schemas`,
          count: roots.length,
        },
        terraformIn([...roots, ...modules]),
      );
    }
  });

  test("terraform test: what the called modules promise holds with a mocked provider", async () => {
    for (const [cloud, { modules }] of folders) {
      let count = 0;
      for (const folder of modules) {
        // A vendored module comes without its tests: those of the same bytes are run.
        const module = join(PACKAGE_ROOT, "terraform-modules", folder.split("/terraform-modules/")[1]!);
        for (const file of filesIn([folder]))
          assert.is(readFileSync(file, "utf8"), readFileSync(join(module, relative(folder, file)), "utf8"), file);
        const runs = await terraform.test(module);
        assert.ok(runs.length > 0, module);
        assert.equal(
          runs.filter(({ status }) => status !== "pass"),
          [],
          module,
        );
        count += runs.length;
      }
      record(
        { ...terraformRow(), judged: `${name}: \`test\` of the ${cloud} modules, with a mocked provider`, count },
        filesIn(modules),
      );
    }
  });

  test("caught by terraform validate: each of them in a cluster's root and in its module", async () => {
    let count = 0;
    for (const { roots } of folders.values()) {
      const root = roots.find((folder) => !/(foundation|runners|state-store)$/.test(folder))!;
      const [module] = await calledBy(root);
      await inCopy(project, async (at) => {
        for (const folder of [root, module!]) {
          for (const [way, breaking] of Object.entries(WAYS)) {
            const { files, wanted } = await broken(folder, breaking, schemas);
            if (wanted.length === 0) continue;
            // Where the root itself cannot be read Terraform says so on stderr.
            const found = await withFiles(at(folder), files, () =>
              terraform.validate(at(root)).then(
                (problems) => problems.length,
                () => 1,
              ),
            );
            assert.ok(found > 0, `${relative(PACKAGE_ROOT, folder)}: ${way}`);
            count += 1;
          }
        }
      });
    }
    record({
      ...terraformRow(),
      judged: `${name}, broken: misspelt and missing arguments and wrong types, refused by \`validate\``,
      count,
    });
  });

  test.run();
}

const terraformRow = () => ({ consumer: "Terraform", version: terraformVersion(), level: "schema" as const });

function rootsOf(project: string): string[] {
  const cwd = join(PACKAGE_ROOT, project, "generated");
  return fastGlob.sync("terraform/*/*", { cwd, onlyDirectories: true, absolute: true }).sort();
}

/** The folders of the modules that a root calls. */
async function calledBy(root: string): Promise<string[]> {
  const { calls } = await readModule(root);
  const folders = [...calls.values()].map(({ body }) =>
    resolve(root, JSON.parse(attributeOf(body, "source")!.expression) as string),
  );
  assert.ok(
    folders.length > 0 && folders.every((folder) => existsSync(folder)),
    `${root} calls ${folders.join(", ") || "nothing"}`,
  );
  return folders;
}

const terraformIn = (folders: readonly string[]): string[] => filesIn(folders).filter((file) => file.endsWith(".tf"));
const filesIn = (folders: readonly string[]): string[] =>
  folders.flatMap((folder) => fastGlob.sync("*", { cwd: folder, absolute: true }));

/** A copy of what an ecosystem's roots are made of; `at` leads from a folder to its copy. */
async function inCopy(project: string, work: (at: (folder: string) => string) => Promise<void>): Promise<void> {
  const copy = mkdtempSync(join(tmpdir(), "eco-roots-"));
  try {
    for (const folder of [
      join(project, "generated/terraform"),
      join(project, "generated/lib/terraform-modules"),
      "terraform-modules",
    ]) {
      if (existsSync(join(PACKAGE_ROOT, folder)))
        cpSync(join(PACKAGE_ROOT, folder), join(copy, folder), { recursive: true });
    }
    await work((folder) => join(copy, relative(PACKAGE_ROOT, folder)));
  } finally {
    rmSync(copy, { recursive: true });
  }
}

async function withFiles<T>(
  folder: string,
  files: Readonly<Record<string, string>>,
  work: () => Promise<T>,
): Promise<T> {
  const before = Object.keys(files).map((file) => [file, readFileSync(join(folder, file), "utf8")] as const);
  const write = (entries: readonly (readonly [string, string])[]): void =>
    entries.forEach(([file, text]) => writeFileSync(join(folder, file), text));
  write(Object.entries(files));
  try {
    return await work();
  } finally {
    write(before);
  }
}

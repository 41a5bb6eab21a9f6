import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import fastGlob from "fast-glob";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { consumer } from "../../toolchain/consumer.ts";
import { checkModule } from "./check-module.ts";
import { readModule } from "./module.ts";

const MODULES = fileURLToPath(new URL("../../../terraform-modules/", import.meta.url));
const modules = fastGlob.sync("*/*", { cwd: MODULES, onlyDirectories: true }).sort();
const test = suite("terraform: modules");

test("there are modules for all three clouds", () => {
  assert.equal([...new Set(modules.map((name) => name.split("/")[0]))], ["aws", "azure", "gcp"]);
});

for (const name of modules) {
  const folder = join(MODULES, name);

  test(`${name} fits the provider's schemas and itself`, async () => {
    assert.equal(await checkModule(folder), []);
  });

  test(`${name} is complete`, async () => {
    for (const file of ["main.tf", "variables.tf", "outputs.tf", "versions.tf", "README.md"]) {
      assert.ok(existsSync(join(folder, file)), `${file} is missing`);
    }
    // A child module leaves providers and backends to the root that calls it.
    const { providers, settings } = await readModule(folder);
    assert.equal(providers, []);
    assert.equal(
      settings.filter(({ type }) => type === "backend"),
      [],
    );
  });

  test(`${name} keeps the contract`, async () => {
    const row =
      readFileSync(join(MODULES, "README.md"), "utf8")
        .split("\n")
        .find((line) => line.startsWith(`| [\`${name}\`]`)) ?? "";
    const [, inputs = "", outputs = ""] = row.split(" | ");
    const module = await readModule(folder);
    const variables = [...module.variables].map(([variable, { required }]) =>
      required ? `**\`${variable}\`**` : `\`${variable}\``,
    );
    assert.equal(inputs.split(", ").sort(), variables.sort());
    assert.equal(
      outputs.replace(/ \|$/, "").split(", ").sort(),
      [...module.outputs.keys()].map((output) => `\`${output}\``).sort(),
    );
  });
}

for (const [cloud, pairs] of Object.entries({
  aws: { "existing-network": "network", "existing-cluster": "eks" },
  azure: { "existing-network": "network", "existing-cluster": "aks" },
  gcp: { "existing-network": "network", "existing-cluster": "gke" },
})) {
  for (const [existing, created] of Object.entries(pairs)) {
    test(`${cloud}/${existing} gives the outputs of ${cloud}/${created}`, async () => {
      const outputs = async (name: string) => [...(await readModule(join(MODULES, cloud, name))).outputs.keys()].sort();
      assert.equal(await outputs(existing), await outputs(created));
    });
  }
}

const terraform = consumer("terraform");
(terraform ? test : test.skip)("terraform fmt has nothing to change", () => {
  assert.is(
    execFileSync(terraform!, ["fmt", "-check", "-diff", "-recursive", MODULES], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }),
    "",
  );
});

test.run();

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import fastGlob from "fast-glob";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { consumer } from "../../support/consumer.ts";
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
    assert.equal(settings.filter(({ type }) => type === "backend"), []);
  });

  test(`${name} is in the contract`, () => {
    assert.match(readFileSync(join(MODULES, "README.md"), "utf8"), `\`${name}\``);
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
      const missing = (await outputs(created)).filter((output) => !["node_security_group_id"].includes(output));
      const given = await outputs(existing);
      assert.equal(missing.filter((output) => !given.includes(output)), []);
    });
  }
}

const terraform = consumer("terraform");
(terraform ? test : test.skip)("terraform fmt has nothing to change", () => {
  assert.is(execFileSync(terraform!, ["fmt", "-check", "-diff", "-recursive", MODULES], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }), "");
});

test.run();

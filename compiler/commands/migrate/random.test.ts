import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { temporaryFolder } from "../../../test/support/tree.ts";
import { loadConfig } from "../../1-load/index.ts";
import { MODULE_ALIAS } from "../../package-root.ts";
import { meaningNow, meaningThen } from "./test/meaning.ts";
import { oldConfig } from "./test/old-config.ts";
import { migrate } from "./steps.ts";

/**
 * Random configs of format 1, in random layout, against both formats' meaning written down by hand. All of them are one
 * project, since each run of a config is a process of its own.
 */
const test = suite("random configs of format 1");
const CONFIGS = 50;

function project(sources: readonly string[]): string {
  const root = temporaryFolder("random");
  mkdirSync(join(root, "node_modules"));
  sources.forEach((source, index) => writeFileSync(join(root, `c${index}.ts`), source));
  const imports = sources.map((_, index) => `import c${index} from "./c${index}.ts";\n`).join("");
  const services = sources.map((_, index) => `...named("c${index}", c${index}.services)`).join(", ");
  const named = `const named = (config: string, services: object) =>
  Object.fromEntries(Object.entries(services).map(([name, service]) => [\`\${config}-\${name}\`, service]));\n`;
  writeFileSync(join(root, "ecosystem.config.ts"), `${imports}${named}export default { services: { ${services} } };\n`);
  return root;
}

test("mean the same afterwards, are not touched elsewhere, and stay", async () => {
  const sources = fc.sample(oldConfig, { numRuns: CONFIGS, seed: 20_261_130 });
  const root = project(sources);
  const options = { root, cwd: root, moduleAlias: MODULE_ALIAS };
  const { config: before } = await loadConfig(options);
  const { sources: rewritten, diagnostics, changes } = await migrate(options);
  assert.equal(diagnostics, []);
  assert.ok(changes.length > 4 * CONFIGS, `only ${changes.length} changes`);
  const { config: after } = await loadConfig({ ...options, sources: rewritten.changed });
  assert.equal(meaningNow(after), meaningThen(before));
  assert.not.equal(JSON.stringify(after), JSON.stringify(before));

  for (const [file, text] of Object.entries(rewritten.changed)) writeFileSync(file, text);
  const again = await migrate(options);
  assert.equal([again.changes, again.sources.replacements, again.diagnostics], [[], [], []]);
  for (const { file, before, after } of rewritten.replacements) {
    assert.equal(remarks(after), remarks(before), file);
    assert.is(after.includes("\r"), before.includes("\r"));
    assert.is(after.replace(/\r\n/g, "").includes("\n"), before.replace(/\r\n/g, "").includes("\n"));
    assert.is(after.startsWith("\ufeff"), before.startsWith("\ufeff"));
  }
});

/** All comments, in order. */
const remarks = (text: string): string[] => text.match(/\/\*.*?\*\/|\/\/[^\r\n]*/g) ?? [];

test.run();

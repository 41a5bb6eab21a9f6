import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { temporaryFolder } from "../../test/support/tree.ts";

/** What people run, here and where every step has something to find. */
const test = suite("npm run lint");

interface Run {
  status: number | null;
  output: string;
}

function lint(folder: string, ...steps: string[]): Run {
  const { status, stdout, stderr } = spawnSync("npm", ["run", "--silent", "lint", "--", ...steps], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, FORCE_COLOR: "0" },
  });
  return { status, output: stdout + stderr };
}

test("finds nothing here", () => {
  const { status, output } = lint(PACKAGE_ROOT);
  assert.is(status, 0, output);
  assert.match(output, /^ok {3}format .* [1-9]\d{2,} files /m);
  assert.match(output, /^ok {3}rules .* [1-9]\d{2,} files /m);
  assert.match(output, /^ok {3}unused /m);
  assert.match(output, /^ok {3}shipped /m);
  assert.match(output, /^ok {3}fence .* [1-9]\d\d\d imports in [1-9]\d{2,} files/m);
  assert.match(output, /^ok {3}suites .* [1-9]\d\d suites /m);
});

/** What the steps read; the folders without what only lies in them. */
const READ = [
  ...["compiler", "helm-library", "lab", "runtime", "scripts", "test", "schemas/runtime"],
  ...["package.json", "tsconfig.json", ".oxfmtrc.json", ".oxlintrc.json", "knip.jsonc", ".gitignore"],
];
const NO_SOURCE = /(^|\/)(node_modules|samples|\.terraform|\.cache)$/;

/** A copy of the sources in which a file has been changed or added for each step to find. */
function planted(faults: Readonly<Record<string, (text: string) => string>>): string {
  const copy = temporaryFolder("lint");
  for (const path of READ) {
    cpSync(join(PACKAGE_ROOT, path), join(copy, path), {
      recursive: true,
      filter: (from) => !NO_SOURCE.test(relative(PACKAGE_ROOT, from)),
    });
  }
  symlinkSync(join(PACKAGE_ROOT, "node_modules"), join(copy, "node_modules"));
  for (const [path, change] of Object.entries(faults)) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    const text = path.endsWith(".planted.ts") ? "" : readFileSync(join(copy, path), "utf8");
    writeFileSync(join(copy, path), change(text));
  }
  return copy;
}

test("each step finds what is its own, and all run to their ends", () => {
  const { status, output } = lint(
    planted({
      "compiler/facts/names.ts": (text) => `${text}\nexport const planted   = 1;\n`,
      "compiler/facts/placement.ts": (text) =>
        `${text}\nconst later = (a: string, b: string): boolean => a.localeCompare(b) > Date.now() && a == b;\nlater("", "");\n`,
      "compiler/2-validate/repeats.ts": (text) => `import type { Plan } from "../7-write/index.ts";\n${text}`,
      "compiler/5-emit/shared.ts": (text) => `console.log(process.env["HOME"], Math.random());\n${text}`,
      "compiler/targets/storage/index.ts": (text) => `import "node:fs";\n${text}`,
      "compiler/5-emit/idle.planted.ts": () => "export const idle = 1;\n",
      "compiler/5-emit/patches.test.ts": (text) =>
        text.replace(/^test\.run\(\);$/m, 'import { idle } from "./idle.planted.ts";\nidle.toFixed();'),
      "package.json": (text) => text.replace('"devDependencies": {', '"devDependencies": { "left-over": "1.0.0",'),
      "lab/unreached.planted.ts": () => "export {};\n",
    }),
  );
  assert.is(status, 1, output);
  const found = (step: string): string => {
    const [, said] = output.split(new RegExp(`^FAIL ${step} .*npm run lint:${step}$`, "m"));
    assert.ok(said !== undefined, `${step} fails\n${output}`);
    return said!.split(/^(?:ok {3}|FAIL )/m)[0]!;
  };
  assert.match(found("format"), /compiler\/facts\/names\.ts/);

  const rules = found("rules");
  assert.match(rules, /no-restricted-properties.*localeCompare/);
  assert.match(rules, /no-restricted-globals.*Date/);
  assert.match(rules, /no-restricted-globals.*process/);
  assert.match(rules, /no-restricted-properties.*random/i);
  assert.match(rules, /eqeqeq/);
  assert.match(rules, /no-console/);
  assert.match(rules, /no-nodejs-modules.*node:fs/);

  const unused = found("unused");
  assert.match(unused, /Unused exports \(1\)\nplanted .* compiler\/facts\/names\.ts/);
  assert.match(unused, /Unused files \(1\)\nlab\/unreached\.planted\.ts/);
  assert.match(unused, /left-over +package\.json/);
  assert.match(found("shipped"), /Unused files \(1\)\ncompiler\/5-emit\/idle\.planted\.ts/);

  assert.match(
    found("fence"),
    /^compiler\/2-validate\/repeats\.ts:1 imports compiler\/7-write\/index\.ts \(types alone\)$/m,
  );
  assert.match(found("suites"), /compiler\/5-emit\/patches\.test\.ts: test is made once and run never/);
});

test("a step by itself, and none that does not exist", () => {
  assert.match(lint(PACKAGE_ROOT, "suites").output, /^ok {3}suites [^\n]*\n$/);
  const { status, output } = lint(PACKAGE_ROOT, "spelling");
  assert.is(status, 1);
  assert.match(output, /there is no step spelling; there are format, rules, /);
});

test.run();

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { checkModule } from "./check-module.ts";
import { MUTANTS, SOUND } from "./mutants.ts";

const test = suite("terraform: checkModule");

async function check(files: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), "check-module-"));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return { root: await checkModule(join(folder, "root")), network: await checkModule(join(folder, "network")) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("has nothing to say about sound modules", async () => {
  assert.equal(await check(SOUND), { root: [], network: [] });
});

for (const { name, find, replace, message } of MUTANTS) {
  test(`catches: ${name}`, async () => {
    const sound = SOUND["root/main.tf"]!;
    assert.is(sound.split(find).length, 2, `${JSON.stringify(find)} stands there once`);
    const { root } = await check({ ...SOUND, "root/main.tf": sound.replace(find, () => replace) });
    const found = root.find((problem) => message.test(problem.message));
    assert.ok(
      found,
      `${message} is not among ${JSON.stringify(
        root.map((problem) => problem.message),
        null,
        1,
      )}`,
    );
  });
}

test("points at the line", async () => {
  const sound = SOUND["root/main.tf"]!;
  const line = sound.slice(0, sound.indexOf("force_destroy")).split("\n").length;
  const { root } = await check({ ...SOUND, "root/main.tf": sound.replace("force_destroy", "force_destory") });
  assert.equal(
    root.map((problem) => [problem.file, problem.line]),
    [["main.tf", line]],
  );
});

test.run();

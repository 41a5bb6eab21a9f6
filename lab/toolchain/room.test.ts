import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { temporaryFolder } from "../../test/support/tree.ts";
import { placeOf } from "./cache.ts";
import { caches, removeSuperseded } from "./room.ts";

const test = suite("lab: room of the caches");
const before = process.env["ECO_LAB_CACHE"];

test.before.each(() => void (process.env["ECO_LAB_CACHE"] = temporaryFolder("cache")));
test.after.each(() => {
  if (before === undefined) delete process.env["ECO_LAB_CACHE"];
  else process.env["ECO_LAB_CACHE"] = before;
});

test("is measured", () => {
  const [folder] = [process.env["ECO_LAB_CACHE"]!];
  writeFileSync(join(folder, "tool"), Buffer.alloc(8 << 20, 1));
  const own = caches().find((cache) => cache.folder === folder)!;
  assert.ok(own.size >= 8 / 1024 && own.size < 9 / 1024, `${own.size} GiB`);
});

test("goes from tools of other versions, not from those that are asked for or being made", () => {
  const kept = placeOf("helm");
  const [other, making] = [join(kept, "../v3.0.0-0123456789"), join(kept, "../making-1-abc")];
  for (const folder of [kept, other, making]) mkdirSync(folder, { recursive: true });
  removeSuperseded();
  assert.equal([kept, other, making].map(existsSync), [true, false, true]);
});

test.run();

import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loadInputs } from "../1-load/index.ts";
import { compile } from "../compile.ts";
import { MODULE_ALIAS, PACKAGE_ROOT } from "../package-root.ts";

/** A config as data, as of another revision, beside the one that stands in the project. */
const test = suite("compile data");
const { config, images, tuning, locked, extra } = await loadInputs({ root: PACKAGE_ROOT, moduleAlias: MODULE_ALIAS });
const data = (change: (config: any) => void = () => {}) => {
  const copy = JSON.parse(JSON.stringify(config)) as unknown;
  change(copy);
  return { config: copy, images, tuning, locked, extra };
};
const root = PACKAGE_ROOT;
const bytes = ({ emission }: Awaited<ReturnType<typeof compile>>) =>
  emission!.files.map(({ path, content }) => `${path} ${Buffer.from(content).toString("base64")}`);

test("it compiles to what the project compiles to", async () => {
  const [ofProject, ofData] = await Promise.all([
    compile({ root, mode: "emit" }),
    compile({ root, mode: "emit", inputs: data() }),
  ]);
  assert.is(ofData.ok, true);
  assert.equal(bytes(ofData), bytes(ofProject));
});

test("another one compiles to something else, and the project stays as it is", async () => {
  const other = await compile({ root, mode: "compare", inputs: data((config) => (config.name = "other")) });
  assert.ok(other.ok && !other.plan!.clean);
  const own = await compile({ root, mode: "compare" });
  assert.ok(own.ok && own.plan!.clean);
});

test("findings about data name its path, and no place in a file", async () => {
  const { ok, diagnostics } = await compile({
    root,
    mode: "emit",
    inputs: data((config) => (config.services.checkout.team = "shpo")),
  });
  assert.is(ok, false);
  assert.equal(
    diagnostics.filter(({ severity }) => severity === "error").map(({ id, at, position }) => [id, at, position]),
    [["reference/unknown", "services.checkout.team", undefined]],
  );
});

test.run();

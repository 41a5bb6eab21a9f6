import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import glob from "fast-glob";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compile } from "../../compiler/compile.ts";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";

/** What the documents say about the repository can be looked up in it. */
const test = suite("documents");
const read = (path: string): string => readFileSync(join(PACKAGE_ROOT, path), "utf8");
const documents = glob.sync(["*.md", "docs/*.md"], { cwd: PACKAGE_ROOT }).sort();
const anchors = (markdown: string): Set<string> =>
  new Set(
    [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
      title!
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );

for (const path of documents) {
  test(`${path}: every link leads to a file, and to a heading in it`, () => {
    const links = [
      ...read(path)
        .replace(/^```[^]*?^```/gm, "")
        .matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g),
    ];
    for (const [link, target, anchor] of links) {
      const file = target === "" ? path : join(dirname(path), target!);
      assert.ok(existsSync(join(PACKAGE_ROOT, file)), link);
      if (anchor !== undefined) assert.ok(anchors(read(file)).has(anchor), link);
    }
  });
}

test("the table of dependencies is package.json's, and the sources import each", () => {
  const { dependencies } = JSON.parse(read("package.json")) as { dependencies: Record<string, string> };
  const table = read("docs/architecture.md").split("## Dependencies")[1]!.split("\n\n")[1]!;
  const named = [...table.matchAll(/`([^`]+)`(?=[^|]*\|[^|]*\|$)/gm)]
    .map(([, name]) => name!)
    .filter((name) => !name.includes(" "));
  assert.equal(named.sort(), Object.keys(dependencies).sort());
  const sources = glob
    .sync("compiler/**/*.ts", { cwd: PACKAGE_ROOT, ignore: ["**/*.test.ts"] })
    .map(read)
    .join("\n");
  for (const name of named) assert.match(sources, new RegExp(`^(import (?!type).*from|.*import\\()\\s*"${name}"`, "m"));
});

test("the folders of the tree are those that are written", async () => {
  const tree = /^## The tree that it writes$([^]*?)^A path says/m.exec(read("docs/architecture.md"))![1]!;
  const named = [...tree.matchAll(/^ {4}(generated\/\S+)/gm)].map(
    ([, path]) => new RegExp(`^${path!.replace(/[.]/g, "\\.").replace(/<[^>]*>/g, "[^/]+")}`),
  );
  const { emission } = await compile({ root: PACKAGE_ROOT, mode: "compare", force: true });
  const written = emission!.files.map(({ path }) => path).filter((path) => !path.startsWith(".github/"));
  assert.equal(
    written.filter((path) => !named.some((pattern) => pattern.test(path))),
    [],
  );
  const unseen = named
    .filter((pattern) => !written.some((path) => pattern.test(path)))
    .map(({ source }) => source.replaceAll("\\", ""));
  assert.equal(
    unseen,
    ["^generated/manifest.json", "^generated/lib/"],
    "the manifest is the writer's own; the reference ecosystem is in its library's repository",
  );
});

test("NOTICE names every work that schemas and prices come from", () => {
  const notice = read("NOTICE");
  for (const { module } of JSON.parse(read("schemas/crds/sources.json")) as { module: string }[])
    assert.ok(notice.includes(module), module);
  for (const work of ["Apache Libcloud", "Karpenter"])
    assert.ok(notice.includes(work) && read("data/machines/NOTICE").includes(work), work);
});

test.run();

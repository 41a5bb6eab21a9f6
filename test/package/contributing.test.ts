import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import glob from "fast-glob";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";

/**
 * What the documents for contributors name is there: each path, and each command with what it is given.
 *
 * A code span without spaces that holds a slash, or ends like a file, is a path from the top of the repository. In it
 * `*` and `<name>` stand for anything in one name, and `**` for folders. With a slash at its end it is a folder.
 */
const test = suite("documents for contributors");

const DOCUMENTS = [
  "CONTRIBUTING.md",
  "SECURITY.md",
  ...glob.sync([".github/ISSUE_TEMPLATE/*", ".github/*.md"], { cwd: PACKAGE_ROOT, dot: true }).sort(),
];

/** A word of a document, and how it is looked up. */
interface Named {
  word: string;
  isThere: (word: string) => boolean;
}

const read = (path: string): string => readFileSync(join(PACKAGE_ROOT, path), "utf8");
const exists = (path: string): boolean => existsSync(join(PACKAGE_ROOT, path));

/** What is in no commit: packages, and the workflows that the compiler may write and does not yet. */
const NOT_COMMITTED = new Set(["node_modules/", ".github/workflows/eco-*.yml"]);

function isPath(pattern: string): boolean {
  if (NOT_COMMITTED.has(pattern)) return true;
  const found = glob.sync(pattern.replace(/<[a-z]+>/g, "*").replace(/\/$/, ""), {
    cwd: PACKAGE_ROOT,
    dot: true,
    onlyFiles: false,
    markDirectories: true,
    ignore: ["**/node_modules/**"],
  });
  return found.some((path) => !pattern.endsWith("/") || path.endsWith("/"));
}

const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
const testFiles = glob.sync("{compiler,test,scripts,runtime,helm-library,lab}/**/*.test.ts", {
  cwd: PACKAGE_ROOT,
  ignore: ["**/node_modules/**"],
});
const isScript = (name: string): boolean => name in scripts;
const isTest = (filter: string): boolean => testFiles.some((file) => file.includes(filter));

/** What a script is given, where that has to be there already. */
const ARGUMENTS: Record<string, Named["isThere"]> = {
  test: isTest,
  "test:update": isTest,
  gen: (name) => exists(`scripts/gen/${name}.ts`) || exists(`scripts/gen/${name}/index.ts`),
  lint: (step) => isScript(`lint:${step}`),
  lab: (name) => ["status", "test"].includes(name) || exists(`lab/conformance/${name}`),
};

/** The words of a command that are names of something here; flags of scripts are theirs to judge. */
function namedInCommand(command: string): Named[] {
  const [program, first, ...rest] = command.split(" ").filter((word) => word !== "run" && word !== "--");
  const named = (words: string[], isThere: Named["isThere"] | undefined): Named[] =>
    isThere === undefined ? [] : words.map((word) => ({ word, isThere }));
  const plain = rest.filter((word) => !/^(?:-|<)/.test(word));
  if (program === "node")
    return named(
      plain.filter((word) => word.includes("/")),
      isPath,
    );
  if (program === "npx")
    return [
      ...named(
        rest.filter((word) => word.startsWith("--")),
        (flag) => read("compiler/cli.ts").includes(`${flag}`),
      ),
      ...named(plain, isPath),
    ];
  return first === "ci" ? [] : [...named([first!], isScript), ...named(plain, ARGUMENTS[first!])];
}

const FENCE = /^```(\w*)\n([^]*?)^```/gm;

function namedIn(document: string): Named[] {
  const text = read(document);
  const prose = text
    .replace(FENCE, "")
    .replace(/\n +/g, " ")
    .replace(/(?<!\n)\n(?!\n)/g, " ");
  const spans = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, span]) => span!);
  const lines = [...text.matchAll(FENCE)].flatMap(([, language, block]) =>
    language === "sh" ? block!.split("\n") : [],
  );
  const paths = spans.filter((span) => !/\s/.test(span) && (span.includes("/") || /[^.]\.[a-z]{2,5}$/.test(span)));
  const commands = [...spans, ...lines.map((line) => line.replace(/\s+#.*$/, ""))];
  return [
    ...paths.map((word) => ({ word, isThere: isPath })),
    ...commands.filter((command) => /^(?:npm|npx|node) /.test(command)).flatMap(namedInCommand),
  ];
}

for (const document of DOCUMENTS) {
  test(`${document}: every path and every command leads somewhere`, () => {
    const lost = namedIn(document).filter(({ word, isThere }) => !isThere(word));
    assert.equal(
      lost.map(({ word }) => word),
      [],
    );
  });
}

/** The last letter is another one; what stands for any name has none. */
const misspelt = (name: string): string =>
  name.replace(/[a-z](?=[^a-z<>]*(?:<[a-z]+>[^a-z<>]*)*$)/i, (letter) => (letter === "q" ? "x" : "q"));

test("each name of each of them, misspelt, is found", () => {
  let tried = 0;
  for (const { word, isThere } of DOCUMENTS.flatMap(namedIn)) {
    const names = word.split("/");
    for (const [index, name] of names.entries()) {
      if (misspelt(name) === name) continue;
      const wrong = names.map((each, place) => (place === index ? misspelt(name) : each)).join("/");
      assert.not(isThere(wrong), `${wrong}, misspelt for ${word}`);
      tried++;
    }
  }
  assert.ok(tried > 700, `only ${tried} names`);
});

test.run();

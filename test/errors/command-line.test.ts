import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { targets } from "../../compiler/targets/registry.ts";
import { runCli } from "../support/cli.ts";
import { copyOfReference } from "../support/project-copy.ts";
import { readTree, temporaryFolder } from "../support/tree.ts";

/**
 * The command itself: exit codes, what is written when, and what each reporter says, on a copy of the reference
 * ecosystem.
 */
const test = suite("command line");

const project = copyOfReference();
const CONFIG = join(project, "ecosystem.config.ts");
const ROLLOUT = "generated/clusters/cluster-paris/services/claude-service/manifests/rollout.yaml";
const generated = (root: string) => new Map([...readTree(root)].filter(([path]) => path.startsWith("generated/")));

const BROKEN = readFileSync(CONFIG, "utf8").replace('placement: "all"', 'placment: "all"');
/** A project whose config has one misspelt key. */
const broken = copyOfReference();
writeFileSync(join(broken, "ecosystem.config.ts"), BROKEN);

test("--check of a project that was never compiled: 2, and nothing is written", async () => {
  const { code, stderr } = await runCli(["--check"], { cwd: project });
  assert.is(code, 2, stderr);
  assert.match(stderr, /\d+ files would change, 0 up to date: run eco-compile and commit the result/);
  assert.not.ok(existsSync(join(project, "generated")));
});

test("compile writes, says what per target, and a second run changes nothing", async () => {
  const first = await runCli([], { cwd: project });
  assert.is(first.code, 0, first.stderr);
  const written = generated(project);
  for (const { name } of targets)
    if ([...written.keys()].length > 0 && first.stderr.includes(name))
      assert.match(first.stderr, new RegExp(`^${name} +\\d+ new$`, "m"));
  assert.match(
    first.stderr,
    new RegExp(`^${written.size - 1} files written, 0 up to date$`, "m"),
    "the manifest is not counted",
  );

  const second = await runCli([], { cwd: project });
  assert.is(second.code, 0, second.stderr);
  assert.match(second.stderr, new RegExp(`^${written.size - 1} files up to date$`, "m"));
  for (const [path, bytes] of generated(project)) assert.ok(bytes.equals(written.get(path)!), path);
  assert.is((await runCli(["--check"], { cwd: project })).code, 0);
});

test("--check sees one byte, a missing file and a foreign one", async () => {
  const good = readFileSync(join(project, ROLLOUT));
  appendFileSync(join(project, ROLLOUT), "\n");
  assert.is.not((await runCli(["--check"], { cwd: project })).code, 0, "a byte more");
  rmSync(join(project, ROLLOUT));
  assert.is((await runCli(["--check"], { cwd: project })).code, 2, "a file less");
  writeFileSync(join(project, ROLLOUT), good);
  assert.is((await runCli(["--check"], { cwd: project })).code, 0, "as it was");
});

test("a file that was edited by hand is refused, and --force overwrites it", async () => {
  const good = readFileSync(join(project, ROLLOUT), "utf8");
  const edited = good.replace("setWeight: 10", "setWeight: 11");
  assert.is.not(edited, good);
  writeFileSync(join(project, ROLLOUT), edited);
  const refused = await runCli([], { cwd: project });
  assert.is(refused.code, 1);
  assert.match(refused.stderr, `${ROLLOUT}:1:1  error  write/hand-edited`);
  assert.match(refused.stderr, "--force");
  assert.is(readFileSync(join(project, ROLLOUT), "utf8"), edited, "left as it was");

  const forced = await runCli(["--force"], { cwd: project });
  assert.is(forced.code, 0, forced.stderr);
  assert.is(readFileSync(join(project, ROLLOUT), "utf8"), good);
});

test("an error leaves what was generated as it is", async () => {
  const before = generated(project);
  const config = readFileSync(CONFIG, "utf8");
  writeFileSync(CONFIG, BROKEN);
  for (const args of [[], ["--force"], ["--check"], ["--target", "helm"]]) {
    const { code, stderr } = await runCli(args, { cwd: project });
    assert.is(code, 1, args.join(" "));
    assert.match(stderr, 'did you mean "placement"?');
  }
  writeFileSync(CONFIG, config);
  const after = generated(project);
  assert.equal([...after.keys()], [...before.keys()]);
  for (const [path, bytes] of after) assert.ok(bytes.equals(before.get(path)!), path);
});

test("a service that is gone takes its files along, and only its own", async () => {
  const root = copyOfReference();
  await runCli([], { cwd: root });
  const before = generated(root);
  writeFileSync(join(root, "generated/notes.txt"), "mine\n");
  const text = readFileSync(join(root, "ecosystem.config.ts"), "utf8");
  const start = text.indexOf("    recommendations: {\n");
  writeFileSync(
    join(root, "ecosystem.config.ts"),
    (text.slice(0, start) + text.slice(text.indexOf("\n    },\n", start) + 8)).replace(
      /\{ service: "recommendations", port: 80, critical: false \},?/,
      "",
    ),
  );
  const { code, stderr } = await runCli([], { cwd: root });
  assert.is(code, 0, stderr);
  const after = generated(root);
  const gone = [...before.keys()].filter((path) => !after.has(path));
  assert.ok(gone.length > 0);
  for (const path of gone) assert.match(path, "recommendations");
  assert.not.ok([...after.keys()].some((path) => path.includes("/recommendations/")));
  assert.ok(after.has("generated/notes.txt"), "what is not ours stays");
});

const ownedIn = (root: string): Record<string, { target: string }> => {
  const { files } = JSON.parse(readFileSync(join(root, "generated/manifest.json"), "utf8")) as {
    files: Record<string, { target: string }>;
  };
  delete files[""]; // its last line
  return files;
};
const targetsIn = (root: string): Set<string> => new Set(Object.values(ownedIn(root)).map(({ target }) => target));

const single = copyOfReference();
const used = targetsIn(PACKAGE_ROOT);
for (const { name } of targets) {
  test(`--target ${name} writes its files alone`, async () => {
    const root = single;
    for (const folder of ["generated", ".github"]) rmSync(join(root, folder), { recursive: true, force: true });
    const { code, stderr } = await runCli(["--target", name], { cwd: root });
    assert.is(code, 0, stderr);
    assert.equal([...targetsIn(root)], used.has(name) ? [name] : []);
    const written = [...readTree(root).keys()].filter(
      (path) => path.startsWith("generated/") || path.startsWith(".github/"),
    );
    assert.equal(
      written.filter((path) => path !== "generated/manifest.json").sort(),
      Object.keys(ownedIn(root)).sort(),
    );
  });
}

test("--target of something else names what there is", async () => {
  const { code, stderr } = await runCli(["--target", "hlem"], { cwd: project });
  assert.is(code, 1, stderr);
  assert.match(stderr, /helm/);
  assert.not.match(stderr, /^\s+at /m);
});

test("--output writes elsewhere and leaves the project alone", async () => {
  const root = copyOfReference();
  const elsewhere = temporaryFolder("output");
  const { code, stderr } = await runCli(["-C", root, "--output", elsewhere]);
  assert.is(code, 0, stderr);
  assert.not.ok(existsSync(join(root, "generated")));
  assert.equal([...generated(elsewhere).keys()], [...generated(project).keys()]);
  for (const [path, bytes] of generated(elsewhere)) assert.ok(bytes.equals(generated(project).get(path)!), path);
});

test("output that would go through a symbolic link is refused", async () => {
  const root = copyOfReference();
  const outside = temporaryFolder("outside");
  mkdirSync(join(outside, "clusters"));
  symlinkSync(outside, join(root, "generated"));
  const { code, stderr } = await runCli(["--force"], { cwd: root });
  assert.is(code, 1, stderr);
  assert.match(stderr, "write/symlink");
  assert.equal([...readTree(outside).keys()], []);
});

test("a folder without a config, and a config that is not there", async () => {
  for (const args of [
    ["-C", temporaryFolder("empty")],
    ["--config", "elsewhere.config.ts"],
  ]) {
    const { code, stdout, stderr } = await runCli(args, { cwd: project });
    assert.is(code, 1, stderr);
    assert.is(stdout, "");
    assert.match(stderr, "load/config-missing");
    assert.not.match(stderr, /^\s+at /m);
  }
});

test("what is no command, option or reporter", async () => {
  for (const args of [
    ["--chek"],
    ["complie"],
    ["--reporter", "xml"],
    ["check", "--as-of", "tomorrow"],
    ["schema", "ecosistem"],
    ["explain", "rollout/no-such-rule"],
  ]) {
    const { code, stderr } = await runCli(args, { cwd: project });
    assert.is(code, 1, `${args.join(" ")}: ${stderr}`);
    assert.ok(stderr.length > 0);
    assert.not.match(stderr, /^\s+at /m);
  }
});

test("what is empty is never taken for the folder that one is in, and a project is a folder", async () => {
  const here = temporaryFolder("empty-arguments");
  writeFileSync(join(here, "file"), "");
  symlinkSync("loop", join(here, "loop"));
  const empty = [
    ["--output", ""],
    ["--output="],
    ["--output", " "],
    ["-C", ""],
    ["--cwd="],
    ["--config", ""],
    ["--target", ""],
    ["check", "--as-of", ""],
    ["check", "-C", ""],
    ["explain", ""],
    ["init", ""],
    ["doctor", "-C", ""],
    ["schema", ""],
  ];
  for (const args of [
    ...empty,
    ["-C", "none"],
    ["-C", "file"],
    ["-C", "file/x"],
    ["-C", "loop"],
    ["doctor", "-C", "none"],
  ]) {
    const { code, stderr } = await runCli(args, { cwd: here });
    assert.is(code, 1, `${args.join(" ")}: ${stderr}`);
    assert.match(stderr, /It is empty|There is no such folder|It is no folder|It cannot be read/, args.join(" "));
    assert.not.match(stderr, /^\s+at /m);
  }
  assert.equal([...readTree(here).keys()], ["file"]);
});

test("--output is refused before anything is compiled where no output can be", async () => {
  const root = broken; // a refusal comes before the config's own finding
  const outside = temporaryFolder("output");
  writeFileSync(join(root, "file"), "");
  symlinkSync("nowhere", join(root, "dangling"));
  symlinkSync("loop", join(root, "loop"));
  symlinkSync("generated", join(root, "to-generated"));
  mkdirSync(join(root, "generated"));
  symlinkSync("/proc/self", join(root, "to-proc"));
  const refused = [
    "file",
    "file/below",
    "dangling",
    "dangling/below",
    "loop",
    "generated",
    "generated/clusters/new",
    "to-generated/x",
    ".eco-compile/staging",
    ".git/x",
    join(outside, ".git"),
  ];
  const linux = [
    "/proc/self",
    "/proc/self/task/x",
    "/proc/none",
    "/sys",
    "/sys/kernel/x",
    "/dev",
    "/dev/null",
    "/dev/null/x",
    "/dev/fd/9",
    "to-proc",
    "to-proc/x",
  ];
  const before = [...readTree(root).keys()];
  for (const output of [...refused, ...(process.platform === "linux" ? linux : [])]) {
    for (const more of [[], ["--check"]]) {
      const { code, stdout, stderr } = await runCli(["--output", output, ...more], { cwd: root });
      assert.is(code, 1, `${output}: ${stderr}`);
      assert.is(stdout, "");
      assert.ok(stderr.startsWith(`--output ${JSON.stringify(output)}: `), stderr);
      assert.is(stderr.split("\n").length, 2, stderr);
    }
  }
  assert.equal([...readTree(root).keys()], before);
  assert.equal([...readTree(outside).keys()], []);
});

test("--output takes a folder that is missing, a link to one, the project itself; relative to where one is", async () => {
  const parent = temporaryFolder("outputs");
  mkdirSync(join(parent, "real"));
  symlinkSync("real", join(parent, "link"));
  for (const [output, lands] of [
    ["new/deep er", "new/deep er"],
    ["link", "real"],
    ["link/x", "real/x"],
    ["generated", "generated"],
  ] as const) {
    const { code, stderr } = await runCli(["-C", project, "--output", output], { cwd: parent });
    assert.is(code, 0, stderr);
    assert.ok(existsSync(join(parent, lands, "generated/manifest.json")), `${output} lands in ${lands}`);
  }
  const root = copyOfReference();
  assert.is((await runCli(["--output", "."], { cwd: root })).code, 0);
  assert.is((await runCli(["--check"], { cwd: root })).code, 0);
});

test("the json reporter: data on standard output, with positions; the same exit code", async () => {
  const { code, stdout, stderr } = await runCli(["--reporter", "json"], { cwd: broken });
  assert.is(code, 1);
  assert.is(stderr, "");
  const report = JSON.parse(stdout) as {
    format_version: unknown;
    diagnostics: { id: string; position: { file: string; line: number } }[];
  };
  assert.ok(report.format_version);
  assert.is(report.diagnostics.length, 1);
  assert.is(report.diagnostics[0]!.id, "schema/unknown-key");
  assert.is(report.diagnostics[0]!.position.file, "ecosystem.config.ts");
  assert.match(BROKEN.split("\n")[report.diagnostics[0]!.position.line - 1]!, "placment");

  const clean = await runCli(["--reporter", "json", "--check"], { cwd: project });
  assert.is(clean.code, 0);
  assert.equal(
    (JSON.parse(clean.stdout) as { diagnostics: unknown[] }).diagnostics.filter(
      (finding) => (finding as { severity: string }).severity === "error",
    ),
    [],
  );
});

test("thousands of findings of one mistake: the first of them, and how many there are", async () => {
  const root = copyOfReference();
  renameSync(join(root, "ecosystem.config.ts"), join(root, "written.ts"));
  writeFileSync(
    join(root, "ecosystem.config.ts"),
    `import written from "./written.ts";
const wrong = { ...written.services.storefront, slos: ["availabel"] };
export default { ...written, services: { ...written.services, ...Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [\`copy-\${index}\`, wrong])) } };
`,
  );
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await runCli(["check", ...args], { cwd: root });
    assert.is(code, 1);
    return stdout + stderr;
  };
  const [pretty, verbose, json] = [await run(), await run("--verbose"), await run("--reporter", "json")];
  const heads = (text: string) => text.match(/^\S+ {2}error {2}reference\/unknown in 3000 places$/gm)?.length;
  assert.equal([heads(pretty), heads(verbose)], [1, 1]);
  assert.match(pretty, "  │ and at 2999 more places\n  │   ecosystem.config.ts:2:");
  assert.match(pretty, / {2}services\.copy-\d+\.slos\[0\] and 2998 more\n\n1 error in 3000 places\n/);
  const frames = (text: string) => text.match(/^ {2}│ > 2 \|/gm)?.length;
  assert.equal([frames(pretty), frames(verbose)], [1, 3000]);
  assert.is(JSON.parse(json).diagnostics.length, 3000);
});

test("the other reporters", async () => {
  const run = async (reporter: string) => {
    const { code, stdout } = await runCli(["--reporter", reporter], { cwd: broken });
    assert.is(code, 1, reporter);
    return stdout;
  };
  assert.match(await run("github"), /^::error file=ecosystem\.config\.ts,line=\d+,/m);
  const sarif = JSON.parse(await run("sarif")) as { version: string; runs: { results: { ruleId: string }[] }[] };
  assert.is(sarif.version, "2.1.0");
  assert.equal(
    sarif.runs[0]!.results.map(({ ruleId }) => ruleId),
    ["schema/unknown-key"],
  );
  assert.match(await run("markdown"), "schema/unknown-key");
});

test("-q says nothing when all is well, and errors when not", async () => {
  const good = await runCli(["-q"], { cwd: project });
  assert.equal(good, { code: 0, stdout: "", stderr: "" });
  assert.match((await runCli(["-q"], { cwd: broken })).stderr, "schema/unknown-key");
});

test("check validates without compiling", async () => {
  const root = copyOfReference();
  const { code, stderr } = await runCli(["check"], { cwd: root });
  assert.is(code, 0, stderr);
  assert.match(stderr, "the config is sound");
  assert.not.ok(existsSync(join(root, "generated")));
  assert.is((await runCli(["check"], { cwd: broken })).code, 1);
});

test("explain leads from a file and an object to the config, and from the config to files", async () => {
  const explain = async (what: string) => {
    const { code, stdout, stderr } = await runCli(["explain", what], { cwd: project });
    assert.is(code, 0, stderr);
    return stdout;
  };
  assert.match(await explain(ROLLOUT), "ecosystem.config.ts");
  assert.match(await explain("Rollout/claude-service"), /services\.claude-service +ecosystem\/assistant\.ts:\d+:\d+/);
  const told = await explain("services.claude-service");
  assert.match(told, ROLLOUT);
  assert.match(told, /by patient, at 2 requests\/s:/);
  assert.match(told, /mostly-available \(99\.5 %\) passes after \d+ minutes at the earliest, on \d+ requests/);
});

test.run();

import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { runCli } from "../../test/support/cli.ts";
import { soundProject } from "../../test/support/sound-project.ts";
import { temporaryFolder } from "../../test/support/tree.ts";
import { compile } from "../compile.ts";
import { DiagnosticError, type Diagnostic, type Position } from "../diagnostics/diagnostic.ts";
import { MODULE_ALIAS } from "../package-root.ts";
import { loadInputs } from "./index.ts";

const test = suite("files of a config");

const load = (root: string) => loadInputs({ root, moduleAlias: MODULE_ALIAS, cwd: root });

async function findings(root: string): Promise<readonly Diagnostic[]> {
  try {
    await load(root);
    return [];
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return error.diagnostics;
  }
}

const placeOf = (position: Position | undefined): string =>
  position === undefined ? "nowhere" : `${position.file}:${position.line}:${position.column}`;

test("what cannot be taken is said at the call, all of it at once", async () => {
  const root = soundProject({
    "ecosystem.config.ts": `import { file } from "eco-compile";
import { web } from "./teams/web.ts";
const given = ["absent.txt", "teams/conf"].map(file);
export default {
  services: {
    web,
    api: { config: { env: { A: given[0], B: given[1], C: file("../outside.txt"), D: file("/etc/hostname") } } },
    job: { config: { files: { a: { kind: "file", path: "teams/conf/bap.yaml" } } } },
    led: { config: { files: { a: file("out"), b: file("in") } } },
  },
};
`,
    "teams/web.ts": `import { file, folder } from "eco-compile";
export const web = {
  config: { files: { ...folder("conf"), "app.yml": file("conf/ap.yaml") } },
  in: { first: { config: { files: folder("cnf") } } },
  on: { main: { config: { files: folder("../empty") } } },
};
`,
    "teams/conf/app.yaml": "a: 1\n",
    "teams/conf/binary": new Uint8Array([0, 1, 2]),
    "teams/conf/latin": new Uint8Array([0x67, 0x72, 0xfc, 0x6e]),
    "teams/conf/deeper/b.yaml": "",
    "teams/conf/.swap": "",
    "empty/.keep": "",
  });
  const outside = temporaryFolder("outside");
  writeFileSync(join(outside, "text"), "");
  symlinkSync(join(outside, "text"), join(root, "out"));
  symlinkSync("teams/conf/app.yaml", join(root, "in"));
  const { length } = 'import { base } from "./base.ts";\n'.split("\n").slice(1); // the line that stands before the config
  const config = (line: number, column: number) => `ecosystem.config.ts:${line + length}:${column}`;
  assert.equal(
    (await findings(root)).map(({ id, at, position, message, hint }) => [
      id,
      at.slice("services.".length),
      placeOf(position),
      message,
      hint,
    ]),
    [
      [
        "web.config.files.binary",
        "teams/web.ts:3:22",
        "teams/conf/binary holds a NUL byte: it is no text",
        "put it into the image, or on a volume: configuration is text",
      ],
      [
        "web.config.files.deeper",
        "teams/web.ts:3:22",
        "teams/conf/deeper is a folder, and the files of a service lie in one folder",
        'folder("deeper") takes each of its files by its name',
      ],
      [
        "web.config.files.latin",
        "teams/web.ts:3:22",
        "teams/conf/latin is not UTF-8, but Latin-1 or Windows-1252 as it seems",
        "save it as UTF-8",
      ],
      [
        'web.config.files["app.yml"]',
        "teams/web.ts:3:52",
        "there is no file teams/conf/ap.yaml",
        'did you mean "app.yaml"?',
      ],
      ["web.in.first.config.files.cnf", "teams/web.ts:4:35", "there is no folder teams/cnf", 'did you mean "conf"?'],
      [
        "web.on.main.config.files.empty",
        "teams/web.ts:5:34",
        "there is no file in empty",
        "put one there, or delete the call of folder()",
      ],
      [
        "api.config.env.A",
        config(7, 32),
        "there is no file absent.txt",
        "a path begins at the file that it is written in",
      ],
      [
        "api.config.env.B",
        config(7, 45),
        "teams/conf is a folder, and the files of a service lie in one folder",
        'folder("conf") takes each of its files by its name',
      ],
      [
        "api.config.env.C",
        config(7, 58),
        "../outside.txt lies outside of the project",
        "put it into the project: elsewhere there is only what is committed in it",
      ],
      [
        "api.config.env.D",
        config(7, 85),
        "there is no file etc/hostname",
        "a path begins at the file that it is written in",
      ],
      ["job.config.files.a", config(8, 34), "there is no file teams/conf/bap.yaml", 'did you mean "app.yaml"?'],
      [
        "led.config.files.a",
        config(9, 34),
        "out is a link that leads out of the project",
        "put the file itself there: elsewhere there is only what is committed in the project",
      ],
    ].map((line) => ["load/file", ...line]),
  );
});

/** Texts whose ends, marks and letters something on the way could change. */
const TEXTS: Readonly<Record<string, string>> = {
  none: "",
  "lines.yaml": "a: 1\n\n\n",
  "no-end": "a",
  "windows.ini": "[a]\r\nb=1\r\n",
  marked: "\ufeffa\n",
  "template.tpl": "{{ .Values.x }} $" + "{X} %{y}\n",
  decomposed: "u\u0308\n",
  numbers: "007",
};

/** A project in which files of two folders are read, from a helper as well. */
const WITH_FILES = {
  "ecosystem.config.ts": `import { file, folder } from "eco-compile";
import { motd } from "./teams/motd.ts";
base.services.web.config = {
  env: { MOTD: motd("motd.txt"), PLAIN: "plain" },
  files: { ...folder("conf"), "more.txt": "more" },
};
base.services.web.in = { staging: { config: { files: { "lines.yaml": file("conf/no-end") } } } };
export default base;
`,
  "teams/motd.ts": `import { file } from "eco-compile";
export const motd = (name: string) => file(name);
`,
  "teams/motd.txt": "Welcome\n",
  ...Object.fromEntries(Object.entries(TEXTS).map(([name, text]) => [`conf/${name}`, text])),
};

test("texts arrive as they stand, from where they are written, and differ as other values do", async () => {
  const root = soundProject(WITH_FILES);
  const { ok, topology, diagnostics } = await compile({ root, mode: "emit" });
  assert.ok(ok, JSON.stringify(diagnostics));
  const web = (environment: string) =>
    topology!.workloads.find((workload) => workload.name === "web" && workload.environment.name === environment)!;
  const { env, files } = web("production").config;
  assert.equal(env, { MOTD: "Welcome\n", PLAIN: "plain" });
  assert.equal(files, Object.fromEntries(Object.entries({ ...TEXTS, "more.txt": "more" }).sort()));
  assert.is(web("staging").config.files["lines.yaml"], TEXTS["no-end"]);
});

test("through a link to the project, and from run to run, they are the same", async () => {
  const root = soundProject(WITH_FILES);
  const link = join(temporaryFolder("link"), "project");
  symlinkSync(root, link);
  const [itself, through] = await Promise.all([load(root), load(link)]);
  assert.equal(through.config, itself.config);
  assert.match(JSON.stringify(itself.config), '"path":"teams/motd.txt"');
  // The config is loaded a second time, under other conditions, where something would be written.
  assert.equal(
    (await compile({ root, mode: "compare" })).diagnostics.filter(({ id }) => id.startsWith("load/")),
    [],
  );
});

test("a file that changed is what --check reports, and explain knows both ends", async () => {
  const root = soundProject(WITH_FILES);
  assert.is((await runCli(["-q"], { cwd: root })).code, 0);
  assert.is((await runCli(["--check", "-q"], { cwd: root })).code, 0);
  const values = "generated/clusters/main/services/web/values.yaml";
  assert.match(
    (await runCli(["explain", values], { cwd: root })).stdout,
    /services\.web\.config\.files[^\n]* {2}ecosystem\.config\.ts:6:\d+/,
  );
  const explained = (await runCli(["explain", "teams/motd.txt"], { cwd: root })).stdout;
  assert.match(
    explained,
    /^teams\/motd\.txt is read at\n {2}services\.web\.config\.env\.MOTD {2}teams\/motd\.ts:2:39\nanother text in it changes\n/,
  );
  assert.match(explained, values);
  writeFileSync(join(root, "conf/lines.yaml"), "a: 2\n");
  const { code, stderr } = await runCli(["--check"], { cwd: root });
  assert.is(code, 2);
  assert.match(stderr, /^1 file would change/m);
});

test("a secret in a file is found in the file itself", async () => {
  const root = soundProject({
    "ecosystem.config.ts": `import { file } from "eco-compile";
base.services.web.config = { env: { DB_PASSWORD: file("word.txt") }, files: { "app.ini": file("conf/app.ini") } };
export default base;
`,
    "conf/app.ini": "[db]\nhost = a\ndb_password = 2correct-horse9\n",
    "word.txt": "2correct-horse9\n",
  });
  const { diagnostics } = await compile({ root, mode: "emit", cwd: root });
  const secrets = diagnostics.filter(({ id }) => id === "config/secret");
  assert.equal(
    secrets.map(({ at, position, related, frame }) => [at, placeOf(position), frame, placeOf(related?.[0]?.position)]),
    [
      ['services.web.config.files["app.ini"]', "conf/app.ini:3:15", "", "ecosystem.config.ts:3:90"],
      ["services.web.config.env.DB_PASSWORD", "word.txt:1:1", "", "ecosystem.config.ts:3:50"],
    ],
  );
  assert.not.match(JSON.stringify(diagnostics), "horse");
});

test("a folder that is a link into the project is one, and a file that many services take is read for each", async () => {
  const root = soundProject({
    "ecosystem.config.ts": `import { folder } from "eco-compile";
const files = folder("linked");
export default { services: { a: { config: { files } }, b: { config: { files } } } };
`,
    "conf/a.txt": "a",
  });
  mkdirSync(join(root, "conf/.git"));
  symlinkSync("conf", join(root, "linked"));
  const read = { files: { "a.txt": { kind: "file", path: "linked/a.txt", text: "a" } } };
  assert.equal((await load(root)).config, { services: { a: { config: read }, b: { config: read } } });
});

test.run();

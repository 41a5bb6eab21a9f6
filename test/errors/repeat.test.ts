import { existsSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { isSteady } from "../../compiler/1-load/steady.ts";
import type { Diagnostic } from "../../compiler/diagnostics/diagnostic.ts";
import { runCli } from "../support/cli.ts";
import { brief, soundProject } from "../support/sound-project.ts";
import { temporaryFolder } from "../support/tree.ts";

/** Values that differ from run to run, from day to day or from machine to machine, each in a variable of a service. */
const test = suite("repeat");

const IMPORTS =
  'import * as crypto from "node:crypto";\nimport { randomUUID } from "node:crypto";\nimport * as os from "node:os";\nimport { execSync } from "node:child_process";\nimport { readFileSync } from "node:fs";\n';
const config = (values: readonly string[]): string =>
  `${IMPORTS}base.services.web.config = { env: {\n${values.map((value, index) => `  V${index}: ${value},\n`).join("")}} };\nexport default base;\n`;

const CLOCK = "the clock";
const RANDOM = "randomness";
const MACHINE = "the machine that it runs on: its name, user or home folder";
const FOLDER = "the folder that the project is in";
const of = (name: string): string => `the environment variable ${name}`;

/** Also on the time zone, but only where another one has another month or year at this moment. */
const CALENDAR = [CLOCK, `${CLOCK} and the time zone of the machine`];

/** An expression, and what its value depends on (one of several); undefined where it is the same each time. */
const values: [string, string | string[] | undefined][] = [
  ["String(Date.now())", CLOCK],
  ["new Date().toISOString()", CLOCK],
  ["new Date().toISOString().slice(0, 10)", CLOCK],
  ["String(new Date().getFullYear())", CALENDAR],
  ["String(new Date().getMonth())", CALENDAR],
  ["Date()", `${CLOCK} and the time zone of the machine and the language of the machine`],
  ["String(performance.now())", CLOCK],
  ["String(process.hrtime.bigint())", CLOCK],
  ['new Intl.DateTimeFormat("en", { timeZone: "UTC" }).format()', CLOCK],
  ["String(class extends Date {} && new (class extends Date {})().getTime())", CLOCK],
  ["new Date(2026, 0, 1).toISOString()", "the time zone of the machine"],
  ["(1234.5).toLocaleString()", "the language of the machine"],
  ["String(Math.random())", RANDOM],
  ["crypto.randomUUID()", RANDOM],
  ["randomUUID()", RANDOM],
  ["globalThis.crypto.randomUUID()", RANDOM],
  ['crypto.randomBytes(8).toString("hex")', RANDOM],
  ["String(crypto.randomInt(1000000))", RANDOM],
  ["String(crypto.getRandomValues(new Uint32Array(1))[0])", RANDOM],
  ['process.env.STAGE ?? "none"', of("STAGE")],
  ['process.env.ABSENT ?? "none"', of("ABSENT")],
  ['"ABSENT" in process.env ? "there" : "not"', of("ABSENT")],
  ['process.env["ST" + "AGE"] === "blue" ? "a" : "b"', of("STAGE")],
  ["(({ STAGE }) => String(STAGE))(process.env)", of("STAGE")],
  ["os.hostname()", MACHINE],
  ["os.userInfo().username", MACHINE],
  ["os.homedir()", MACHINE],
  ["String(os.cpus().length)", MACHINE],
  ["process.cwd()", FOLDER],
  ["import.meta.dirname", FOLDER],
  ['new URL(".", import.meta.url).pathname', FOLDER],
  ["`${new Date().getFullYear()}-${process.env.STAGE}`", CALENDAR.map((clock) => `${clock} and ${of("STAGE")}`)],
  ['execSync("head -c 8 /dev/urandom | base64", { encoding: "utf8" }).trim()', "?"],
  // The same each time.
  ['"written"', undefined],
  ['process.env.STAGE ? "same" : "same"', undefined],
  ['((process.env.OWN = "set here"), process.env.OWN)', undefined],
  ["new Date(0).toISOString()", undefined],
  ["new Date(Date.UTC(2026, 0, 1)).toISOString()", undefined],
  ['(1234.5).toLocaleString("en")', undefined],
  [
    'crypto.createHash("sha256").update(readFileSync(new URL("./base.ts", import.meta.url))).digest("hex").slice(0, 8)',
    undefined,
  ],
  ['execSync("echo same", { encoding: "utf8" }).trim()', undefined],
  ['(Date.now() > 0 && Math.random() < 2 && os.hostname() !== "" ? "same" : "other")', undefined],
  ['((start) => { while (Date.now() - start < 20); return "waited"; })(Date.now())', undefined],
];

const env = { STAGE: "blue" };

test("every value that differs is named with its place and with what it depends on, and no other", async () => {
  const { stdout, stderr, code } = await runCli(["check", "--reporter", "json"], {
    cwd: soundProject(config(values.map(([value]) => value))),
    env,
  });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: Diagnostic[] };
  const found = new Map(diagnostics.map((diagnostic) => [diagnostic.position?.line, brief(diagnostic)]));
  for (const [index, [value, cause]] of values.entries()) {
    const place = `load/unrepeatable ecosystem.config.ts:${index + 8}:${6 + String(index).length} services.web.config.env.V${index}`;
    const expected = [cause]
      .flat()
      .map(
        (cause) =>
          cause &&
          `${place} ${cause === "?" ? "is not the same when the config is loaded once more" : `depends on ${cause}`}`,
      );
    const actual = found.get(index + 8);
    assert.ok(expected.includes(actual), `${value}\n${actual}\n${stderr}`);
  }
  assert.is(diagnostics.length, values.filter(([, cause]) => cause !== undefined).length);
  assert.is(code, 1);
  assert.not.ok(stdout.includes("blue") || stdout.includes(`"${hostname()}"`), "a value may be a secret");
});

test("none of them by itself passes for a config that need not be loaded once more", () => {
  const file = join(temporaryFolder("alone"), "ecosystem.config.ts");
  for (const [value, cause] of values) {
    if (cause === undefined) continue;
    const used = IMPORTS.split("\n").filter((line) => value.includes(/(\w+) (?:\} )?from/.exec(line)?.[1] ?? "\n"));
    writeFileSync(file, [...used, `export default ${value};`].join("\n"));
    assert.is(isSteady([file]), false, value);
  }
});

test("what only looks at the clock, at the machine or at a variable is sound", async () => {
  const { stdout, code } = await runCli(["check", "--reporter", "json"], {
    cwd: soundProject(config(values.flatMap(([value, cause]) => (cause === undefined ? [value] : [])))),
    env,
  });
  assert.equal((JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics, []);
  assert.is(code, 0);
});

test("before anything is written, with --check where it finds differences, and not where all is clean", async () => {
  const config = (rest: string) =>
    `import { writeFileSync } from "node:fs";\nconst asked = process.env.STAGE;\n${rest}`;
  const root = soundProject(
    config('export default { ...base, teams: { ...base.teams, [`t${Date.now()}`]: { contact: "#t" } } };'),
  );
  for (const args of [[], ["--check"], ["--force"], ["--target", "helm"]]) {
    const { code, stderr } = await runCli(args, { cwd: root, env });
    assert.is(code, 1);
    assert.match(stderr, /load\/unrepeatable[^]*teams depends on the clock/);
    assert.not.ok(existsSync(join(root, "generated")), "nothing is written");
  }
  writeFileSync(
    join(root, "ecosystem.config.ts"),
    `import { base } from "./base.ts";\n${config("writeFileSync(new URL('./loads.txt', import.meta.url), 'x', { flag: 'a' });\nexport default base;")}`,
  );
  const { readFileSync, rmSync } = await import("node:fs");
  const loads = () => readFileSync(join(root, "loads.txt"), "utf8").length;
  assert.is((await runCli([], { cwd: root, env })).code, 0);
  assert.is(loads(), 2, "once more before it writes");
  rmSync(join(root, "loads.txt"));
  assert.is((await runCli(["--check"], { cwd: root, env })).code, 0);
  assert.is(loads(), 1, "once where nothing differs");
});

test("a config that fails without a variable, at another time or on another machine depends on it", async () => {
  const cases: [string, string, string][] = [
    ['if (!process.env.STAGE) throw new Error("STAGE is not set");', of("STAGE"), "Error: STAGE is not set"],
    [
      "if (process.env.CI) process.exit(1);",
      of("CI"),
      "the config, or what it imports, ends the process with process.exit(1)",
    ],
    [`if (Date.now() > ${Date.UTC(2100, 0, 1)}) throw new RangeError("too late");`, "", ""],
    [`if (Date.now() > ${Date.now() + 86_400_000}) throw new RangeError("too late");`, CLOCK, "RangeError: too late"],
    [
      "if (process.env.ABSENT) await new Promise(() => {});",
      of("ABSENT"),
      "the top-level await never settles: nothing is left to run that could settle it",
    ],
  ];
  for (const [source, cause, message] of cases) {
    const { stdout } = await runCli(["check", "--reporter", "json"], {
      cwd: soundProject(`${source}\nexport default base;`),
      env,
    });
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: Diagnostic[] };
    const found = diagnostics.map(({ id, message, position }) => `${id} ${position?.line} ${message}`);
    assert.equal(
      found,
      cause === "" ? [] : [`load/unrepeatable 2 the config fails with another value of ${cause}: ${message}`],
    );
  }
});

test.run();

import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compile } from "../../compiler/compile.ts";
import type { Diagnostic } from "../../compiler/diagnostics/diagnostic.ts";
import { runCli } from "../support/cli.ts";
import { brief, soundProject, type Files } from "../support/sound-project.ts";

/**
 * A config is a program, and may do what programs do. Whatever that is: the command ends, says it as a finding or is
 * not harmed, and what it writes to standard output is its own. Each config has a sound ecosystem at hand: `base`.
 */
const test = suite("a config is a program");

const good = "export default base;";

/**
 * What the config does (a text is what follows its imports), then every finding as `id at place message`; none where it
 * is sound.
 */
type Configs = Record<string, [Files | string, ...RegExp[]]>;

/** What might reach the command that began it. */
const programs: Configs = {
  "nothing out of the ordinary": [good],

  // It ends the process.
  "exit 0": [`process.exit(0);\n${good}`, /^load\/ended ecosystem\.config\.ts:2:9 .*process\.exit\(0\)/],
  "exit 3": [`process.exit(3);\n${good}`, /^load\/ended ecosystem\.config\.ts:2:9 .*process\.exit\(3\)/],
  "exit without a code": [
    `if (base.name === "acme") process.exit();\n${good}`,
    /^load\/ended ecosystem\.config\.ts:2:35 .*process\.exit\(\)/,
  ],
  "exit in a file that is imported by one that is imported": [
    {
      "ecosystem.config.ts": `import "./a.ts";\n${good}`,
      "a.ts": 'import "./deep/b.ts";',
      "deep/b.ts": 'import { exit } from "node:process";\n\nexit(0);',
    },
    /^load\/ended deep\/b\.ts:3:1 .*process\.exit\(0\)/,
  ],
  "exit in a package": [
    {
      "ecosystem.config.ts": `import "quitter";\n${good}`,
      "node_modules/quitter/package.json": '{"main": "index.js"}',
      "node_modules/quitter/index.js": "process.exit(0)",
    },
    /^load\/ended ecosystem\.config\.ts:\d+:\d+ /,
  ],
  "exit in a promise": [
    `Promise.resolve().then(() => process.exit(0));\n${good}`,
    /^load\/ended ecosystem\.config\.ts:2:38 /,
  ],
  "exit in a timer that the config waits for": [
    "await new Promise((done) => setTimeout(() => { process.exit(0); done(1); }, 5));\nexport default base;",
    /^load\/ended ecosystem\.config\.ts:2:56 /,
  ],
  "exit in the next turn": [
    `setImmediate(() => process.exit(0));\n${good}`,
    /^load\/ended ecosystem\.config\.ts:2:28 /,
  ],
  "exit in a getter that a spread asks": [
    "const trap = { get a() { process.exit(0); return 1; } };\nexport default { ...base, ...trap };",
    /^load\/ended ecosystem\.config\.ts:2:34 /,
  ],
  "a getter that would exit": [
    "export default { ...base, get name() { process.exit(0); return 1; } };",
    /^load\/not-data ecosystem\.config\.ts:2:27 .*getter/,
  ],
  "an exit code": [`process.exitCode = 3;\n${good}`],
  "a handler of the end": [`process.on("exit", () => { process.exitCode = 7; console.log("bye"); });\n${good}`],
  kill: [`process.kill(process.pid);\n${good}`, /^load\/ended ecosystem\.config\.ts:2:9 .*process\.kill\(\)/],
  "kill for good": [`process.kill(process.pid, "SIGKILL");\n${good}`, /^load\/ended ecosystem\.config\.ts:2:9 /],
  "kill the parent": [`process.kill(process.ppid);\n${good}`, /^load\/ended ecosystem\.config\.ts:2:9 /],
  "kill by a command": [
    `import { execSync } from "node:child_process";\nexecSync(\`kill -9 \${process.pid}\`);\n${good}`,
    /^load\/ended ecosystem\.config\.ts:1:1 .*SIGKILL/,
  ],
  "a signal of nothing": [`process.kill(process.pid, 0);\n${good}`],
  abort: [`process.abort();\n${good}`, /^load\/ended ecosystem\.config\.ts:2:9 .*process\.abort\(\)/],
  reallyExit: [`(process as any).reallyExit(0);\n${good}`, /^load\/ended ecosystem\.config\.ts:2:\d+ .*reallyExit/],
  "all memory": [
    "const all: unknown[] = [];\nfor (;;) all.push(new Array(1000).fill({}));\nexport default all;",
    /^load\/ended .*memory/,
  ],

  // It never settles.
  "a promise that never settles as the default export": [
    "export default new Promise(() => {});",
    /^load\/unsettled ecosystem\.config\.ts:2:16 .*nothing is left to run/,
  ],
  "an await that never settles": [
    `const a = 1;\nawait new Promise(() => {});\n${good}`,
    /^load\/unsettled ecosystem\.config\.ts:3:1 the top-level await never settles/,
  ],
  "an await that never settles in an import": [
    {
      "ecosystem.config.ts": `import "./a.ts";\n${good}`,
      "a.ts": "export const a = 1;\n  await new Promise(() => {});",
    },
    /^load\/unsettled a\.ts:2:3 the top-level await never settles/,
  ],
  "an async loop that never ends": [
    `const never = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}) }) };\nfor await (const a of never) console.log(a);\n${good}`,
    /^load\/unsettled ecosystem\.config\.ts:3:1 /,
  ],
  "a thenable that never answers": ["export default { then() {} };", /^load\/unsettled ecosystem\.config\.ts:2:16 /],

  // Something else goes on.
  "a rejection that nobody waits for": [
    `Promise.reject(new Error("forgotten"));\n${good}`,
    /^load\/unhandled ecosystem\.config\.ts:2:16 Error: forgotten; in code that the config began and does not wait for/,
  ],
  "an async function without await": [
    `const load = async () => { await null; throw new TypeError("no"); };\nvoid load();\n${good}`,
    /^load\/unhandled ecosystem\.config\.ts:2:46 TypeError: no/,
  ],
  "a rejection with undefined": [`void Promise.reject();\n${good}`, /^load\/unhandled .* the config threw undefined/],
  "a rejection that is caught later": [
    `const p = Promise.reject(new Error("late"));\nawait new Promise((done) => setTimeout(done, 5));\nawait p.catch(() => 1);\n${good}`,
  ],
  "a throw in a timer": [
    `setTimeout(() => { throw new Error("in a timer"); });\n${good}`,
    /^load\/unhandled ecosystem\.config\.ts:2:26 Error: in a timer/,
  ],
  "a throw of a text in the next turn": [
    `setImmediate(() => { throw "text"; });\n${good}`,
    /^load\/unhandled .* the config threw "text"/,
  ],
  "a throw of null in a tick": [
    `process.nextTick(() => { throw null; });\n${good}`,
    /^load\/unhandled .* the config threw null/,
  ],
  "an event that nobody hears": [
    `import { EventEmitter } from "node:events";\nprocess.nextTick(() => new EventEmitter().emit("error", new Error("unheard")));\n${good}`,
    /^load\/unhandled ecosystem\.config\.ts:3:\d+ Error: unheard/,
  ],
  "a throw long after": [`setTimeout(() => { throw new Error("too late to matter"); }, 300);\n${good}`],
  "an interval": [`setInterval(() => console.log("still here"), 50);\n${good}`],
  "a server": [`import { createServer } from "node:http";\ncreateServer().listen(0);\n${good}`],
  "a socket that waits": [
    `import { createServer, connect } from "node:net";\nconst server = createServer().listen(0, () => connect((server.address() as { port: number }).port));\n${good}`,
  ],
  "another process that stays": [
    `import { spawn } from "node:child_process";\nspawn("sleep", ["20"], { stdio: "inherit" });\n${good}`,
  ],
  "a question to the terminal": [
    `import { readFileSync } from "node:fs";\nif (readFileSync(0, "utf8") !== "") throw new Error();\nprocess.stdin.on("data", () => {});\n${good}`,
  ],
};

/** What only its own process sees, and answers: compiled without the command, which makes the same of it. */
const values: Configs = {
  // It throws what it likes.
  null: ["throw null;", /^load\/threw ecosystem\.config\.ts:1:1 the config threw null$/],
  undefined: ["throw undefined;", /^load\/threw .* the config threw undefined$/],
  "a symbol": ['throw Symbol("x");', /^load\/threw .* the config threw a symbol$/],
  "a function": ["throw () => 1;", /^load\/threw .* the config threw a function$/],
  "an object whose message throws": [
    "throw { get message() { throw new Error(); } };",
    /^load\/threw .* the config threw an object$/,
  ],
  "an object with a message": [
    'throw { message: "from a library" };',
    /^load\/threw .* the config threw an object with the message "from a library"$/,
  ],
  "an object that no text can be made of": [
    "throw { toString() { throw new Error(); }, [Symbol.toPrimitive]() { throw new Error(); } };",
    /^load\/threw .* an object$/,
  ],
  "an object without a prototype": ["throw Object.create(null);", /^load\/threw .* an object$/],
  "a Proxy": [
    "throw new Proxy({}, { get() { throw new Error(); }, getPrototypeOf() { throw new Error(); } });",
    /^load\/threw .* a Proxy$/,
  ],
  "an error whose stack is an object": [
    'throw Object.assign(new Error("odd"), { stack: { a: 1 } });',
    /^load\/threw ecosystem\.config\.ts:1:1 Error: odd$/,
  ],
  "an error whose stack throws": [
    'const e = new Error("odd");\nObject.defineProperty(e, "stack", { get() { throw e; } });\nthrow e;',
    /^load\/threw ecosystem\.config\.ts:1:1 Error: odd$/,
  ],
  "an error whose stack lies": [
    'throw Object.assign(new Error("odd"), { stack: "Error: odd\\n    at x (file:///%zz:1:1)\\n    at y (/dev/zero:1:1)\\n    at z (/etc:9:9)" });',
    /^load\/threw ecosystem\.config\.ts:1:1 Error: odd$/,
  ],
  "an error whose message is no text": [
    "throw Object.assign(new Error(), { message: 5, name: null });",
    /^load\/threw ecosystem\.config\.ts:2:\d+ Error$/,
  ],
  "an error with a getter as message": [
    'class Odd extends Error { get message(): string { throw new Error("inner"); } }\nthrow new Odd();',
    /^load\/threw .* Error$/,
  ],
  "an error with a message of megabytes": [
    'throw new Error("x".repeat(5_000_000));',
    /^load\/threw ecosystem\.config\.ts:2:7 Error: x{200,400}…$/,
  ],
  "a stack made by the config": [
    'Error.prepareStackTrace = (_, frames) => frames;\nthrow new Error("frames");',
    /^load\/threw ecosystem\.config\.ts:1:1 Error: frames$/,
  ],
  "a getter that asks itself": [
    "const deep = { get a(): unknown { return { ...this.a as object, ...deep }; } };\nexport default { ...deep };",
    /^load\/threw ecosystem\.config\.ts:2:\d+ RangeError: Maximum call stack size exceeded$/,
  ],

  // It exports what is no data.
  "a getter that throws": [
    "export default { ...base, get name() { throw new Error(); } };",
    /^load\/not-data ecosystem\.config\.ts:2:27 a getter or setter is not data$/,
  ],
  "a getter in a list": [
    'const list = ["a"];\nObject.defineProperty(list, 0, { get() { throw new Error(); } });\nexport default { ...base, name: list };',
    /^load\/not-data ecosystem\.config\.ts:2:\d+ a getter or setter is not data$/,
  ],
  "a Proxy that throws": [
    "export default { ...base, services: new Proxy({}, { ownKeys() { throw new Error(); } }) };",
    /^load\/not-data ecosystem\.config\.ts:2:37 a Proxy is not plain data$/,
  ],
  "a revoked Proxy": [
    "const { proxy, revoke } = Proxy.revocable({}, {});\nrevoke();\nexport default proxy;",
    /^load\/not-data ecosystem\.config\.ts:4:16 a Proxy is not plain data$/,
  ],
  "a revoked Proxy inside": [
    "const { proxy, revoke } = Proxy.revocable([], {});\nrevoke();\nexport default { ...base, teams: proxy };",
    /^load\/not-data ecosystem\.config\.ts:4:34 a Proxy is not plain data$/,
  ],
  "a revoked Proxy as a definition": [
    "const { proxy, revoke } = Proxy.revocable([], {});\nrevoke();\nexport default { ...base, services: { web: proxy } };",
    /^load\/not-data ecosystem\.config\.ts:4:44 a Proxy is not plain data$/,
  ],
  "a Proxy that answers": [
    "export default { ...base, name: undefined, ...new Proxy({ name: base.name }, {}), teams: new Proxy(base.teams, {}) };",
  ],
  "a Proxy that shows more than it gives": ["export default new Proxy(base, { get() { throw new Error(); } });"],
  "a Proxy of Proxies without end": [
    'const endless = (): object => new Proxy({}, { ownKeys: () => ["a"], getOwnPropertyDescriptor: () => ({ value: endless(), enumerable: true, configurable: true }) });\nexport default { ...base, name: endless() };',
    /^load\/not-data .* nested deeper than 100 levels/,
  ],
  "a Proxy of a list without end": [
    'export default { ...base, name: new Proxy([], { get: (_, key) => (key === "length" ? 2 ** 40 : 1) }) };',
    /^load\/not-data ecosystem\.config\.ts:2:33 a Proxy is not plain data$/,
  ],
  "a Proxy of a function": [
    "export default { ...base, name: new Proxy(() => 1, { get() { throw new Error(); } }) };",
    /^load\/not-data ecosystem\.config\.ts:2:33 /,
  ],
  "a prototype that is a Proxy": [
    "export default { ...base, name: Object.create(new Proxy({}, { getPrototypeOf() { throw new Error(); }, get() { throw new Error(); } })) };",
    /^load\/not-data ecosystem\.config\.ts:2:33 an object with a prototype of its own/,
  ],
  "a constructor that throws": [
    "class Odd { static get name() { throw new Error(); } }\nexport default { ...base, name: new Odd() };",
    /^load\/not-data ecosystem\.config\.ts:3:33 an object with a prototype/,
  ],
  "a class": [
    "export default { ...base, name: class Odd {} };",
    /^load\/not-data ecosystem\.config\.ts:2:33 the function Odd\(\) is not data/,
  ],
  "a list with a billion holes": [
    "export default { ...base, name: new Array(1e9) };",
    /^load\/not-data ecosystem\.config\.ts:2:33 undefined stands in a list/,
  ],
  "a list with millions of items": [
    "export default { ...base, name: new Array(5e6).fill(1) };",
    /^load\/too-large ecosystem\.config\.ts:2:33 .*1,000,000 values/,
  ],
  "one object in two places, and so on": [
    "let all: object = {};\nfor (let i = 0; i < 60; i++) all = { a: all, b: all };\nexport default { ...base, name: all };",
    /^load\/too-large .*1,000,000 values/,
  ],
  "a text of a hundred million characters": [
    'export default { ...base, name: "x".repeat(1e8) };',
    /^load\/too-large ecosystem\.config\.ts:2:33 /,
  ],
  "a bigint of a million digits": [
    "export default { ...base, name: 10n ** 1_000_000n };",
    /^load\/not-data ecosystem\.config\.ts:2:33 the bigint …n is not data$/,
  ],

  // It changes what is built in.
  "a property of every object": [
    `(Object.prototype as any).polluted = true;\n${good}`,
    /^load\/globals .* adds "polluted" to Object\.prototype/,
  ],
  "a property of every list, by a package": [
    {
      "ecosystem.config.ts": `import "sugar";\n${good}`,
      "node_modules/sugar/package.json": '{"main": "index.js"}',
      "node_modules/sugar/index.js": "Array.prototype.last = function () {}",
    },
    /^load\/globals .* adds "last" to Array\.prototype/,
  ],
  "a polyfill": [`Object.defineProperty(Array.prototype, "last", { value() {}, configurable: true });\n${good}`],
  "another JSON.stringify": [`JSON.stringify = () => { throw new Error("mine"); };\n${good}`],
  "another Array.prototype.map": [
    `Array.prototype.map = () => { throw new Error("mine"); };\n${good}`,
    /^load\/globals .* replaces Array\.prototype\.map/,
  ],
  "another Object.getOwnPropertyDescriptor": [
    `Object.getOwnPropertyDescriptor = () => { throw new Error("mine"); };\n${good}`,
    /^load\/globals .* replaces Object\.getOwnPropertyDescriptor/,
  ],
  "another Date": [`globalThis.Date = class { static now() { return 1; } } as any;\n${good}`],
  "a frozen Object.prototype": [`Object.freeze(Object.prototype);\n${good}`],
  "no process": [`delete (globalThis as any).process;\n${good}`],
  "no globals": [
    `for (const name of ["setImmediate", "setTimeout", "console"]) (globalThis as any)[name] = undefined;\n${good}`,
  ],
  "no handlers": [
    `process.removeAllListeners();\nvoid Promise.reject(new Error("unseen"));\n${good}`,
    /^load\/unhandled ecosystem\.config\.ts:3:21 Error: unseen/,
  ],
  "another folder and mask": [`process.chdir("/");\nprocess.umask(0o777);\n${good}`],
};

const MEMORY = "--max-old-space-size=300";
const asserted = (diagnostics: readonly Diagnostic[], expected: readonly RegExp[], said = ""): void => {
  const found = diagnostics.map(brief);
  assert.is(found.length, expected.length, `${found.join("\n")}\n${said}`);
  for (const [index, pattern] of expected.entries()) assert.match(found[index]!, pattern);
};
const timely = async (work: () => Promise<void>): Promise<void> => {
  const begun = Date.now();
  await work();
  assert.ok(Date.now() - begun < 25_000, "it waits for the limit");
};

for (const [name, [files, ...expected]] of Object.entries(programs)) {
  test(name, () =>
    timely(async () => {
      const { code, stdout, stderr } = await runCli(["check", "--reporter", "json"], {
        cwd: soundProject(files),
        env: { NODE_OPTIONS: MEMORY },
      });
      const { diagnostics } = JSON.parse(stdout) as { diagnostics: Diagnostic[] };
      asserted(diagnostics, expected, stderr);
      assert.is(code, expected.length === 0 ? 0 : 1);
      assert.not.match(stderr, /^\s+at |node:internal|has a bug/m);
    }),
  );
}

process.env["NODE_OPTIONS"] = MEMORY; // of the processes of configs
for (const [name, [files, ...expected]] of Object.entries(values)) {
  test(name, () =>
    timely(async () => {
      const root = soundProject(files);
      const { ok, diagnostics } = await compile({ root, cwd: root, mode: "check" });
      asserted(
        diagnostics.filter(({ severity }) => severity !== "info"),
        expected,
      );
      assert.is(ok, expected.length === 0);
    }),
  );
}

/** Prints of every kind, with what a terminal and a runner would obey. */
const PRINTS = `import { debuglog } from "node:util";
import { writeSync } from "node:fs";
import { execSync } from "node:child_process";
import { Console } from "node:console";
console.log("said-1\\x1b]0;title\\x07"); console.error("::error file=a::said-2"); console.table([{ a: "said-3" }]); console.dir({ a: "said-4" });
process.stdout.write("  ::add-mask::said-5\\n"); process.stderr.write("##[group]said-6\\n"); new Console(process.stdout).warn("said-7\\r::stop-commands::x");
debuglog("said")("said-8"); writeSync(1, "said-9\\n"); execSync("echo said-10", { stdio: "inherit" }); setImmediate(() => console.log("said-11"));
process.emitWarning("said-12"); process.stdout.write("said-13 without an end");
`;

for (const reporter of ["json", "sarif", "github", "markdown", "pretty"]) {
  for (const [name, rest] of [
    ["sound", good],
    ["broken", "export default { ...base, nmae: 1 };"],
  ] as const) {
    test(`what a ${name} config prints is text on standard error beside the ${reporter} reporter`, async () => {
      const { stdout, stderr } = await runCli(["check", "--reporter", reporter], {
        cwd: soundProject({ "prints.ts": PRINTS, "ecosystem.config.ts": `import "./prints.ts";\n${rest}` }),
        env: { NODE_DEBUG: "said" },
      });
      assert.not.match(stdout, "said-");
      for (let number = 1; number <= 13; number++)
        assert.is(stderr.split(new RegExp(`said-${number}\\b`)).length, 2, `said-${number}:\n${stderr}`);
      assert.not.match(stderr, /^\s*::|##\[|[\u0000-\u0008\u000b-\u001f\u007f]/m);
      if (["json", "sarif"].includes(reporter)) JSON.parse(stdout);
    });
  }
}

test("a flood of prints neither stops the config nor fills the log", async () => {
  const { code, stderr } = await runCli(["check"], {
    cwd: soundProject(
      `for (let i = 0; i < 200; i++) process.stdout.write("x".repeat(100_000) + (i % 2 ? "\\n" : ""));\n${good}`,
    ),
  });
  assert.is(code, 0);
  assert.ok(stderr.length < 3_000_000, String(stderr.length));
  assert.match(stderr, "the config prints more than is shown here");
});

test.run();

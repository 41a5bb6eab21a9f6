import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import glob from "fast-glob";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { consumer } from "../../lab/toolchain/consumer.ts";
import { parse } from "yaml";
import { must, Stranger } from "./stranger.ts";

/**
 * A project that somebody sets up passes the workflow that init writes for it: its steps run in a clone of what was
 * committed, and nothing else is there.
 */
const test = suite("package: the first pull request");
/** In which GitHub's runners run every step. */
const bash = consumer("bash");
let stranger: Stranger;
test.after.each(() => stranger.leave());

interface Way {
  /** Folder of the repository, and of the project in it. */
  top: string;
  folder: string;
  /** What there is before: path from the top → content. */
  files?: Record<string, string>;
  lines: (stranger: Stranger) => string[];
  /** Afterwards the project is broken, for each step to see. */
  broken?: true;
}

const README = (stranger: Stranger): string[] => stranger.quickStart();
/**
 * The command is on the machine, and there is no package.json. The tarball stands for what `npm install` would find in
 * the registry.
 */
const GLOBAL = ({ home, tarball }: Stranger): string[] => [
  `npm install --global --prefix '${home}/global' '${tarball}'`,
  `'${home}/global/bin/eco-compile' init`,
  `npm install --save-dev --save-exact '${tarball}'`,
  "npx eco-compile",
];
const MONOREPO = {
  ".gitattributes": "* text=auto eol=crlf\n*.wasm filter=lfs diff=lfs merge=lfs -text\n",
  ".gitignore": "dist/\nlib/\n",
  "README.md": "# everything\n",
};

/** A way without spaces in its path has nothing that the same one with spaces would not show. */
const WAYS: Record<string, Way> = {
  "an empty folder, with spaces": { top: "our shop", folder: ".", lines: GLOBAL },
  "the README's way": { top: "shop", folder: ".", lines: README, broken: true },
  "the README's way, in a package that npm init has made, with spaces": {
    top: "our shop",
    folder: ".",
    files: {
      "package.json": `${JSON.stringify({ name: "shop", version: "1.0.0", main: "index.js", scripts: { test: "exit 1" }, license: "ISC", type: "commonjs" }, null, 4)}\n`,
    },
    lines: README,
  },
  "a folder of a monorepo, with spaces": {
    top: "all of it",
    folder: "teams/platform",
    files: MONOREPO,
    lines: README,
    broken: true,
  },
  "a package of an npm workspace": {
    top: "mono",
    folder: "platform",
    files: {
      ".gitignore": "node_modules/\n",
      "package.json": '{ "private": true, "workspaces": ["platform"] }\n',
      "platform/package.json": '{ "name": "platform" }\n',
    },
    lines: README,
  },
};

for (const [name, way] of Object.entries(WAYS)) {
  (bash ? test : test.skip)(name, () => {
    const { clone, steps } = committed(way);
    assert.equal(
      steps.map(({ name }) => name),
      [
        "Install without running anybody's install scripts",
        "Types",
        "The config compiles to what is committed",
        "No proposal has expired",
      ],
    );
    for (const { name, run } of steps) {
      const { status, output } = run();
      assert.is(status, 0, `${name}\n${output}`);
    }
    assert.is(
      must(stranger.shell(clone, "git status --short")).stdout,
      "",
      "the steps leave nothing that git would take",
    );

    if (way.broken) breaks(join(clone, way.folder), way.folder, steps);
  });
}

/** What the steps are for shows where something is wrong. */
function breaks(project: string, folder: string, [, types, check]: Step[]): void {
  const services = join(stranger.home, project, "ecosystem/shop.ts");
  writeFileSync(services, readFileSync(services, "utf8").replace('service: "api"', 'service: "apj"'));
  assert.is.not(types!.run().status, 0);
  const { status, output } = check!.run();
  assert.is(status, 1);
  assert.match(output, `::error file=${join(folder, "ecosystem/shop.ts")},`);
  rmSync(join(stranger.home, project, "node_modules/typescript"), { recursive: true });
  assert.match(types!.run().output, /not found|canceled|Cannot find/, "a project without TypeScript fails");
}

interface Step {
  name: string;
  run(): { status: number | null; output: string };
}

/** Somebody's repository after the first commit, a clone of it, and the steps of its only workflow in that clone. */
function committed({ top, folder, files = {}, lines }: Way): { clone: string; steps: Step[] } {
  const project = join("code", top, folder);
  stranger = new Stranger(project);
  const repository = join("code", top);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(stranger.home, repository, path)), { recursive: true });
    writeFileSync(join(stranger.home, repository, path), text);
  }
  must(stranger.shell(repository, "git init -q -b main"));
  for (const line of lines(stranger)) must(stranger.shell(project, line));
  must(stranger.shell(repository, "git add . && git -c user.name=A -c user.email=a@example.com commit -q -m one"));
  // Beside the repository, since package.json names the tarball by a relative path.
  const clone = join("code", `clone of ${top}`);
  must(stranger.shell(".", `git clone -q '${repository}' '${clone}'`));
  rmSync(join(stranger.home, repository), { recursive: true });

  const [workflow, ...others] = glob.sync("**/.github/workflows/*", { cwd: join(stranger.home, clone), dot: true });
  assert.equal(others, []);
  assert.is(dirname(workflow!), ".github/workflows", "GitHub looks at the top alone");
  const [job] = Object.values<any>(parse(readFileSync(join(stranger.home, clone, workflow!), "utf8")).jobs);
  const cwd = join(stranger.home, clone, job.defaults?.run["working-directory"] ?? ".");
  const steps = (job.steps as { name: string; run?: string }[]).flatMap(({ name, run }) =>
    run === undefined ? [] : [{ name, run: () => step(cwd, run, join(stranger.home, clone)) }],
  );
  return { clone, steps };
}

/**
 * As a runner does:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
 */
function step(cwd: string, script: string, workspace: string): { status: number | null; output: string } {
  assert.not.match(script, "${{");
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_|NODE_)/i.test(name) || /^npm_config_(registry|cache|userconfig)$/i.test(name),
    ),
  );
  const { status, stdout, stderr } = spawnSync(bash!, ["-e", "-c", script], {
    cwd,
    encoding: "utf8",
    env: { ...env, CI: "true", GITHUB_WORKSPACE: workspace },
  });
  return { status, output: `${stdout}${stderr}` };
}

test.run();

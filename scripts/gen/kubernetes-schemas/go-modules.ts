import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { promisify } from "node:util";

const run = promisify(execFile);

/** One Go module at one version; `sum` is its `h1:` hash as go.sum writes it. */
export interface ModulePin {
  module: string;
  version: string;
  sum: string;
}

/**
 * Brings the modules into Go's module cache and returns the folder of each. No module is built. Go itself checks every
 * zip against the checksum database; the pinned sum is compared on top, so that a changed module can never change the
 * schemas silently.
 */
export async function downloadModules(pins: readonly ModulePin[]): Promise<Map<string, string>> {
  const output = await goModDownload(pins.map(({ module, version }) => `${module}@${version}`));
  const downloads = new Map(parseObjects(output).map((download) => [download.Path, download]));
  return new Map(pins.map((pin) => [pin.module, folderOf(pin, downloads.get(pin.module))]));
}

/** What `go mod download -json` prints per module: https://go.dev/ref/mod#go-mod-download */
interface Download {
  Path: string;
  Dir?: string;
  Sum?: string;
  Error?: string;
}

function folderOf(pin: ModulePin, download: Download | undefined): string {
  const name = `${pin.module}@${pin.version}`;
  if (!download?.Dir || download.Error)
    throw new Error(`${name}: ${download?.Error ?? "go mod download did not report it"}`);
  if (download.Sum !== pin.sum)
    throw new Error(`${name} has sum ${download.Sum}, but schemas/crds/sources.json pins ${pin.sum}`);
  return download.Dir;
}

async function goModDownload(queries: readonly string[]): Promise<string> {
  try {
    // Outside of any module or workspace, so that no go.mod on the way up takes part.
    const env = { ...process.env, GOWORK: "off", GOFLAGS: "" };
    const { stdout } = await run("go", ["mod", "download", "-json", ...queries], {
      cwd: tmpdir(),
      env,
      maxBuffer: 1 << 24,
    });
    return stdout;
  } catch (error) {
    const { code, stdout, message } = error as { code?: unknown; stdout?: string; message: string };
    if (code === "ENOENT") {
      throw new Error("Go is needed to regenerate schemas/crds, and there is no `go` on the PATH (https://go.dev/dl)", {
        cause: error,
      });
    }
    if (stdout?.trim()) return stdout; // a module that failed says so in its own object
    throw new Error(`go mod download failed: ${message}`, { cause: error });
  }
}

/** Go prints the objects one after the other, each closed by a brace in the first column. */
function parseObjects(output: string): Download[] {
  return output
    .split(/(?<=^\})\n/m)
    .filter((text) => text.trim() !== "")
    .map((text) => JSON.parse(text) as Download);
}

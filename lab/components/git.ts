/**
 * A git host: real repositories, served over HTTPS by git's own server (https://git-scm.com/docs/git-http-backend)
 * under the addresses that the config gives them.
 */
import { execFile, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import { neededTool } from "../cluster/tools.ts";
import type { Run } from "../run.ts";

const execute = promisify(execFile);

export interface Push {
  /** `https://github.com/acme/ultimate`, as browsers see it. */
  webUrl: string;
  branch: string;
  before: string;
  after: string;
  /** Paths that were added, changed or removed. */
  files: readonly string[];
}

/** A repository with a work tree in which a test changes files. */
export class Repository {
  /** As the config says it: `https://github.com/acme/ultimate.git`. */
  readonly url: string;
  /** The work tree. */
  readonly folder: string;
  private readonly bare: string;

  private constructor(url: string, folder: string, bare: string) {
    this.url = url;
    this.folder = folder;
    this.bare = bare;
  }

  static async create(run: Run, url: string): Promise<Repository> {
    const { pathname } = new URL(url);
    const repository = new Repository(
      url,
      join(run.folder, "work", pathname.replace(/\.git$/, "")),
      join(run.folder, "git", pathname),
    );
    mkdirSync(repository.folder, { recursive: true });
    await execute(neededTool("git"), ["init", "--quiet", "--bare", "--initial-branch=main", repository.bare]);
    await repository.git("init", "--quiet", "--initial-branch=main");
    return repository;
  }

  /** Commits whatever the work tree holds, and moves a branch of the host there. */
  async push(message: string, branch = "main"): Promise<Push> {
    await this.git("add", "--all");
    await this.git("commit", "--quiet", "--allow-empty", `--message=${message}`);
    return this.move(branch, "HEAD");
  }

  /** Moves a branch of the host to a commit or to another branch. */
  async move(branch: string, to: string): Promise<Push> {
    const before = await this.headOf(branch);
    const after = (await this.git("rev-parse", to)).trim();
    await this.git("push", "--quiet", "--force", this.bare, `${after}:refs/heads/${branch}`);
    const files =
      before === NONE ? [] : (await this.git("diff", "--name-only", before, after)).trim().split("\n").filter(Boolean);
    return { webUrl: this.url.replace(/\.git$/, ""), branch, before, after, files };
  }

  /** The commit that a branch of the host is at. */
  async headOf(branch: string): Promise<string> {
    return (await this.find(branch)) ?? NONE;
  }

  /** The same; undefined where there is no such branch. */
  async find(branch: string): Promise<string | undefined> {
    const { stdout } = await execute(neededTool("git"), [
      "-C",
      this.bare,
      "for-each-ref",
      "--format=%(objectname)",
      `refs/heads/${branch}`,
    ]);
    return stdout.trim() || undefined;
  }

  async git(...args: string[]): Promise<string> {
    const identity = {
      GIT_AUTHOR_NAME: "eco-lab",
      GIT_AUTHOR_EMAIL: "lab@eco-compile.dev",
      GIT_COMMITTER_NAME: "eco-lab",
      GIT_COMMITTER_EMAIL: "lab@eco-compile.dev",
      GIT_CONFIG_GLOBAL: "/dev/null",
    };
    const { stdout } = await execute(neededTool("git"), args, {
      cwd: this.folder,
      env: { ...process.env, ...identity },
      maxBuffer: 64 << 20,
    });
    return stdout;
  }
}

/** How a push says that a branch was not there before. */
const NONE = "0".repeat(40);

/** Serves every repository of a run. */
export function gitHost(run: Run): RequestListener {
  return (request, response) => void serve(join(run.folder, "git"), request, response);
}

/** One request as CGI: https://www.rfc-editor.org/rfc/rfc3875 */
function serve(root: string, request: IncomingMessage, response: ServerResponse): void {
  const [path = "", query = ""] = (request.url ?? "").split("?");
  const child = spawn(neededTool("git"), ["http-backend"], {
    env: {
      PATH: process.env["PATH"],
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
      REQUEST_METHOD: request.method,
      PATH_INFO: decodeURIComponent(path),
      QUERY_STRING: query,
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      CONTENT_LENGTH: request.headers["content-length"] ?? "",
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
      GIT_PROTOCOL: [request.headers["git-protocol"]].flat()[0] ?? "",
    },
    stdio: ["pipe", "pipe", "ignore"],
  });
  request.pipe(child.stdin);
  child.stdin.on("error", () => undefined); // it may answer without reading all
  let head = Buffer.alloc(0);
  const readHead = (chunk: Buffer): void => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf("\r\n\r\n");
    if (end < 0) return;
    child.stdout.off("data", readHead);
    const headers = head
      .subarray(0, end)
      .toString()
      .split("\r\n")
      .map((line) => line.split(/:\s*/, 2) as [string, string]);
    const status = headers.find(([name]) => name.toLowerCase() === "status")?.[1];
    response.writeHead(
      status ? Number.parseInt(status, 10) : 200,
      Object.fromEntries(headers.filter(([name]) => name.toLowerCase() !== "status")),
    );
    response.write(head.subarray(end + 4));
    child.stdout.pipe(response);
  };
  child.stdout.on("data", readHead);
  child.on("error", () => response.destroy());
  child.on("close", (code) => {
    if (!response.headersSent) response.writeHead(500).end(`git http-backend ended with ${code}`);
  });
}

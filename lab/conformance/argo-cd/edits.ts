/**
 * Changes of the reference ecosystem as people make them: the config is edited, compiled with the real command,
 * committed and pushed.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCli } from "../../../test/support/cli.ts";
import type { Push } from "../../components/git.ts";
import type { Site } from "./site.ts";

/** Edits the project and compiles it; returns what the command said. */
async function edit(site: Site, change: (project: Project) => void): Promise<string> {
  const folder = join(site.repository.folder, site.project);
  change(new Project(folder));
  const { code, stdout, stderr } = await runCli(["--verbose"], { cwd: folder });
  if (code !== 0) throw new Error(`eco-compile ended with ${code}\n${stdout}${stderr}`);
  return stdout;
}

/** The same, committed to the main branch. */
export async function editAndPush(site: Site, message: string, change: (project: Project) => void): Promise<Push> {
  await edit(site, change);
  return site.repository.push(message);
}

/** The files that people, or the delivery pipeline, change. */
export class Project {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  replace(file: string, from: string, to: string): void {
    const text = this.read(file);
    if (text.split(from).length !== 2) throw new Error(`${file} has ${JSON.stringify(from)} not once`);
    this.write(
      file,
      text.replace(from, () => to),
    );
  }

  /** A service at the end of `services`, between marks by which it goes again. */
  addService(name: string, text: string, environments: readonly string[] = ["staging", "production"]): void {
    this.replace(
      "ecosystem.config.ts",
      SERVICES,
      `${SERVICES}${begin(name)}    ${JSON.stringify(name)}: ${text},\n${end(name)}`,
    );
    for (const environment of environments) this.setImage(name, environment, digest(name));
  }

  removeService(name: string): void {
    const text = this.read("ecosystem.config.ts");
    const [from, to] = [text.indexOf(begin(name)), text.indexOf(end(name)) + end(name).length];
    if (from < 0) throw new Error(`no service ${name} was added`);
    this.write("ecosystem.config.ts", text.slice(0, from) + text.slice(to));
    this.changeImages((images) => delete images[name]);
  }

  /** As the delivery pipeline's pull request does. */
  setImage(name: string, environment: string, image: string): void {
    this.changeImages((images) => ((images[name] ??= {})[environment] = image));
  }

  private changeImages(change: (images: Record<string, Record<string, string>>) => void): void {
    const images = JSON.parse(this.read("ecosystem.images.json")) as Record<string, Record<string, string>>;
    change(images);
    this.write("ecosystem.images.json", `${JSON.stringify(images, null, 2)}\n`);
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }
}

const SERVICES = "    ...assistant,\n";
const begin = (name: string): string => `    // ${name} begins\n`;
const end = (name: string): string => `    // ${name} ends\n`;

/** A digest that is another one for every text. */
export const digest = (text: string): string =>
  `sha256:${Buffer.from(text.padEnd(32, ".")).toString("hex").slice(0, 64)}`;

const PORTS =
  'ports: { http: { port: 80, targetPort: 8080 } }, probes: { liveness: { kind: "http", port: "http", path: "/live" }, readiness: { kind: "http", port: "http", path: "/ready" } }';

export const serviceOf = (name: string, team: string, placement: string): string =>
  `{ team: ${JSON.stringify(team)}, image: "ghcr.io/acme/${name}", placement: ${placement}, ${PORTS}, scaling: { min: 2, max: 2 } }`;

export const storeOf = (team: string, placement: string): string =>
  `{ team: ${JSON.stringify(team)}, kind: "stateful", image: "docker.io/library/redis", placement: ${placement}, ports: { redis: { port: 6379, protocol: "tcp" } }, ` +
  'probes: { liveness: { kind: "tcp", port: "redis" }, readiness: { kind: "exec", command: ["redis-cli", "ping"] } }, scaling: { min: 1, max: 1 }, storage: [{ name: "data", path: "/data", size: "1Gi" }] }';

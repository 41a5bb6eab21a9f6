/**
 * Changes of the reference ecosystem as people make them: the config is edited, compiled, committed and pushed.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { editedOutput } from "../../compiled/index.ts";
import { LOCK, type Project } from "../../compiled/project.ts";
import type { Push } from "../../components/git.ts";
import type { Site } from "./site.ts";

/** Edits the project, compiles it, and commits both to the main branch. */
export async function editAndPush(site: Site, message: string, change: (edits: Edits) => void): Promise<Push> {
  const { edited } = site;
  change(new Edits(edited));
  const files = await editedOutput(edited.edits);
  rmSync(join(edited.folder, "generated"), { recursive: true });
  for (const [file, bytes] of files) {
    if (file === LOCK) continue;
    mkdirSync(join(edited.folder, dirname(file)), { recursive: true });
    writeFileSync(join(edited.folder, file), bytes);
  }
  const lock = Buffer.from(files.get(LOCK)!).toString();
  if (lock !== edited.read(LOCK)) edited.apply({ file: LOCK, text: lock });
  return site.repository.push(message);
}

export class Edits {
  private readonly project: Project;

  constructor(project: Project) {
    this.project = project;
  }

  replace(file: string, from: string, to: string): void {
    this.project.apply({ file, from, to });
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
    const text = this.project.read("ecosystem.config.ts");
    const [from, to] = [text.indexOf(begin(name)), text.indexOf(end(name)) + end(name).length];
    if (from < 0) throw new Error(`no service ${name} was added`);
    this.replace("ecosystem.config.ts", text.slice(from, to), "");
    this.project.apply({ withoutImages: name });
  }

  /** As the delivery pipeline's pull request does. */
  setImage(name: string, environment: string, image: string): void {
    this.project.apply({ image: name, environment, digest: image });
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

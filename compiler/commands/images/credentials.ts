import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** What `docker login` left for a registry. */
export interface Credentials {
  /** Value of the header `Authorization`. */
  basic?: string;
  /** Why there are none although somebody has logged in. */
  unused?: string;
}

export type CredentialsOf = (host: string) => Credentials;

/** The parts of docker's `config.json` that say who somebody is: https://docs.docker.com/reference/cli/docker/login/ */
interface DockerConfig {
  auths?: Readonly<Record<string, { auth?: unknown; identitytoken?: unknown }>>;
  credHelpers?: Readonly<Record<string, string>>;
  credsStore?: string;
}

/** The name under which `docker login` without a host files its credentials. */
const HUB_KEY = "index.docker.io";

/**
 * Reads docker's config once. Programs that keep credentials are not run: they may open windows, and answer for hosts
 * that nobody has named here.
 */
export function dockerCredentials(env: Readonly<Record<string, string | undefined>>): CredentialsOf {
  const file = join(env["DOCKER_CONFIG"] || join(homedir(), ".docker"), "config.json");
  const config = readConfig(file);
  if (typeof config === "string") return () => ({ unused: config });
  return (host) => credentialsIn(config, host, file);
}

function credentialsIn(
  { auths = {}, credHelpers = {}, credsStore }: DockerConfig,
  host: string,
  file: string,
): Credentials {
  const names = host === "docker.io" ? [host, HUB_KEY] : [host];
  const entry = Object.entries(auths).find(([key]) => names.includes(hostIn(key)))?.[1];
  if (typeof entry?.auth === "string" && isBasic(entry.auth)) return { basic: `Basic ${entry.auth}` };
  const helper = Object.entries(credHelpers).find(([key]) => names.includes(hostIn(key)))?.[1] ?? credsStore;
  if (helper !== undefined)
    return { unused: `${file} leaves them to the program docker-credential-${helper}, which eco-compile does not run` };
  if (entry?.identitytoken !== undefined)
    return { unused: `${file} has an identity token for ${host}, which eco-compile cannot use` };
  return entry === undefined ? {} : { unused: `what ${file} has for ${host} is no user with a password` };
}

/** Keys are hosts, or what they were before: `https://index.docker.io/v1/`. */
const hostIn = (key: string): string => key.replace(/^https?:\/\//, "").split("/", 1)[0]!;

/** `user:password` in base64 (RFC 7617), and so nothing that would end a header. */
const isBasic = (text: string): boolean =>
  /^[A-Za-z0-9+/]+={0,2}$/.test(text) && Buffer.from(text, "base64").toString("latin1").includes(":");

/** The config, an empty one where there is none; a text says why it cannot be read. */
function readConfig(file: string): DockerConfig | string {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ENOENT" || code === "ENOTDIR" ? {} : `${file} cannot be read (${code})`;
  }
  try {
    const value = JSON.parse(text) as unknown;
    return isFit(value) ? value : `${file} has another form than docker's`;
  } catch {
    return `${file} is no JSON`;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function isFit(value: unknown): value is DockerConfig {
  if (!isRecord(value)) return false;
  const { auths = {}, credHelpers = {}, credsStore = "" } = value;
  return (
    isRecord(auths) &&
    Object.values(auths).every(isRecord) &&
    isRecord(credHelpers) &&
    Object.values(credHelpers).every((name) => typeof name === "string") &&
    typeof credsStore === "string"
  );
}

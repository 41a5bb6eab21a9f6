import { createHash } from "node:crypto";
import type { Digest } from "../../config/units.ts";
import { addressOf, ask, bytesOf, RegistryError, type Asking } from "./ask-registry.ts";
import { challengeIn, type Challenge } from "./challenge.ts";
import type { CredentialsOf } from "./credentials.ts";
import type { ImagePlace } from "./place.ts";

/**
 * Lists of platforms first: what a node then takes is its own, and the digest names all of them. Media types:
 * https://github.com/opencontainers/image-spec/blob/main/media-types.md and, of docker,
 * https://distribution.github.io/distribution/spec/manifest-v2-2/
 */
const MANIFESTS = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/**
 * Hosts that a registry's credentials are also for: the ones that hand out its tokens. No other host gets them, whatever
 * a registry says. Docker Hub: https://docs.docker.com/reference/api/registry/auth/; GitLab:
 * https://docs.gitlab.com/administration/packages/container_registry/
 */
const TOKENS_FROM: Readonly<Record<string, string>> = {
  "docker.io": "auth.docker.io",
  "registry.gitlab.com": "gitlab.com",
};

export interface ResolveOptions {
  credentialsOf: CredentialsOf;
  /** Milliseconds for each answer. */
  patience?: number;
}

/**
 * The digest that a tag has at its registry now. Throws a {@link RegistryError}. The API is that of
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pull
 */
export async function resolveTag(place: ImagePlace, tag: string, options: ResolveOptions): Promise<Digest> {
  const url = new URL(`${place.origin}/v2/${place.name}/manifests/${tag}`);
  const asking: Asking = { headers: { accept: MANIFESTS }, patience: options.patience };
  const open = await ask(url, { ...asking, method: "HEAD" });
  const access = open.status === 401 ? await accessTo(place, open, options) : NO_ACCESS;
  const { authorization } = access;
  const head = authorization === undefined ? open : await ask(url, { ...asking, method: "HEAD", authorization });
  const named = head.headers.get("docker-content-digest");
  if (head.ok && named !== null && DIGEST.test(named)) return named as Digest;
  // Registries of earlier versions of the specification do not say the digest, and some know no HEAD.
  const whole = head.ok || head.status === 405 ? await ask(url, { ...asking, authorization }) : head;
  if (!whole.ok) throw refused(place, tag, whole.status, access, options);
  return digestOf(
    await bytesOf(whole, place.host, options.patience),
    whole.headers.get("docker-content-digest"),
    place.host,
  );
}

/** The digest of a manifest's bytes, which is the one that its registry says, if it says one. */
function digestOf(bytes: Buffer, named: string | null, host: string): Digest {
  const digest = `sha256:${createHash("sha256").update(bytes).digest("hex")}` as const;
  if (named !== null && DIGEST.test(named) && named !== digest)
    throw new RegistryError(`${host} says that the manifest is ${named}, and sends ${digest}`);
  return digest;
}

/** With what a registry is asked once more. */
interface Access {
  authorization?: string | undefined;
  /** Whether somebody's name and password were sent for it. */
  named: boolean;
}

const NO_ACCESS: Access = { named: false };

async function accessTo(place: ImagePlace, response: Response, options: ResolveOptions): Promise<Access> {
  const challenge = challengeIn(response.headers.get("www-authenticate") ?? "");
  if (challenge === undefined)
    throw new RegistryError(`${place.host} wants to know who asks, by neither token nor password`);
  if (challenge.scheme === "bearer") return tokenFor(place, challenge, options);
  const { basic } = options.credentialsOf(place.host);
  return { authorization: basic, named: basic !== undefined };
}

/** https://distribution.github.io/distribution/spec/auth/token/ */
async function tokenFor(
  place: ImagePlace,
  { parameters }: Challenge,
  { credentialsOf, patience }: ResolveOptions,
): Promise<Access> {
  const { realm, service, scope = `repository:${place.name}:pull` } = parameters;
  if (realm === undefined) throw new RegistryError(`${place.host} wants a token and does not say from where`);
  const url = addressOf(realm, new URL(place.origin));
  if (service !== undefined) url.searchParams.set("service", service);
  url.searchParams.set("scope", scope);
  const { basic } = credentialsOf(TOKENS_FROM[place.host] === url.host ? place.host : url.host);
  const named = basic !== undefined;
  const response = await ask(url, { authorization: basic, patience });
  if (!response.ok)
    throw new RegistryError(
      `${url.host} hands out no token for ${place.host} (${response.status})${named ? "" : withoutCredentials(place.host, credentialsOf)}`,
    );
  const token = tokenIn((await bytesOf(response, url.host, patience)).toString("utf8"));
  if (token === undefined) throw new RegistryError(`${url.host} answers with no token for ${place.host}`);
  return { authorization: `Bearer ${token}`, named };
}

function tokenIn(text: string): string | undefined {
  try {
    const { token, access_token = token } = JSON.parse(text) as { token?: unknown; access_token?: unknown };
    // As RFC 6750, 2.1 writes them: nothing that would end a header.
    return typeof access_token === "string" && /^[\w.~+/-]+=*$/.test(access_token) ? access_token : undefined;
  } catch {
    return undefined;
  }
}

function refused(
  { host, name }: ImagePlace,
  tag: string,
  status: number,
  { named }: Access,
  { credentialsOf }: ResolveOptions,
): RegistryError {
  switch (status) {
    case 404:
      return new RegistryError(`${host}/${name} has no tag ${tag}`);
    case 429:
      return new RegistryError(`${host} answers no more questions for a while (429)`);
    case 401:
    case 403:
      return new RegistryError(
        `${host} does not show ${name}:${tag} (${status})${named ? "" : withoutCredentials(host, credentialsOf)}`,
      );
    default:
      return new RegistryError(`${host} answers with ${status}`);
  }
}

/** Why a registry was asked without a name. */
function withoutCredentials(host: string, credentialsOf: CredentialsOf): string {
  const { basic, unused } = credentialsOf(host);
  if (basic !== undefined)
    return `; its credentials are for ${host} alone, and were not sent to where its tokens come from`;
  return `; there are no credentials for it: ${unused ?? `\`docker login ${host}\` keeps some`}`;
}

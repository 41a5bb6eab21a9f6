import { isLoopback } from "./place.ts";

/** Why a registry could not be asked, or what it answers; for people. */
export class RegistryError extends Error {}

/** How long one answer may take. */
const PATIENCE_MS = 15_000;
const MOST_REDIRECTS = 5;

/** More than any manifest has: registries and clients count on 4 MB at most (distribution-spec, "Pushing Manifests"). */
const MOST_BYTES = 4 * 1024 * 1024;

export interface Asking {
  method?: "GET" | "HEAD";
  headers?: Readonly<Record<string, string>>;
  /** Goes to the host of the address alone, whatever that redirects to. */
  authorization?: string | undefined;
  patience?: number | undefined;
}

/** Asks one address, over TLS unless it is this machine's, and follows where it leads. */
export async function ask(
  url: URL,
  { method = "GET", headers, authorization, patience = PATIENCE_MS }: Asking,
): Promise<Response> {
  let at = url;
  for (let redirects = 0; ; redirects++) {
    refuseOpenLine(at, url);
    const sent = { ...headers, ...(authorization !== undefined && at.origin === url.origin ? { authorization } : {}) };
    const response = await answer(at, { method, headers: sent, redirect: "manual" }, patience);
    const location = response.headers.get("location");
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return response;
    if (redirects === MOST_REDIRECTS)
      throw new RegistryError(`${url.host} redirects more than ${MOST_REDIRECTS} times`);
    await response.body?.cancel();
    at = addressOf(location, at);
  }
}

/** What an answer holds. */
export async function bytesOf(response: Response, host: string, patience = PATIENCE_MS): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of response.body ?? []) {
      const bytes = chunk as Uint8Array;
      length += bytes.length;
      if (length > MOST_BYTES) throw new RegistryError(`${host} sends more than ${MOST_BYTES} bytes`);
      chunks.push(bytes);
    }
  } catch (error) {
    throw error instanceof RegistryError ? error : unreachable(host, error, patience);
  }
  return Buffer.concat(chunks);
}

export function addressOf(text: string, base?: URL): URL {
  const url = URL.canParse(text, base) ? new URL(text, base) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new RegistryError(`${base?.host ?? "the registry"} leads to ${JSON.stringify(text)}, which is no address`);
  // A name and password in an address would be sent to whom it names.
  url.username = "";
  url.password = "";
  return url;
}

/** Without TLS only this machine is asked, and nobody leads there from elsewhere. */
function refuseOpenLine(at: URL, first: URL): void {
  if (at.protocol === "https:" || (isLoopback(at.host) && isLoopback(first.host))) return;
  throw new RegistryError(`${first.host} leads to ${at.origin}, which has no TLS`);
}

async function answer(url: URL, request: RequestInit, patience: number): Promise<Response> {
  try {
    return await fetch(url, { ...request, signal: AbortSignal.timeout(patience) });
  } catch (error) {
    throw unreachable(url.host, error, patience);
  }
}

function unreachable(host: string, error: unknown, patience: number): RegistryError {
  const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  if (name === "TimeoutError") return new RegistryError(`${host} does not answer within ${patience / 1000} seconds`);
  return new RegistryError(`${host} cannot be reached (${cause?.code ?? cause?.message ?? message})`);
}

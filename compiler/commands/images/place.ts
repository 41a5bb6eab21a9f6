import { qualified, withoutVersion } from "../../facts/image-names.ts";

/** Where an image's manifests are: `<origin>/v2/<name>/manifests/<tag>`. */
export interface ImagePlace {
  /** As people write it: `ghcr.io`, `localhost:5000`. */
  host: string;
  origin: string;
  name: string;
}

/** Docker Hub's images are named by one host and served by another (distribution/reference, normalize.go). */
const HUB = "docker.io";
const SERVED_BY: Readonly<Record<string, string>> = { [HUB]: "registry-1.docker.io" };

/** `ghcr.io/acme/web` → where its manifests are. */
export function placeOf(image: string): ImagePlace {
  const repository = withoutVersion(image);
  const whole = repository.includes("/") ? qualified(repository) : `${HUB}/${repository}`;
  const slash = whole.indexOf("/");
  const host = whole.slice(0, slash);
  const path = whole.slice(slash + 1);
  return {
    host,
    origin: `${isLoopback(host) ? "http" : "https"}://${SERVED_BY[host] ?? host}`,
    name: host === HUB && !path.includes("/") ? `library/${path}` : path,
  };
}

/**
 * A registry on this machine, the only one that is asked without TLS: what is sent there crosses no network. `host` may
 * have a port.
 */
export const isLoopback = (host: string): boolean =>
  /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i.test(host.replace(/:\d+$/, ""));

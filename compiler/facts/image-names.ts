/** How container runtimes read an image's name: https://github.com/distribution/reference/blob/main/normalize.go */

/** The tag or digest at the end of a name, with its separator. `registry:5000/app` has a port, not a tag. */
export const versionIn = (image: string): string | undefined => VERSION.exec(image)?.[0];

/** A name without its tag or digest. */
export const withoutVersion = (image: string): string => image.replace(VERSION, "");

const VERSION = /(?:@[^/]*|:[^/@]*(?:@[^/]*)?)$/;

/**
 * At or below one of the places: `ghcr.io/acme` holds `ghcr.io/acme/api`, never `ghcr.io/acme-evil/api`. As
 * policies/lib/images.rego judges it.
 */
export function isWithin(image: string, places: readonly string[]): boolean {
  const name = `${qualified(withoutVersion(image))}/`;
  return places.some((place) => name.startsWith(`${place.replace(/\/+$/, "")}/`));
}

/** A first part that cannot be a host is a path on Docker Hub. */
export function qualified(name: string): string {
  const [first] = name.split("/", 1);
  if (!name.includes("/")) return isHost(name) ? name : `docker.io/library/${name}`;
  return isHost(first!) ? name : `docker.io/${name}`;
}

const isHost = (part: string): boolean => part.includes(".") || part.includes(":") || part === "localhost";

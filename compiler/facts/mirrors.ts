import type { Mirror, Registries } from "../topology/registries.ts";
import { qualified, versionIn, withoutVersion } from "./image-names.ts";

/**
 * By prefix, and the longest one counts, as container runtimes know mirrors themselves:
 * https://github.com/containers/image/blob/main/docs/containers-registries.conf.5.md
 */

/** The name by which a cluster pulls an image; its tag or digest stays. What already names a mirror is left alone. */
export function pulledFrom(image: string, registries: Pick<Registries, "mirrors">): string {
  const name = qualified(withoutVersion(image));
  const mirror = mirrorOf(name, registries);
  return mirror?.to === undefined ? image : `${moved(name, mirror)}${versionIn(image) ?? ""}`;
}

/** What says where a registry, a part of one, or an image without a version is pulled from. */
export const mirrorOf = (place: string, { mirrors }: Pick<Registries, "mirrors">): Mirror | undefined =>
  mirrors.some(({ to }) => to !== undefined && isBelow(place, to))
    ? undefined
    : mirrors.find(({ from }) => from === "*" || isBelow(place, from));

const moved = (place: string, { from, to }: Mirror): string =>
  from === "*" ? `${to}/${place}` : `${to}${place.slice(from.length)}`;

/** At or below a place. Both are names without versions. */
const isBelow = (place: string, above: string): boolean => `${place}/`.startsWith(`${above}/`);

/**
 * Where images come from on a cluster that are allowed to come from some places: from the mirrors of these places and of
 * parts of them, and from what is not mirrored.
 */
export function mirroredPlaces(places: readonly string[], registries: Registries): string[] {
  const { mirrors, allowUpstream } = registries;
  const found = places.flatMap((place) => {
    const at = place.replace(/\/+$/, "");
    const mirror = mirrorOf(at, registries);
    return [
      ...(allowUpstream ? [place] : []),
      mirror?.to === undefined ? place : moved(at, mirror),
      ...mirrors.filter(({ from }) => isBelow(from, at)).map(({ from, to }) => to ?? from),
      ...mirrors.flatMap(({ to }) => (to !== undefined && isBelow(to, at) ? [to] : [])),
    ];
  });
  return [...new Set(found)];
}

/** What mirrors serve at a place: of which registry, or part of one; `*` is any. */
export const servedAt = (
  place: string,
  { mirrors }: Pick<Registries, "mirrors">,
): { mirror: Mirror; upstream: string }[] =>
  mirrors.flatMap((mirror) => {
    const { from, to } = mirror;
    if (to === undefined) return [];
    if (isBelow(to, place)) return [{ mirror, upstream: from }];
    if (!isBelow(place, to)) return [];
    const rest = place.slice(to.length);
    return [{ mirror, upstream: from === "*" ? rest.slice(1) : `${from}${rest}` }];
  });

import { parsePath } from "../diagnostics/config-path.ts";
import { pulledFrom } from "../facts/mirrors.ts";
import type { Addon } from "../topology/addons.ts";
import type { Registries } from "../topology/registries.ts";
import { withValue } from "./chart-values.ts";

/** An image that an upstream chart runs, and the chart's values that say where it is: by them it obeys a mirror. */
export interface ChartImage {
  /** Registry and repository, as the chart has it where no value says otherwise: `quay.io/argoproj/argocd`. */
  name: string;
  values: readonly ImageValues[];
}

/**
 * Paths into a chart's values, as `controller.image.repository`. Charts ask for all of a name at once, for its registry
 * and what comes after it, or for all but its last part and the last.
 */
export type ImageValues = { whole: string } | { registry: string; repository: string } | { hub: string; name: string };

/** The values of charts that have `registry` and `repository` side by side. */
export const registryAndRepository = (at: string): ImageValues => ({
  registry: `${at}.registry`,
  repository: `${at}.repository`,
});

/** What an add-on's images are called where its cluster pulls them from, with the values that say so to its chart. */
export function pulledOn(
  {
    images,
    values,
    injects,
  }: { images?: readonly (string | ChartImage)[] | undefined } & Pick<Addon, "values" | "injects">,
  registries: Registries,
): Pick<Addon, "images" | "upstream" | "values" | "injects"> {
  if (images === undefined) return {};
  // What no value says stays where it is.
  const pulled = images.map((image) =>
    typeof image === "string"
      ? { name: image, to: image, places: [] } // no value is known by which it could be told
      : { name: image.name, to: pulledFrom(image.name, registries), places: image.values },
  );
  const moved = pulled.filter(({ name, to }) => name !== to);
  if (moved.length === 0) return { images: pulled.map(({ name }) => name) };
  const texts = moved.flatMap(({ name, to, places }) => places.flatMap((place) => textsOf(place, name, to)));
  const nameOf = (image: string): string => moved.find(({ name }) => name === image)?.to ?? image;
  return {
    images: pulled.map(({ to }) => to),
    upstream: Object.fromEntries(moved.map(({ name, to }) => [to, name])),
    values: texts.reduce((all, [path, text]) => withValue(all, parsePath(path).map(String), text), values ?? {}),
    ...(injects && { injects: { ...injects, images: injects.images.map(nameOf) } }),
  };
}

/** What a chart is told at which path. */
function textsOf(place: ImageValues, name: string, to: string): [path: string, text: string][] {
  if ("whole" in place) return [[place.whole, to]];
  if ("registry" in place) {
    const slash = to.indexOf("/");
    return [
      [place.registry, to.slice(0, slash)],
      [place.repository, to.slice(slash + 1)],
    ];
  }
  const last = lastPart(to);
  return [
    [place.hub, to.slice(0, -last.length - 1)],
    ...(last === lastPart(name) ? [] : [[place.name, last] as [string, string]]),
  ];
}

const lastPart = (name: string): string => name.slice(name.lastIndexOf("/") + 1);

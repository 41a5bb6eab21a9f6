import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { RegistriesFields } from "../config/model/registries.ts";
import { layersOf, merged, writtenAt, type Layer } from "../facts/differences.ts";
import type { Mirror, Registries } from "../topology/registries.ts";
import { compareNames } from "./resolve.ts";

/** Where a cluster of an environment pulls images from; one for all clusters between which nothing differs. */
export function registriesReader({ registries = {} }: Pick<Ecosystem, "registries">) {
  const forms = new Map<string, Registries>();
  return (environment: string, cluster: string): Registries => {
    const layers = layersOf(registries, "registries", environment, cluster);
    const form = layers.map(({ at }) => at).join(" ");
    let known = forms.get(form);
    if (known === undefined) forms.set(form, (known = lowerRegistries(form, layers)));
    return known;
  };
}

function lowerRegistries(form: string, layers: readonly Layer[]): Registries {
  const { mirror = {}, allowUpstream } = merged<RegistriesFields>(layers);
  return {
    source: "registries",
    form,
    mirrors: Object.entries(mirror)
      .map(([from, to]): Mirror => ({
        source: writtenAt(layers, ["mirror", from]),
        from,
        ...(to === false ? {} : { to: to.replace(/\/$/, "") }),
      }))
      .sort(narrowestFirst),
    allowUpstream: allowUpstream ?? false,
  };
}

const narrowestFirst = ({ from: one }: Mirror, { from: other }: Mirror): number =>
  Number(one === "*") - Number(other === "*") || other.length - one.length || compareNames(one, other);

import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Choices } from "../lock/choices.ts";
import { REGISTRY } from "../lock/forms.ts";
import type { Delivery } from "../topology/delivery.ts";

export const lowerDelivery = ({ delivery }: Ecosystem): Delivery | undefined =>
  delivery && {
    source: "delivery",
    registries: delivery.registries,
    stages: delivery.stages ?? ["test", "build", "scan", "promote"],
    promotion: delivery.promotion ?? "pull-request",
  };

/** Where the images of eco-compile's own components are. */
export const lowerComponentRegistry = ({ delivery, repository }: Ecosystem, choices: Choices): string =>
  delivery?.componentRegistry ??
  choices.read("delivery.componentRegistry", REGISTRY, {
    now: () => (delivery?.registries[0] ?? `ghcr.io/${ownerOf(repository.url).toLowerCase()}`).replace(/\/$/, ""),
  });

const ownerOf = (url: string): string => /([^/:]+)\/[^/]+$/.exec(url)?.[1] ?? "";

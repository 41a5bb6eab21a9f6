import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Delivery } from "../topology/delivery.ts";

export const lowerDelivery = ({ delivery }: Ecosystem): Delivery | undefined =>
  delivery && {
    source: "delivery",
    registries: delivery.registries,
    stages: delivery.stages ?? ["test", "build", "scan", "promote"],
    promotion: delivery.promotion ?? "pull-request",
  };

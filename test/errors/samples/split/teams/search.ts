import { defineService } from "eco-compile";
import { http } from "./http.ts";

export const search = {
  search: defineService({ team: "shop", image: "ghcr.io/acme/search", placement: "all", ...http(808000), scalling: { min: 2, max: 4 } }),
};

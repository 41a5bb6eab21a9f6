import { defineService } from "eco-compile";
import { http } from "./http.ts";

export const shop = {
  checkout: defineService({ team: "shop", image: "ghcr.io/acme/checkout", placement: "all", ...http(8080), slos: ["availabel"] }),
};

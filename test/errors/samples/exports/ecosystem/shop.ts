import { defineService } from "./eco.ts";

export const image = (name: string) => `ghcr.io/acme/${name}`;
const placement = "all";

const frontProxy = defineService({ team: "shop", image: image("front-proxy"), placement });
export { frontProxy as "front-proxy", placement };

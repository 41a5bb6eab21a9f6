import { defineService } from "eco-compile";

export const replicas = 3;
const image = "shop";

export const cart = defineService({ image, replicas });
const frontProxy = defineService({ image: "proxy" });
export { frontProxy as "front-proxy", image as "the-image", note };
const note = `one of ${replicas}`;
export const { cpu } = { cpu: "1" };
export * from "./more.ts";

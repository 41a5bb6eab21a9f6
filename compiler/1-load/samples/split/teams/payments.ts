import { defineService } from "eco-compile";
import { limits } from "./search.mts";

export const services = {
  pay: defineService({
    image: "pay",
    limits,
  }),
  refund: defineService({ image: "refund", limits: { ...limits, cpu: "3" } }),
};

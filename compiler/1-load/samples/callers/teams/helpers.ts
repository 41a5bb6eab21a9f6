import { canary } from "eco-compile";
import { port } from "./ports.ts";

export const web = (name: string) => ({ image: "web", name });
export const sized = (name: string, replicas: number) => ({ image: name, replicas });
export const sizedAgain = (name: string, replicas: number) => sized(name, replicas);
export const fixed = (name: string) => sized(name, 7);
export const withPort = (name: string) => ({ ...web(name), ports: [port(80)] });
export const careful = () => canary({ steps: [{ weight: 101 }] });
export const each = (names: string[], make: (name: string) => object) => names.map((name) => make(name));
export const deep = (left: number): object => (left === 0 ? { image: "deep" } : { inner: deep(left - 1) });
export const later = async (name: string) => {
  await null;
  return web(name);
};
export const soon = async () => ({ image: "soon" });
export const caught = (name: string) => {
  try {
    refuse({ name });
  } catch {
    // the next one
  }
  return { image: "caught" };
};
const refuse = (value: object): never => {
  throw new Error(JSON.stringify(value));
};
export function* all(names: string[]) {
  for (const name of names) yield { image: name };
}
export const fill = (services: Record<string, unknown>) => {
  services.filled = { image: "filled" };
  services.text = "filled";
};
export class Builder {
  build(name: string) {
    return { image: "built", name };
  }
}
const once = { image: "once" };
export const known = () => once;

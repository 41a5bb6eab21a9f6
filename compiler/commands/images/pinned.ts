import type { Images } from "../../2-validate/validated.ts";
import type { Digest } from "../../config/units.ts";

export interface Pin {
  service: string;
  environment: string;
  digest: Digest;
}

/** The images with one digest set, as text: services and environments in order of their names, a line for each digest. */
export function withPin(images: Images, { service, environment, digest }: Pin): string {
  const all = { ...images, [service]: { ...images[service], [environment]: digest } };
  const ordered = sorted(Object.entries(all).map(([name, digests]) => [name, sorted(Object.entries(digests))]));
  return `${JSON.stringify(ordered, null, 2)}\n`;
}

const sorted = <T>(entries: readonly (readonly [string, T])[]): Record<string, T> =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));

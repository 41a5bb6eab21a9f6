/** Stands in for the package in these samples: the same shapes, without the types. */
export const defineEcosystem = <T>(config: T): T => config;
export const defineService = <T>(service: T): T => service;
export const project = () => ({ defineService });
export const tunable = <T>(bounds: T) => ({ tunable: bounds });
export const merge = (...parts: object[]) => ({ ...Object.assign({}, ...parts) }) as Record<string, unknown>;

export function canary(options: Record<string, unknown>) {
  if (!Array.isArray(options["steps"])) throw new TypeError("canary() wants steps");
  return Object.freeze({ kind: "canary", ...structuredClone(options) });
}

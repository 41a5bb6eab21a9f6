import { childPath } from "../../compiler/diagnostics/config-path.ts";

/**
 * A topology that notes which config paths are read through it: of each value, its node's `source` and the way from
 * there.
 */
export function recording<T extends object>(topology: T): { topology: T; read: Set<string> } {
  const read = new Set<string>();
  const wrap = (value: object, base: string): object =>
    new Proxy(value, {
      get(target, key, receiver) {
        const child = Reflect.get(target, key, receiver) as unknown;
        if (typeof key === "symbol" || typeof child === "function" || key === "source") return child;
        if (Array.isArray(target) && key === "length") return child;
        const path = childPath(base, Array.isArray(target) ? Number(key) : key);
        if (child !== null && typeof child === "object")
          return wrap(child, (child as { source?: string }).source ?? path);
        if (child !== undefined) read.add(path);
        return child;
      },
      // A frozen or non-configurable property must be handed out as it is; ours are neither.
      getOwnPropertyDescriptor: (target, key) => Reflect.getOwnPropertyDescriptor(target, key),
    });
  return { topology: wrap(topology, "") as T, read };
}

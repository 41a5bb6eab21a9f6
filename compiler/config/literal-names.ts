import type { Ecosystem } from "./model/ecosystem.ts";
import type { Family, Names } from "./names.ts";

/**
 * {@link Ecosystem} with the literal names that it declares. `NoInfer` keeps a misspelt use from becoming a new name:
 * only the keys that declare one are inferred from.
 */
export type TypedEcosystem<D extends Names> = Ecosystem<{ [F in Family]: NoInfer<D[F]> }, D>;

/** Names of some families; whatever refers to another family cannot be written. */
export type Only<D extends { [F in keyof D]: string }> = { [F in Family]: F extends keyof D ? D[F] : never };

import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Secret } from "../topology/secrets.ts";
import { entries } from "./resolve.ts";

export const lowerSecrets = ({ secrets }: Ecosystem): Secret[] =>
  entries(secrets, "secrets").map(({ name, value, source }) => ({
    name,
    source,
    path: value.path,
    ...(value.store === undefined ? {} : { store: value.store }),
    keys: value.keys ?? ["value"],
    ...(value.rotate === undefined ? {} : { rotate: value.rotate }),
  }));

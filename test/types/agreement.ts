/**
 * The façade that `defineEcosystem` checks against and the model that the JSON schema is made from say the same. The
 * compiler is the judge: this file holds no code that runs.
 */
import type { Ecosystem, EcosystemModel } from "../../compiler/config/index.ts";
import type { CloudKind } from "../../compiler/config/model/clouds.ts";
import type { TypedEcosystem } from "../../compiler/config/literal-names.ts";
import type { families, Family } from "../../compiler/config/names.ts";
import type { NamesOf } from "../../compiler/config/project.ts";

/** A façade with two names in every family, as inferred from a config, and a cloud of each kind. */
type Facade = TypedEcosystem<
  { [F in Family]: NameOf<F> },
  Record<NameOf<"cloud">, Record<NameOf<"region">, object>>,
  { "cloud-b": "aws"; "cloud-c": "azure" },
  { "cluster-a": "gcp"; "cluster-b": "cloud-b"; "cluster-c": "cloud-c" },
  { "runner-a": "gcp"; "runner-b": "cloud-b"; "runner-c": "cloud-c"; "runner-d": unknown }
>;
interface Declared {
  cloud: "gcp" | "cloud-b" | "cloud-c";
  cluster: "cluster-a" | "cluster-b" | "cluster-c";
  runner: "runner-a" | "runner-b" | "runner-c" | "runner-d";
}
type NameOf<F extends Family> = F extends keyof Declared ? Declared[F] : `${F}-a` | `${F}-b`;

/** Only `true` fits; anything else stops the compiler and shows both sides. */
type Equal<A, B> = [A] extends [B] ? ([B] extends [A] ? true : { missing: B }) : { extra: A };
const agree = <T extends true>(_: T): void => {};

// Whatever the façade takes, the model takes.
agree<Facade extends EcosystemModel ? true : false>(true);

// Each family's names are the keys of the record that the table of families says, in the façade and in the model.
type At<T, Path extends string> = Path extends `${infer Key}.${infer Rest}`
  ? At<Exclude<T[Key extends "*" ? keyof T : Key & keyof T], undefined>, Rest>
  : Exclude<T[Path & keyof T], undefined>;
type Keys<E> = { [F in Family]: keyof At<E, (typeof families)[F]["declaredIn"]> & string };
agree<Equal<Keys<Facade>, { [F in Family]: NameOf<F> }>>(true);
agree<Equal<Keys<EcosystemModel>, { [F in Family]: string }>>(true);

// The words for files beside a config know the names of all families.
agree<Equal<NamesOf<{ config: Facade }>, { [F in Family]: NameOf<F> }>>(true);

// The same sections, and in each the same fields; families of names by one of their entries.
agree<Equal<keyof Facade, keyof EcosystemModel>>(true);
agree<Equal<Optional<Facade>, Optional<EcosystemModel>>>(true);
type Section = keyof EcosystemModel;
type Fields<E extends Record<Section, unknown>> = { [K in Section]-?: Shape<Exclude<E[K], undefined>> };
agree<Equal<Fields<Required<Facade>>, Fields<Required<EcosystemModel>>>>(true);

/** Names of the sections that may be left out. */
type Optional<E> = { [K in keyof E]-?: undefined extends E[K] ? K : never }[keyof E];

/**
 * What a value is made of, three levels down, with all declared names as one and the fields of every member of a union
 * together. Texts are one kind: a reference is a literal union in the façade and a text in the model.
 */
type Shape<T, Depth extends readonly unknown[] = []> = Depth["length"] extends 3
  ? "deeper"
  : T extends string | number | boolean | undefined
    ? Primitive<T>
    : T extends readonly (infer I)[]
      ? { list: Shape<I, [...Depth, 0]> }
      : {
          [K in keyof T as [Exclude<T[K], undefined>] extends [never] ? never : Key<K>]-?: Shape<
            Exclude<T[K], undefined>,
            [...Depth, 0]
          >;
        };
type Primitive<T> = T extends string ? "text" : T extends number ? "number" : T extends boolean ? "boolean" : never;
type Key<K> = K extends NameOf<Family> | CloudKind ? "*" : string extends K ? "*" : K;

// Proof that the judge sees lapses.
agree<Equal<Shape<{ a: { b: 1 } }>, Shape<{ a: { b: 1; c?: "x" } }>> extends true ? false : true>(true);
agree<
  Equal<
    Fields<Required<Facade>>,
    Fields<Required<Omit<Ecosystem, "services"> & { services: { [name: string]: { team: string } } }>>
  > extends true
    ? false
    : true
>(true);
agree<
  Equal<Keys<Omit<Facade, "teams"> & { teams: { [name: string]: object } }>, Keys<Facade>> extends true ? false : true
>(true);

import { loadAll } from "js-yaml";
import {
  customResources as kindsOf,
  objectSchema as withMetadata,
  type CustomResourceDefinition,
  type Resource,
} from "../../../compiler/6-verify/kubernetes/structural/custom-resource.ts";
import { REF, type Schema } from "./schema.ts";

export type { Resource };

/** The kinds in a file of CustomResourceDefinitions, by `<apiVersion> <Kind>`. */
export const customResources = (yaml: string): Map<string, Resource> =>
  new Map(
    (loadAll(yaml) as (CustomResourceDefinition | null)[]).flatMap((document) => (document ? kindsOf(document) : [])),
  );

const OBJECT_META = `${REF}io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta`;

/** The root of every object, with Kubernetes' own metadata. */
export const objectSchema = (apiVersion: string, kind: string, schema: Schema): Schema =>
  withMetadata(apiVersion, kind, schema, { $ref: OBJECT_META });

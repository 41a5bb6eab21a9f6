import type { Schema } from "../schema.ts";
import { BOOLEAN, list, object, oneOf, STRING } from "./field.ts";

const LOCAL_REFERENCE = object({ "name!": STRING });

/**
 * source.toolkit.fluxcd.io/v1 GitRepository. Reference:
 * https://github.com/fluxcd/source-controller/blob/main/docs/api/v1/source.md, and for patterns and enumerations the
 * validation markers of api/v1/gitrepository_types.go.
 */
export const gitRepository: Schema = object({
  "spec!": object({
    "url!": { type: "string", pattern: "^(http|https|ssh)://.*$" },
    "interval!": { type: "string", pattern: "^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$" },
    timeout: { type: "string", pattern: "^([0-9]+(\\.[0-9]+)?(ms|s|m))+$" },
    ref: object({ branch: STRING, commit: STRING, name: STRING, semver: STRING, tag: STRING }),
    secretRef: LOCAL_REFERENCE,
    proxySecretRef: LOCAL_REFERENCE,
    provider: oneOf("generic", "aws", "azure", "github"),
    serviceAccountName: STRING,
    verify: object({ mode: oneOf("head", "HEAD", "Tag", "TagAndHEAD"), "secretRef!": LOCAL_REFERENCE }),
    ignore: STRING,
    include: list(object({ fromPath: STRING, "repository!": LOCAL_REFERENCE, toPath: STRING })),
    recurseSubmodules: BOOLEAN,
    sparseCheckout: list(STRING),
    suspend: BOOLEAN,
  }),
});

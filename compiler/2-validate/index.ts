import type { Inputs } from "../1-load/index.ts";
import { NOTHING_LOCKED } from "../lock/choices.ts";
import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Service } from "../config/model/services.ts";
import { imageKey } from "../facts/images.ts";
import { families, type Family } from "../config/names.ts";
import { formatPath } from "../diagnostics/config-path.ts";
import { hasErrors, type Diagnostic } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import { differenceDiagnostics } from "./differences.ts";
import * as validators from "./generated/validators.js";
import { withFormat } from "./format.ts";
import { identityDiagnostics } from "./identities.ts";
import { environmentDiagnostics, referenceDiagnostics } from "./references.ts";
import { secretDiagnostics } from "./secrets/index.ts";
import { schemaDiagnostics } from "./schema-errors.ts";
import { valueDiagnostics } from "./values.ts";
import type { Images, Validated } from "./validated.ts";
import { acceptedValues, expiredProposals, repeatedProposals, type Tuning } from "./tuning.ts";

/** Inputs → Ecosystem: the form of all three files first, then what refers to what. */
export function validate(
  {
    config,
    images,
    tuning,
    locked = NOTHING_LOCKED,
    extra = [],
  }: Pick<Inputs, "config" | "images" | "tuning"> & Partial<Pick<Inputs, "extra" | "locked">>,
  asOf?: Date,
): Validated {
  const diagnostics = [
    ...withFormat(config, schemaDiagnostics(validators.config, config, "config")),
    ...(images === undefined ? [] : schemaDiagnostics(validators.images, images, "images")),
    ...(tuning === undefined ? [] : schemaDiagnostics(validators.tuning, tuning, "tuning")),
  ];
  const validated = {
    ecosystem: config as Ecosystem,
    images: (images ?? {}) as Images,
    tuning: (tuning ?? { format_version: 1, proposals: [] }) as Tuning,
    accepted: new Map<string, number | string>(),
    locked,
    extra,
  };
  // References in a config of the wrong form would only repeat what is wrong with it.
  if (hasErrors(diagnostics)) return { ...validated, wellFormed: false, diagnostics };
  const references = referenceDiagnostics(validated.ecosystem);
  const differences = differenceDiagnostics(validated.ecosystem);
  const { accepted, diagnostics: refused } = acceptedValues(validated.ecosystem, validated.tuning);
  return {
    ...validated,
    wellFormed: true,
    accepted,
    diagnostics: [
      ...diagnostics,
      ...environmentDiagnostics(validated.ecosystem),
      ...references,
      // With a wrong name, something else differs than was meant.
      ...(hasErrors(references) ? differences.filter(({ severity }) => severity === "error") : differences),
      ...(hasErrors(differences) ? [] : valueDiagnostics(validated.ecosystem)),
      ...identityDiagnostics(validated.ecosystem),
      ...secretDiagnostics(config),
      ...refused,
      ...repeatedProposals(validated.tuning),
      ...(asOf === undefined ? [] : expiredProposals(validated.tuning, asOf)),
      ...imageDiagnostics(validated.ecosystem, validated.images),
    ],
  };
}

/** Digests of what is not declared: left over, so a warning. */
function imageDiagnostics({ services, environments }: Ecosystem, images: Images): Diagnostic[] {
  const warn = (path: string[], family: Family, declared: object): Diagnostic => ({
    id: "images/unknown-service",
    severity: "warning",
    input: "images",
    at: formatPath(path),
    key: true,
    message: `there is no ${families[family].title} "${path.at(-1)!}"`,
    hint: didYouMean(path.at(-1)!, Object.keys(declared)) ?? "delete the entry",
  });
  const names = {
    ...services,
    ...Object.fromEntries(
      Object.entries(services)
        .flatMap(containersOf)
        .map((key) => [key, true]),
    ),
  };
  return Object.entries(images).flatMap(([service, digests]) =>
    Object.hasOwn(names, service)
      ? Object.keys(digests)
          .filter((name) => !Object.hasOwn(environments, name))
          .map((name) => warn([service, name], "environment", environments))
      : [warn([service], "service", names)],
  );
}

/** What the images of containers beside a service's own are called: of those that have a version of their own anywhere. */
const containersOf = ([name, service]: [string, Service]): string[] =>
  [service, ...Object.values(service.in ?? {}), ...Object.values(service.on ?? {})].flatMap((layer) =>
    [...(layer?.init ?? []), ...(layer?.sidecars ?? [])]
      .filter(({ image, tag }) => image !== undefined || tag !== undefined)
      .map((container) => imageKey(name, container.name)),
  );

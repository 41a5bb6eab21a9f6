import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Service } from "../config/model/services.ts";
import type { ExternalFields } from "../config/model/externals.ts";
import type { Address, AddressPart, Reference, Url } from "../config/model/values.ts";
import { childPath } from "../diagnostics/config-path.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import { layersOf, merged, writtenAt, type Entry } from "../facts/differences.ts";
import { clustersOf, list } from "../facts/placement.ts";
import { hasRequests, transportOf } from "../facts/ports.ts";
import { callsIn, isOutside, portOf, valuesOf } from "../facts/values.ts";
import type { ValidateId } from "./catalogue.ts";

/**
 * Addresses of services mean one port, wherever they are used: a service may have other ports on another cluster. That the
 * services, and what lies outside, are declared is a reference's finding.
 */
export function valueDiagnostics({ services, externals = {}, clusters }: Ecosystem): Diagnostic[] {
  const found = Object.entries(services).flatMap(([name, service]) =>
    hasCalls(service)
      ? clustersOf(service.placement, clusters).flatMap((cluster) => {
          const on = (section: "services" | "externals", name: string, entry: Entry) =>
            layersOf(entry, childPath(section, name), clusters[cluster]!.environment, cluster);
          const layers = on("services", name, service);
          return valuesOf(merged<Service>(layers)).flatMap(({ value, path }) =>
            callsIn(value).flatMap(({ to, path: inside }) => {
              const at = inside.reduce<string>(childPath, writtenAt(layers, path));
              if (isOutside(to))
                return Object.hasOwn(externals, to.external)
                  ? faultOutside(to, merged(on("externals", to.external, externals[to.external]!)), at)
                  : [];
              return Object.hasOwn(services, to.service)
                ? faultOf(to, merged(on("services", to.service, services[to.service]!)), at)
                : [];
            }),
          );
        })
      : [],
  );
  return [...new Map(found.map((finding) => [finding.at, finding])).values()];
}

const hasCalls = (service: Service): boolean =>
  [service, ...Object.values(service.in ?? {}), ...Object.values(service.on ?? {})].some((layer) =>
    valuesOf((layer ?? {}) as Service).some(({ value }) => typeof value === "object"),
  );

const fault = (id: ValidateId, at: string, message: string, hint: string): Diagnostic[] => [
  { id, severity: "error", at, message, hint },
];

function faultOutside(to: Extract<Reference, { external: string }>, { protocol = "tcp" }: ExternalFields, at: string) {
  if (to.kind !== "external-url" || protocol !== "tcp") return [];
  const address = `address({ external: "${to.external}" })`;
  return fault(
    "values/no-url",
    at,
    `${to.external} speaks plain TCP, which has no URL of HTTP`,
    `write ${address}, within text for another scheme: text\`redis://\${${address}}\``,
  );
}

function faultOf(to: Address | AddressPart | Url, { kind, ports }: Service, at: string): Diagnostic[] {
  if (kind === "job")
    return fault("values/unknown-port", at, `${to.service} is a job, which nobody calls`, "take it out");
  const declared = new Map(Object.entries(ports ?? {}));
  const port = portOf(declared, to);
  const names = [...declared.keys()];
  if (names.length === 0)
    return fault("values/unknown-port", at, `${to.service} has no ports`, "declare the port that it is called at");
  if (to.port !== undefined && port === undefined)
    return fault(
      "values/unknown-port",
      childPath(at, "port"),
      `${to.service} has no port called ${to.port}`,
      didYouMean(to.port, names) ?? `its ports are ${list(names)}`,
    );
  if (port === undefined)
    return fault(
      "values/which-port",
      at,
      `${to.service} has the ports ${list(names)}`,
      `say which: ${to.kind === "address-part" ? to.part : to.kind}("${to.service}", "${names[0]}")`,
    );
  if (to.kind === "url" && !hasRequests(port))
    return fault(
      "values/no-url",
      at,
      `${to.service} speaks plain ${transportOf(port)} there, which has no URL of HTTP`,
      `write address("${to.service}"), within text for another scheme: text\`redis://\${address("${to.service}")}\``,
    );
  return [];
}

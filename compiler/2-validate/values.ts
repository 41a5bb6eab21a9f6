import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Service } from "../config/model/services.ts";
import { childPath } from "../diagnostics/config-path.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import { layersOf, merged, writtenAt } from "../facts/differences.ts";
import { clustersOf, list } from "../facts/placement.ts";
import { callsIn, portOf, valuesOf, type Call } from "../facts/values.ts";
import type { ValidateId } from "./catalogue.ts";

/**
 * Addresses of services mean one port, wherever they are used: a service may have other ports on another cluster. That the
 * services are declared is a reference's finding.
 */
export function valueDiagnostics({ services, clusters }: Ecosystem): Diagnostic[] {
  const found = Object.entries(services).flatMap(([name, service]) =>
    hasCalls(service)
      ? clustersOf(service.placement, clusters).flatMap((cluster) => {
          const on = (name: string) =>
            layersOf(services[name]!, childPath("services", name), clusters[cluster]!.environment, cluster);
          const layers = on(name);
          return valuesOf(merged<Service>(layers)).flatMap(({ value, path }) =>
            callsIn(value).flatMap((call) => {
              if (!Object.hasOwn(services, call.to.service)) return [];
              const at = call.path.reduce<string>(childPath, writtenAt(layers, path));
              return faultOf(call, merged<Service>(on(call.to.service)), at);
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

function faultOf({ to }: Call, { ports }: Service, at: string): Diagnostic[] {
  const declared = new Map(Object.entries(ports ?? {}));
  const port = portOf(declared, to);
  const names = [...declared.keys()];
  const fault = (id: ValidateId, at: string, message: string, hint: string): Diagnostic[] => [
    { id, severity: "error", at, message, hint },
  ];
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
      `say which: ${to.kind}("${to.service}", "${names[0]}")`,
    );
  if (to.kind === "url" && (port.protocol === "tcp" || port.protocol === "udp"))
    return fault(
      "values/no-url",
      at,
      `${to.service} speaks plain ${port.protocol.toUpperCase()} there, which has no URL of HTTP`,
      `write address("${to.service}"), within text for another scheme: text\`redis://\${address("${to.service}")}\``,
    );
  return [];
}

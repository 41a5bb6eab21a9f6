import { childPath } from "../../diagnostics/config-path.ts";
import { fieldAt } from "../../facts/differences.ts";
import type { Workload } from "../../topology/workloads.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "dependencies/undeclared-address",
  severity: "warning",
  summary: "Whatever stands in the configuration of a service by its address is a dependency of it",
  why: "Network rules open declared calls alone: the address is right, and every connection to it is refused. Written as a text it also stays as it is when the service moves to another team.",

  *run({ workloads, services, externals, teams }) {
    const names = new Map(services.map((service) => [service.name, service]));
    const namespaces = new Set(teams.map(({ namespace }) => namespace));
    for (const workload of workloads) {
      for (const { at, text } of texts(workload)) {
        for (const [address, service, namespace, suffix, port] of text.matchAll(ADDRESS)) {
          const called = names.get(service!);
          if (service === workload.name) continue;
          if (called === undefined) {
            if (suffix === undefined) continue; // a file's name, a host outside
            if (service === "kubernetes" && namespace === "default" && workload.pods.apiAccess) continue;
            yield {
              at,
              message: `${workload.name} has the address ${address} of a Kubernetes Service that no service of the config makes`,
              idea: "the address of a Kubernetes Service that no service of the config makes",
              hint: "write the name of a declared service, with address(); where somebody else runs it, let a NetworkPolicy in a folder of `extra` open the way, and accept this with `ignore`",
            };
            continue;
          }
          // A single word is an address only with a port behind it, and within one namespace.
          const isAddress =
            namespace === undefined
              ? port !== undefined && called.team.namespace === workload.namespace
              : suffix !== undefined || namespaces.has(namespace);
          if (!isAddress || isDeclared(workload, service!, port)) continue;
          yield {
            at,
            message: `${workload.name} has the address ${address} of ${service}, and does not depend on it`,
            idea: "the address of a service that is no dependency",
            hint: `write address("${service}") in its place, or add ${service} to \`dependsOn\``,
          };
        }
        for (const { host, name: external } of externals) {
          if (!namesHost(text, host) || workload.externals.some((declared) => declared.external.host === host))
            continue;
          if (workload.egress.some((declared) => declared.host === host)) continue;
          yield {
            at,
            message: `${workload.name} has the host ${host} of the external ${external}, and does not depend on it`,
            idea: "the host of an external that is no dependency",
            hint: `write address({ external: "${external}" }) in its place, or add { external: "${external}" } to \`dependsOn\``,
          };
        }
      }
    }
  },
});

/** Whether a host stands in a text, and not as a part of a longer name. */
function namesHost(text: string, host: string): boolean {
  for (let at = text.indexOf(host); at >= 0; at = text.indexOf(host, at + 1)) {
    const around = `${text[at - 1] ?? " "}${text[at + host.length] ?? " "}`;
    if (!/[a-z0-9.-]/i.test(around)) return true;
  }
  return false;
}

/** `quote:80`, `quote.shop`, `quote.shop:80`, `quote.shop.svc.cluster.local:80`, and nothing that goes on behind it. */
const ADDRESS =
  /(?<![\w.@-])([a-z][a-z0-9-]*)(?:\.([a-z0-9-]+))?(\.svc(?:\.cluster\.local)?)?(?::(\d{1,5}))?(?![\w.-]|:\d)/g;

const texts = (workload: Workload): { at: string; text: string }[] => [
  ...(["env", "files"] as const).flatMap((field) =>
    Object.entries(workload.config[field]).map(([name, text]) => ({
      at: fieldAt(workload, "config", field, name),
      text,
    })),
  ),
  ...workload.containers.flatMap(({ source, env }) =>
    Object.entries(env).map(([name, text]) => ({ at: childPath(`${source}.env`, name), text })),
  ),
];

const isDeclared = ({ dependsOn }: Workload, service: string, port: string | undefined): boolean =>
  dependsOn.some(
    (dependency) => dependency.service === service && (port === undefined || Number(port) === dependency.port),
  );

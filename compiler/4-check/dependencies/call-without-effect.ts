import { meshHostsOf } from "../../facts/mesh-hosts.ts";
import { list, workloadOn } from "../../facts/placement.ts";
import { hasRequests, transportOf } from "../../facts/ports.ts";
import type { CallOptions } from "../../topology/calls.ts";
import type { External } from "../../topology/externals.ts";
import type { Topology } from "../../topology/index.ts";
import type { Workload, WorkloadPort } from "../../topology/workloads.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "dependencies/call-without-effect",
  severity: "error",
  summary: "What is said of a call is said of one that the mesh carries",
  why: "Timeouts, retries and the ejection of outliers are the work of the caller's sidecar, which counts requests and connections. Without one, and where it sees none of these, nothing ends a call and nothing tries it again, although the config says so.",

  *run(topology) {
    for (const caller of topology.workloads) {
      for (const { service, port, call } of caller.dependsOn) {
        const called = workloadOn(topology, caller.cluster.name, service);
        for (const option of optionsOf(call))
          yield* finding(call!, option, withoutEffect(caller, called, port, option));
      }
      for (const { external, call } of caller.externals)
        for (const option of optionsOf(call))
          yield* finding(call!, option, outside(caller) ?? withoutEffectOutside(topology, caller, external, option));
    }
  },
});

const OPTIONS = ["timeout", "retries", "connectTimeout", "outliers"] as const;
type Option = (typeof OPTIONS)[number];

const optionsOf = (call: CallOptions | undefined): Option[] => OPTIONS.filter((option) => call?.[option] !== undefined);

interface Reason {
  because: string;
  hint: string;
}

function* finding({ source }: CallOptions, option: Option, reason: Reason | undefined) {
  if (reason !== undefined)
    yield { at: `${source}.${option}`, message: `it has no effect: ${reason.because}`, hint: reason.hint };
}

const outside = ({ meshed, kind, name }: Workload): Reason | undefined =>
  meshed
    ? undefined
    : {
        because:
          kind === "service" || kind === "daemon"
            ? `there is no mesh (security.mesh.enabled)`
            : `${name} is outside the mesh (kind: "${kind}")`,
        hint: `take it out, and let ${name} end and repeat its calls itself`,
      };

function withoutEffect(
  caller: Workload,
  called: Workload | undefined,
  port: number,
  option: Option,
): Reason | undefined {
  const out = outside(caller);
  if (out !== undefined) return out;
  // A number may be that of two ports, as for DNS.
  const ports = called?.ports.filter((candidate) => candidate.port === port) ?? [];
  const [needed, sees] = NEEDS[option];
  return ports.length === 0 || ports.some(sees)
    ? undefined
    : {
        because: `${called!.name} speaks plain ${list(ports.map(transportOf))} at port ${port}, which has no ${needed}`,
        hint: `take it out, or set the port's \`protocol\` to what ${called!.name} speaks`,
      };
}

/** The sidecar passes UDP by: https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/ */
const hasConnections = (port: WorkloadPort): boolean => transportOf(port) === "TCP";
const NEEDS: Record<Option, [string, (port: WorkloadPort) => boolean]> = {
  timeout: ["requests", hasRequests],
  retries: ["requests", hasRequests],
  connectTimeout: ["connections", hasConnections],
  outliers: ["connections", hasConnections],
};

function withoutEffectOutside(
  topology: Topology,
  { name, cluster }: Workload,
  external: External,
  option: Option,
): Reason | undefined {
  const host = meshHostsOf(topology, cluster.name).find(({ externals }) => externals.includes(external));
  if (host === undefined)
    return {
      because: `${external.name} speaks plain TCP and has no \`addresses\`, so that the sidecar cannot tell it from anything else`,
      hint: `say its \`addresses\`, or take it out`,
    };
  if (option === "outliers" && host.byAddress)
    return {
      because: `${name} looks ${external.name} up itself, as everyone does where plain TCP is spoken or an address is the host, and its sidecar asks no other address instead`,
      hint: "take it out; what chooses the address can leave one out as well",
    };
  return undefined;
}
